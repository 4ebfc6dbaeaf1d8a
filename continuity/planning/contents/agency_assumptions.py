"""Assumptions of the agency's plan: what is taken for granted, and the scenario that was run."""

from __future__ import annotations

from continuity.model.kinds import Event
from continuity.model.kinds.scenarios import DECREES
from continuity.model.values import Law
from continuity.planning.blocks import Block, Bullets, Callout, Column, Facts, Heading, Section, Table
from continuity.planning.material import Material


def assumptions(m: Material) -> Section:
    """Return what the plan takes for granted, and the scenario behind its figures."""
    _ = m.words._
    general = Bullets(
        (
            _("Power, telecom, premises and a part of the staff may be gone at the same time."),
            _(
                "Nobody knows beforehand how long it lasts: decisions are made on what is known at their "
                "latest hour."
            ),
            _("What is older than a year or rests on a guess is checked before it is relied on."),
        )
    )
    scenario, run = m.scenario, m.run
    title = _("Assumptions")
    if scenario is None or run is None:
        note = Callout("note", _("No run: this plan holds no figures of what happens in a scenario."))
        return Section(title, (general, note))
    end = run.meta.horizon_days
    rows = (
        (_("Scenario"), f"{scenario.code} {scenario.name}"),
        (_("Strain level"), m.choice(scenario, "strain")),
        (_("What happens"), scenario.summary or "–"),
        (_("Begins"), _("{time}; followed for {days} days", time=m.moment(m.at(0)), days=end)),
        (_("Known and declared after"), m.words.duration(scenario.detection + scenario.declaration)),
        (
            _("Decrees in force"),
            ", ".join(_(DECREES[d]) for d in scenario.decrees) or _("none in force"),
        ),
        (_("Measures switched on"), ", ".join(run.meta.measure_codes) or _("none beyond what exists")),
    )
    blocks: list[Block] = [
        general,
        Heading(_("The scenario behind the figures")),
        Facts(rows, source=m.source),
    ]
    events = m.organisation.parts(scenario.id, Event)
    if events:
        blocks.append(Table(_event_columns(m), tuple(_event(m, e) for e in events), dense=True))
    return Section(title, tuple(blocks))


def sources(m: Material) -> Section | None:
    """Return where the scenario and its events come from; nothing where no source is stated."""
    _ = m.words._
    if m.scenario is None:
        return None
    held = [("", m.scenario.source)]
    held += [(e.name, e.source) for e in m.organisation.parts(m.scenario.id, Event)]
    rows = tuple((name or _("The scenario"), text.replace("; ", "\n")) for name, text in held if text)
    if not rows:
        return None
    columns = (Column(_("Event")), Column(_("Source"), weight=3))
    return Section(_("Appendix: sources of the scenario"), (Table(columns, rows, dense=True),))


def _event_columns(m: Material) -> tuple[Column, ...]:
    _ = m.words._
    return (
        Column(_("Event"), weight=1.4),
        Column(_("Begins"), weight=1.3),
        Column(_("Lasts for"), weight=2.2),
        Column(_("Level left"), "right"),
        Column(_("Probability"), "right"),
    )


def _event(m: Material, event: Event) -> tuple[str, ...]:
    _ = m.words._
    begins = _("after {time}", time=m.minutes(event.offset)) if event.offset else _("at once")
    if event.after:
        begins = _("{time} after: {event}", time=m.minutes(event.offset), event=m.name(event.after))
    share = m.words.percent(event.probability * event.hit_probability)
    return (
        event.name,
        begins,
        lasts(m, event.duration),
        m.words.level(event.depth),
        share,
    )


def lasts(m: Material, law: Law | None) -> str:
    """Say how long a law of durations lasts, in words."""
    _ = m.words._
    if law is None:
        return _("as long as the repair")
    known = {"likely": law.likely, "median": law.median, "mean": law.mean}
    middle = next((v for v in known.values() if v is not None), None)
    low, high = law.low, law.high if law.high is not None else law.p90
    if middle is None:
        middle = low
    if (low is None and high is None) or low == high:
        return m.minutes(middle)
    parts_ = {"low": m.minutes(low), "likely": m.minutes(middle), "high": m.minutes(high)}
    if low is None:
        return _("{likely}; one in ten longer than {high}", likely=parts_["likely"], high=parts_["high"])
    return _("{low} to {high}, most likely {likely}", **parts_)
