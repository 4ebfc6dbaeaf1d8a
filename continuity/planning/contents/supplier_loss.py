"""The plan for loss of a supplier: contract, promise against need, wartime clause, exit, what then."""

from __future__ import annotations

from collections import defaultdict

from continuity.analysis.rollup import Row
from continuity.model.kinds import Contact, Resource, Supply
from continuity.planning.blocks import (
    Block,
    Callout,
    Column,
    Document,
    Facts,
    Paragraph,
    Section,
    Steps,
    Table,
    Tick,
)
from continuity.planning.contents import parts
from continuity.planning.contents.evidence import unverified
from continuity.planning.contents.loss import loss_document
from continuity.planning.material import Material

_MOST = 14
#: What a contract has to say before one can rely on it.
_ASKED = ("contract", "sla_hours", "support_hours", "wartime_clause", "exit_time")


def supplier_loss_plan(m: Material) -> Document:
    """Return the plan for loss of suppliers: one page of what is common, then the important ones."""
    _ = m.words._
    ranked = suppliers(m)
    needs = {row.element: row for row in m.roll_up.rows}
    sections = [_common(m), _overview(m, ranked, needs)]
    sections += [_one(m, name, held, needs) for name, held in ranked[:_MOST]]
    if len(ranked) > _MOST:
        sections.append(_rest(m, ranked[_MOST:]))
    return loss_document(
        m,
        "supplier-loss",
        _("Loss of a supplier"),
        _("Contract, promise against need, wartime clause, exit, and what is done meanwhile"),
        tuple(sections),
        contents=True,
    )


def suppliers(m: Material) -> list[tuple[str, list[Resource]]]:
    """Return suppliers with what they deliver, those on whom most functions rest first."""
    carried = m.graph.carried()
    held: dict[str, list[Resource]] = defaultdict(list)
    for resource in m.organisation.all(Resource):
        if resource.supplier and resource.in_use:
            held[resource.supplier].append(resource)
    weight = {name: max(carried.get(r.id, 0) for r in found) for name, found in held.items()}
    return sorted(held.items(), key=lambda pair: (-weight[pair[0]], pair[0]))


def _common(m: Material) -> Section:
    _ = m.words._
    ticks = (
        Tick(
            _(
                "Ring the supplier's desk. Ask: since when, what is lost, back at the "
                "earliest and latest, why."
            )
        ),
        Tick(_("Read the clause on force majeure and war before anything is demanded or paid.")),
        Tick(
            _(
                "Start the standby or the manual alternative below; write the hour at which "
                "the buffer is empty."
            )
        ),
        Tick(_("Ask who else is hit and who comes first; refer to being vital to society.")),
        Tick(
            _("Decide on another supplier at the latest when the exit time no longer fits before the need.")
        ),
        Tick(
            _(
                "Shut what the supplier can reach, if the supplier itself is attacked or "
                "under another's orders."
            )
        ),
    )
    return Section(_("Do this for every supplier"), (Steps(ticks), parts.judgement(m)))


def _overview(m: Material, ranked: list[tuple[str, list[Resource]]], needs: dict[str, Row]) -> Section:
    _ = m.words._
    title = _("Suppliers, the most important first")
    if not ranked:
        return Section(title, (m.missing(_("No supplier is stated."), "resource", "supplier"),))
    carried = m.graph.carried()
    columns = (
        Column(_("Supplier"), weight=1.4),
        Column(_("Delivers"), weight=1.6),
        Column(_("Functions that rest on it"), "right"),
        Column(_("Contract says"), "right"),
        Column(_("Needed"), "right"),
        Column(_("Exit"), "right"),
        Column(_("Not stated")),
    )
    rows = []
    for name, held in ranked:
        promise = max((r.sla_hours for r in held if r.sla_hours is not None), default=None)
        need = min((n for r in held if (n := _needed(needs, r)) is not None), default=None)
        leave = max((r.exit_time for r in held if r.exit_time), default=None)
        blank = sum(not any(getattr(r, f) for r in held) for f in _ASKED)
        rows.append(
            (
                name,
                ", ".join(r.name for r in held),
                m.words.number(max(carried.get(r.id, 0) for r in held)),
                m.minutes(promise * 60) if promise is not None else "–",
                _("at once") if need == 0 else m.minutes(need),
                m.minutes(leave),
                _("{n} of {all}", n=blank, all=len(_ASKED)) if blank else "–",
            )
        )
    return Section(title, (Table(columns, tuple(rows), dense=True),))


def _needed(needs: dict[str, Row], resource: Resource) -> int | None:
    row = needs.get(resource.id)
    return row.needed.minutes if row and row.needed else None


def _one(m: Material, name: str, held: list[Resource], needs: dict[str, Row]) -> Section:
    _ = m.words._
    carried = m.graph.carried()
    blocks: list[Block] = []
    for resource in sorted(held, key=lambda r: -carried.get(r.id, 0))[:3]:
        blocks += _resource(m, resource, needs)
    if held[3:]:
        blocks.append(Paragraph(_("Also: {names}.", names=", ".join(r.name for r in held[3:]))))
    return Section(name, tuple(blocks))


def _resource(m: Material, r: Resource, needs: dict[str, Row]) -> list[Block]:
    _ = m.words._
    need = _needed(needs, r)
    promise = (
        _(
            "{time}; needed: {need}",
            time=m.minutes(r.sla_hours * 60),
            need=_("at once") if need == 0 else m.minutes(need),
        )
        if r.sla_hours
        else ""
    )
    rows = (
        (_("Delivers"), r.name, ""),
        (_("Contract"), r.contract, "contract"),
        (_("Promised against needed"), promise, "sla_hours"),
        (_("Support hours"), r.support_hours, "support_hours"),
        (_("Force majeure and war"), r.wartime_clause, "wartime_clause"),
        (_("Sub-suppliers and country"), ", ".join(t for t in (r.sub_suppliers, r.country) if t), ""),
        (_("Time to change supplier"), m.minutes(r.exit_time) if r.exit_time else "", "exit_time"),
        (_("Instead, meanwhile"), _instead(m, r), ""),
        (_("Owner with us"), m.role_and_deputies(r.owner), ""),
        (_("Desk"), _desk(m, r), ""),
        (_("Figures"), unverified(m, r), ""),
    )
    blocks: list[Block] = [Facts(tuple((label, text) for label, text, _f in rows if text))]
    blank = [m.label(r, field).lower() for _label, text, field in rows if field and not text]
    if blank:
        blocks.append(m.missing(_("Not stated: {what}.", what=", ".join(blank)), "resource", "", r))
    if need is not None and r.sla_hours and r.sla_hours * 60 > need:
        blocks.append(
            Callout("warn", _("The promise is slower than the need: the contract does not save us."))
        )
    return blocks


def _instead(m: Material, r: Resource) -> str:
    """What else supplies the same need, and how long one manages without."""
    _ = m.words._
    found: list[str] = []
    for supply in (s for s in m.organisation.referrers(r.id) if isinstance(s, Supply) and s.element == r.id):
        need = m.organisation.get(supply.need)
        others = [s for s in m.organisation.parts(supply.need, Supply) if s.element != r.id]
        names = ", ".join(m.name(s.element) for s in others)
        autonomy = getattr(need, "autonomy", 0)
        if names:
            found.append(
                _("{dependent}: {names}", dependent=m.name(getattr(need, "dependent", None)), names=names)
            )
        elif autonomy and m.open_about_weakness:
            told = {"dependent": m.name(getattr(need, "dependent", None)), "time": m.minutes(autonomy)}
            found.append(_("{dependent}: nothing else; manages {time}", **told))
    return "\n".join(dict.fromkeys(found[:5])) or _("nothing")


def _desk(m: Material, r: Resource) -> str:
    wanted = r.supplier.split("(")[0].strip().lower()
    held = [c for c in m.organisation.all(Contact) if wanted and wanted in c.organisation.lower()]
    return ", ".join(c.code for c in held) or m.words._("no line on the contact pages")


def _rest(m: Material, ranked: list[tuple[str, list[Resource]]]) -> Section:
    _ = m.words._
    columns = (
        Column(_("Supplier"), weight=1.2),
        Column(_("Delivers"), weight=1.4),
        Column(_("Force majeure and war"), weight=2.4),
    )
    rows = tuple(
        (name, ", ".join(r.name for r in held), held[0].wartime_clause or _("not stated"))
        for name, held in ranked
    )
    return Section(_("Other suppliers"), (Table(columns, rows, dense=True),))
