"""The plan for the payment chain: link by link what it is, what its loss does, and what is done."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from continuity.model.kinds import Element, Need, Resource, Stage, Stream
from continuity.planning.blocks import (
    Block,
    Bullets,
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
from continuity.planning.contents import parts, reach
from continuity.planning.contents.loss import loss_document
from continuity.planning.contents.sheet import STATES
from continuity.planning.contents.streams import stop_through
from continuity.planning.material import Material


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One element through which payment runs go: its stages, and the streams that pass."""

    element: str
    stages: tuple[str, ...]
    streams: tuple[Stream, ...]
    place: float

    @property
    def payees(self) -> int:
        """Payees a month of the streams that pass."""
        return sum(s.payees for s in self.streams)


def payment_chain_plan(m: Material) -> Document:
    """Return the plan for the payment chain."""
    _ = m.words._
    return loss_document(
        m,
        "payment-chain",
        _("The payment chain"),
        _("From decision to money that the payee can use: each link, and what its loss asks for"),
        (_first(m), _chain(m), *_links(m), _liquidity(m), _others(m), _after(m)),
        contents=True,
    )


def links(m: Material) -> list[ChainLink]:
    """Return the elements that stages go through, in the order of the run."""
    stages: dict[str, dict[str, None]] = defaultdict(dict)
    streams: dict[str, dict[str, Stream]] = defaultdict(dict)
    places: dict[str, list[int]] = defaultdict(list)
    for stream in m.streams():
        for stage in m.organisation.parts(stream.id, Stage):
            if stage.reaches != "stop":
                stages[stage.element][stage.name] = None
                streams[stage.element][stream.id] = stream
                places[stage.element].append(stage.position)
    found = [
        ChainLink(e, tuple(stages[e]), tuple(streams[e].values()), sum(places[e]) / len(places[e]))
        for e in stages
    ]
    return sorted(found, key=lambda link: (link.place, link.element))


def _first(m: Material) -> Section:
    _ = m.words._
    desks = sorted({who for s in m.streams() if (who := stop_through(m, s)) != "–"})
    lines = (
        _("Ring: {who}.", who=", ".join(desks) or "________________"),
        _("No second file goes out while the receipt of the first is unknown."),
    )
    ticks = tuple(Tick(_(then), title=_(title)) for _code, title, then in STATES)
    ask = Paragraph(_("Whatever link is lost: first find out where the file of the next pay day is."))
    return Section(
        _("Where is the original file?"),
        (
            ask,
            Callout("halt", _("A double payment is the worst error."), lines),
            Steps(ticks, numbered=False),
        ),
    )


def _chain(m: Material) -> Section:
    _ = m.words._
    title = _("The links in order")
    held = links(m)
    if not held:
        return Section(title, (m.missing(_("No stage of a payment run is stated."), "stage"),))
    columns = (
        Column(_("Link"), weight=1.5),
        Column(_("Stages"), weight=1.6),
        Column(_("Streams"), "right"),
        Column(_("Payees a month"), "right"),
        Column(_("Owner with us"), weight=1.2),
        Column(_("Back after"), "right"),
    )
    rows = tuple(
        (
            m.name(link.element),
            ", ".join(link.stages[:3]) + (" …" if len(link.stages) > 3 else ""),
            str(len(link.streams)),
            m.people(link.payees),
            m.element_owner(link.element) or "–",
            m.minutes(getattr(m.organisation.get(link.element), "achievable_rto", None)),
        )
        for link in held
    )
    return Section(title, (Table(columns, rows, dense=True),))


def _links(m: Material) -> list[Section]:
    _ = m.words._
    found = []
    for link in links(m):
        element = m.organisation.of(Element, link.element)
        if element is not None:
            title = _("If this link is lost: {link}", link=element.name)
            found.append(Section(title, tuple(_link(m, link, element))))
    return found


def _link(m: Material, link: ChainLink, element: Element) -> list[Block]:
    _ = m.words._
    cards = [p for p in parts.about(m, element.id) if p.kind not in ("stand_down", "leaving")]
    supplier = element.supplier if isinstance(element, Resource) else ""
    rows = [
        (_("Hits"), ", ".join(s.name for s in link.streams[:5]) + (" …" if len(link.streams) > 5 else "")),
        (_("Ring"), reach.with_codes(m, element.owner)),
        (_("Supplier"), supplier),
        (_("Cards"), ", ".join(f"{p.name} ({p.code})" for p in cards)),
        (_("Fallbacks that go round it"), _around(m, link)),
    ]
    if m.open_about_weakness:
        rows.append((_("Manages without"), _bridges(m, element)))
        result = m.element_results.get(element.id)
        if result and result.down.hits:
            rows.append((_("In the run"), _("lost in {share} of the runs", share=m.share(result.down))))
    return [Facts(tuple((label, text or "–") for label, text in rows))]


def _around(m: Material, link: ChainLink) -> str:
    """Names of the fallbacks of its streams that do not need the link, in the streams' order."""
    found: dict[str, None] = {}
    for stream in link.streams:
        for id_ in stream.fallbacks:
            fallback = m.organisation.get(id_)
            needs = getattr(fallback, "elements", ())
            usable = getattr(fallback, "enabled", False) and not getattr(fallback, "needs_ruling", True)
            below = {link.element} & {e for n in needs for e in (n, *m.graph.needed(n))}
            if usable and not below:
                found[m.name(id_)] = None
    names = list(found)
    return ", ".join(names[:4]) + (" …" if len(names) > 4 else "") if names else m.words._("none")


def _bridges(m: Material, element: Element) -> str:
    """How long those that need the link manage without it."""
    _ = m.words._
    held = [
        need
        for need in m.organisation.all(Need)
        if need.autonomy and element.id in {s.element for s in m.graph.supplies(need)}
    ]
    return "\n".join(
        _("{dependent}: {time}", dependent=m.name(n.dependent), time=m.minutes(n.autonomy))
        for n in sorted(held, key=lambda n: n.autonomy)[:4]
    )


def _liquidity(m: Material) -> Section:
    _ = m.words._
    held = [p for p in parts.procedures_of_kind(m, "communication") if _about_money(m, p.about)]
    text = _(
        "Changed amount or day: tell the State's internal bank before the bank is told. The draft of the "
        "notice lists the planned amounts of the next month day by day."
    )
    blocks: list[Block] = [Paragraph(text)]
    for procedure in held[:2]:
        blocks += parts.procedure_blocks(m, procedure)
    return Section(_("Liquidity"), tuple(blocks))


def _about_money(m: Material, about: tuple[str, ...]) -> bool:
    held = (m.organisation.of(Resource, id_) for id_ in about)
    return any(r is not None and r.category == "finance" for r in held)


def _others(m: Material) -> Section:
    _ = m.words._
    held = [s for s in m.streams() if not s.own]
    title = _("Paid on behalf of others")
    if not held:
        return Section(title, (Paragraph(_("The agency pays nothing on behalf of others.")),))
    columns = (
        Column(_("Payment stream"), weight=1.5),
        Column(_("Owner")),
        Column(_("Payees a month"), "right"),
        Column(_("SEK a month"), "right"),
        Column(_("Ring"), weight=1.4),
    )
    rows = tuple(
        (
            s.name,
            s.owner_agency or "–",
            m.people(s.payees),
            m.words.sek(s.payees * s.amount),
            reach.owner_desk(m, s) or "–",
        )
        for s in held
    )
    text = Paragraph(_("A fallback for these needs the owner's own decision, in writing, before it starts."))
    return Section(title, (text, Table(columns, rows, dense=True)))


def _after(m: Material) -> Section:
    _ = m.words._
    held = parts.procedures_of_kind(m, "stand_down")
    lines = Bullets(
        (
            _("Nothing is reclaimed and nothing is paid again before count, SEK and check value agree."),
            _("Payees not reached are listed by name in the ordinary system, never on loose paper."),
        )
    )
    blocks: list[Block] = [lines]
    if held:
        blocks += parts.procedure_blocks(m, held[0])
    else:
        blocks.append(m.missing(_("No stand-down procedure is written."), "procedure", "kind"))
    return Section(_("Afterwards"), tuple(blocks))
