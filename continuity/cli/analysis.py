"""Chances of loss, criticality and uncertain figures of a document in a few tables, in a planner's words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from rich.console import Console
from rich.table import Table

from continuity.analysis.results import (
    BasicEvent,
    Criticality,
    Exact,
    Gain,
    Importance,
    Swing,
    TargetLoss,
    Tornado,
)
from continuity.cli import runs, structure
from continuity.cli.structure import name, say_left_out, table
from continuity.model.durations import format_duration
from continuity.model.kinds import kind_of
from continuity.model.organisation import Organisation
from continuity.session import Session
from continuity.simulation.result import Comparison, Paired, RunResult
from continuity.words import N_, _, current, ngettext

T = TypeVar("T")
_SHOWN, _MOST_CUTS = 12, 3
_ENDS = {
    "exact": N_("the chance is exact"),
    "rounded": N_("between the two: levels of long chains of shares are rounded"),
    "cut": N_("between the two: too large to be worked out exactly, told by the likeliest cut sets"),
}


def watched(title: str, work: Callable[[threading.Event, Callable[[int, int], None]], T]) -> T:
    """Do ``work`` with a progress bar on stderr; Ctrl+C cancels."""
    cancel = threading.Event()
    with runs.progress_bar() as bar:
        task = bar.add_task(title, total=None)
        try:
            return work(cancel, lambda done, total: bar.update(task, completed=done, total=total))
        except KeyboardInterrupt:
            cancel.set()
            raise


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found of a document."""

    result: RunResult | Comparison | None
    exact: Exact
    criticality: Criticality | None = None
    tornado: Tornado | None = None

    def plain(self, session: Session) -> dict[str, Any]:
        """Return it as plain objects."""
        return session.analysis_as_plain(
            self.result, exact=self.exact, criticality=self.criticality, tornado=self.tornado
        )

    def show(self, session: Session, out: Console) -> None:
        """Write it as tables."""
        structure.show(session, self.result, out)
        organisation = session.organisation
        if organisation.elements:
            show_exact(self.exact, organisation, out)
        if self.criticality:
            show_criticality(self.criticality, organisation, out)
        if self.tornado:
            show_tornado(self.tornado, organisation, out)


def analyse(session: Session, choice: runs.Choice, *, uncertain: bool) -> Found:
    """Find everything, with progress; without a scenario what the structure and everyday failures say."""
    if choice.scenario is None:
        exact = watched(_("Chances of loss"), lambda c, r: session.exact(cancel=c, report=r))
        return Found(None, exact)
    result = runs.simulate(session, choice)
    request = choice.request(session.organisation)
    exact = watched(_("Chances of loss"), lambda c, r: session.exact(request.scenario, cancel=c, report=r))
    criticality = watched(
        _("What drives lost payments"), lambda c, r: session.criticality(request, cancel=c, report=r)
    )
    tornado = None
    if uncertain:
        tornado = watched(_("Uncertain figures"), lambda c, r: session.tornado(request, cancel=c, report=r))
    return Found(result, exact, criticality, tornado)


# --- chances ------------------------------------------------------------------------------------


def show_exact(found: Exact, organisation: Organisation, out: Console) -> None:
    """Write chances of loss, likeliest cut sets and importance."""
    if not found.events:
        out.print(_("Nothing fails by itself in this model: state the time between failures, or a scenario."))
        return
    if found.meta.scenario is None:
        out.print(_("Everyday failures alone, at any moment; buffers and stocks are not counted."))
    else:
        out.print(_("All events of the scenario at once, outlasting buffers and stocks: the worst view."))
    out.print(_losses(found, organisation))
    for target in _heaviest(found):
        out.print(_importance(found, target, organisation))
    kinds = {_certainty(target) for target in found.targets} - {"exact"}
    for kind in sorted(kinds):
        out.print(f"* {_(_ENDS[kind])}")
    orders = {target.order for target in found.targets}
    if min(orders) < max(orders):
        out.print(_("* cut sets were looked for up to {n} events only, there were too many", n=min(orders)))


def _heaviest(found: Exact) -> list[TargetLoss]:
    """Return the stream that is lost most easily, or the function where there is no stream."""
    for kind in ("stream", "function"):
        told = [target for target in found.targets if target.kind == kind and target.importance]
        if told:
            return told[:1]
    return []


def _certainty(target: TargetLoss) -> str:
    if target.exact:
        return "exact"
    return "rounded" if target.kept is None else "cut"


def _losses(found: Exact, organisation: Organisation) -> Table:
    made = table(_("Chance of loss"), _("What stops"), _("Most likely together"), _("Chance"))
    told = [target for target in found.targets if target.kind != "stage" and target.high > 0]
    for target in told[:_SHOWN]:
        cuts = target.cuts[:_MOST_CUTS]
        words = "; ".join(_cut(found, organisation, cut.events) for cut in cuts)
        made.add_row(name(organisation, target.target), words, _chance(target))
    say_left_out(made, len(told))
    return made


def _chance(target: TargetLoss) -> str:
    if target.exact:
        return _percent(target.low)
    return f"{_percent(target.low)} – {_percent(target.high)}*"


def _percent(share: float) -> str:
    return "100 %" if share >= 0.99995 else f"{current().number(share * 100, 2 if share >= 0.0001 else 4)} %"


def _cut(found: Exact, organisation: Organisation, numbers: Sequence[int]) -> str:
    return " + ".join(_event(found.events[number], organisation) for number in numbers)


def _event(event: BasicEvent, organisation: Organisation) -> str:
    if event.kind == "event":
        return _("“{event}”", event=_title(organisation, event.event))
    element = name(organisation, event.element)
    if event.kind == "hit":
        return _("{element} hit by “{event}”", element=element, event=_title(organisation, event.event))
    return element


def _title(organisation: Organisation, id_: str | None) -> str:
    return str(getattr(organisation.get(id_), "name", "–"))


def _importance(found: Exact, target: TargetLoss, organisation: Organisation) -> Table:
    title = _("What the chance of loss rests on ({target})", target=name(organisation, target.target))
    made = table(
        title,
        _("Event or failure"),
        _("Birnbaum"),
        _("If it happens"),
        _("If never"),
        _("Share of the chance"),
    )
    for one in target.importance[:_SHOWN]:
        made.add_row(*_weights(found.events[one.event], one, organisation))
    return made


def _weights(event: BasicEvent, one: Importance, organisation: Organisation) -> tuple[str, ...]:
    number = current().number
    reduction = "–" if one.reduction is None else f"÷ {number(one.reduction, 2)}"
    return (
        _event(event, organisation),
        number(one.birnbaum, 3),
        f"× {number(one.achievement, 1)}",
        reduction,
        _percent(one.fussell_vesely),
    )


# --- criticality --------------------------------------------------------------------------------


def show_criticality(found: Criticality, organisation: Organisation, out: Console) -> None:
    """Write what fails most and what drives lost payments most."""
    made = table(_("What fails most"), _("Element"), _("Runs"), _("Down by itself, mean"))
    for fail in found.failing[:_SHOWN]:
        span = format_duration(round(fail.own_minutes))
        made.add_row(name(organisation, fail.element), _percent(fail.fails.share), span)
    say_left_out(made, len(found.failing))
    out.print(made)
    made = _gains(_("What drives lost payments most: gained if it never failed"), _("Element"))
    drivers = [driver for driver in found.drivers if any(driver.gain.weight)]
    for driver in drivers[:_SHOWN]:
        made.add_row(name(organisation, driver.element), *gain_cells(driver.gain))
    made.add_row(_("All of them together"), *gain_cells(found.all_together))
    say_left_out(made, len(drivers))
    out.print(made)
    unpaid = current().number(round(found.base.in_need_unpaid))
    out.print(_("Measured against {n} people in need unpaid too long, mean per run.", n=unpaid))


def _gains(title: str, first: str) -> Table:
    return table(title, first, _("People in need unpaid"), _("95 % interval"), _("Payees on time"))


def gain_cells(gain: Gain) -> tuple[str, str, str]:
    """Return people in need, their interval and payees on time, as cells."""
    people = gain.in_need_unpaid
    return (
        _signed(people.mean),
        _interval(people),
        _("{n} points", n=_signed(100 * gain.payees_on_time.mean, 2)),
    )


def _signed(value: float, decimals: int = 0) -> str:
    shown = current().number(value, decimals)
    return f"+{shown}" if round(value, decimals) > 0 else shown


def _interval(paired: Paired) -> str:
    return _("{low} to {high}", low=_signed(paired.low), high=_signed(paired.high))


# --- uncertain figures --------------------------------------------------------------------------


def show_tornado(found: Tornado, organisation: Organisation, out: Console) -> None:
    """Write which uncertain figures move people in need unpaid most."""
    title = _("Which number should be found out better? People in need unpaid at each end of its range")
    made = table(title, _("Record"), _("Figure"), _("Halved"), _("Doubled"))
    for swing in found.swings[:_SHOWN]:
        made.add_row(*_swing(swing, organisation))
    say_left_out(made, len(found.swings))
    out.print(made)
    count = found.without_effect
    out.print(ngettext("{n} figure changes nothing.", "{n} figures change nothing.", count))


def _swing(swing: Swing, organisation: Organisation) -> tuple[str, ...]:
    record = organisation.get(swing.record)
    field = _(kind_of(record).specs[swing.field].label) if record else swing.field
    parent = getattr(record, "need", None)
    shown = name(organisation, parent) if isinstance(parent, str) else name(organisation, swing.record)
    return shown, field, _end(swing.at_low), _end(swing.at_high)


def _end(gain: Gain | None) -> str:
    return _("cannot be run") if gain is None else _signed(gain.in_need_unpaid.mean)
