"""The measures of the agency's plan, and what they change on the same draws."""

from __future__ import annotations

from continuity.model.kinds import Measure
from continuity.planning.blocks import Block, Column, Section, Table
from continuity.planning.material import Material
from continuity.simulation.result import Headline


def measures(m: Material) -> Section:
    """Return the measures, and what they change where the run compares them."""
    _ = m.words._
    held = [x for x in m.organisation.all(Measure) if x.family != "variant"]
    title = _("Measures")
    if not held:
        return Section(title, (m.missing(_("No measures are filled in."), "measure"),))
    blocks: list[Block] = []
    if m.comparison:
        blocks.append(_compared(m, m.comparison.without.headline, m.comparison.with_.headline))
    columns = (
        Column(_("Measure"), weight=1.6),
        Column(_("State")),
        Column(_("Once"), "right"),
        Column(_("Per year"), "right"),
        Column(_("Owner")),
        Column(_("Due")),
        Column(_("In the comparison")),
    )
    tried = m.comparison.with_.meta.measures if m.comparison else ()
    rows = tuple(
        (
            x.name,
            m.choice(x, "status"),
            m.words.sek(x.cost_once),
            m.words.sek(x.cost_yearly),
            m.role(x.owner) or _("nobody"),
            m.words.date(x.due, "iso") if x.due else "–",
            _("Yes") if x.id in tried else "–",
        )
        for x in held
    )
    blocks.append(Table(columns, rows, dense=True))
    return Section(title, tuple(blocks))


def _compared(m: Material, without: Headline, with_: Headline) -> Table:
    _ = m.words._
    days = lambda v: m.words.number(v, 1)  # noqa: E731
    pairs = (
        (
            _("People in need unpaid for more than {days} days", days=without.hardship_days),
            without.in_need_unpaid,
            with_.in_need_unpaid,
            m.people,
        ),
        (_("Their longest wait, days"), without.longest_wait_days, with_.longest_wait_days, days),
        (_("Payees paid on time"), without.both.payees_on_time, with_.both.payees_on_time, m.share),
        (_("Own payees on time"), without.own.payees_on_time, with_.own.payees_on_time, m.share),
        (_("Others' payees on time"), without.others.payees_on_time, with_.others.payees_on_time, m.share),
        (_("Money paid on time"), without.both.sek_on_time, with_.both.sek_on_time, m.share),
        (_("Paid with a wrong amount"), without.wrong_sek, with_.wrong_sek, m.words.sek),
        (_("Exposed to double payment"), without.double_exposed_sek, with_.double_exposed_sek, m.words.sek),
    )
    columns = (
        Column(_("Without and with measures, same draws"), weight=1.6),
        Column(_("Without"), "right"),
        Column(_("With"), "right"),
    )
    rows = tuple((label, m.span(a, form), m.span(b, form)) for label, a, b, form in pairs)
    return Table(columns, rows, source=m.source)
