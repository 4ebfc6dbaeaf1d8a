"""Who rings whom when the alarm goes: the call tree, with other channels and who stands in."""

from __future__ import annotations

from collections import defaultdict

from continuity.model.kinds import Contact, Role
from continuity.planning.blocks import (
    WRITING,
    Block,
    Callout,
    Column,
    Document,
    Heading,
    Paragraph,
    Section,
    Steps,
    Table,
    Tick,
)
from continuity.planning.contents import reach
from continuity.planning.contents.front import alarm, leaders
from continuity.planning.contents.role_words import channels_in_order
from continuity.planning.material import Material

_RANK = {"strategic": 0, "tactical": 1, "operational": 2}


def call_tree(m: Material) -> Document:
    """Return the call tree: from who takes the alarm, through the leaders, to every role."""
    _ = m.words._
    return Document(
        code="call-tree",
        title=_("Call tree"),
        subtitle=_("Who rings whom, and what to try when the telephone is silent"),
        language=m.words.language,
        meta=m.meta(),
        sections=(_use(m), *_branches(m), _outside(m), _silent(m)),
        landscape=True,
    )


def branches(m: Material) -> list[tuple[Role, list[Role]]]:
    """Return who rings whom, in the order of the alarm; each role of the agency is rung once.

    The first is who leads the alarm card. It rings the strategic team; a leader rings the roles of the
    own unit, the first of them those whose unit has no leader.
    """
    roles = [r for r in m.organisation.all(Role) if r.team != "external"]
    card = alarm(m)
    first = m.organisation.of(Role, card.role) if card else None
    chiefs = [r for r in leaders(m) if r is not first]
    if first is None:
        first, chiefs = (chiefs[0], chiefs[1:]) if chiefs else (roles[0] if roles else None, [])
    if first is None:
        return []
    rung = {first.id, *(r.id for r in chiefs)}
    rings: dict[str, list[Role]] = defaultdict(list)
    rings[first.id] += chiefs
    for role in sorted(roles, key=lambda r: (_RANK.get(r.team, 3), r.code)):
        if role.id not in rung:
            rings[_caller(role, chiefs, first).id].append(role)
    order = [first, *chiefs]
    return [(r, rings[r.id]) for r in order if rings[r.id]]


def _caller(role: Role, chiefs: list[Role], first: Role) -> Role:
    """Who rings a role: the leader of its unit, else whom it stands in for, else the second to be rung."""
    own = [c for c in chiefs if c.unit and c.unit == role.unit]
    stands = [c for c in chiefs if role.id in c.deputies]
    return next(iter([*own, *stands, *chiefs[1:2], *chiefs[:1]]), first)


def _use(m: Material) -> Section:
    _ = m.words._
    ticks = (
        Tick(_("Ring in the order of the list. Say: what, where, known since when, where to come, when.")),
        Tick(_("No answer in ten minutes: next channel; then who stands in. Write the hour at each.")),
        Tick(_("Who has been reached rings the next branch and reports back when it is done.")),
        Tick(
            _(
                "Who has heard nothing, but sees that power and telephones are gone, goes "
                "to the reporting place."
            )
        ),
    )
    return Section(_("How it is used"), (Steps(ticks),))


def _branches(m: Material) -> list[Section]:
    _ = m.words._
    held = branches(m)
    if not held:
        return [Section(_("Who rings whom"), (m.missing(_("No role is stated."), "role"),))]
    return [
        Section(
            _("{role} rings", role=caller.name),
            (Table(_columns(m), tuple(_row(m, role) for role in rung), dense=True),),
        )
        for caller, rung in held
    ]


def _columns(m: Material) -> tuple[Column, ...]:
    _ = m.words._
    return (
        Column(_("Role"), weight=1.3),
        Column(_("Contact page")),
        Column(_("Tried in this order"), weight=1.5),
        Column(_("If not reached: stands in"), weight=1.5),
        Column(_("Reports at"), weight=1.2),
        Column(_("Reached, hour")),
    )


def _row(m: Material, role: Role) -> tuple[str, ...]:
    return (
        role.name,
        reach.codes(m, role.id) or m.words._("no line"),
        channels_in_order(m, role),
        m.names(role.deputies),
        m.name(role.site),
        WRITING,
    )


def _outside(m: Material) -> Section:
    _ = m.words._
    title = _("Outside the agency")
    held = [
        c
        for c in m.organisation.all(Contact)
        if (r := m.organisation.of(Role, c.role)) and r.team == "external"
    ]
    if not held:
        return Section(title, (m.missing(_("No contact outside the agency is filled in."), "contact"),))
    columns = (
        Column(_("Contact page")),
        Column(_("Organisation"), weight=1.5),
        Column(_("Rung for"), weight=1.8),
        Column(_("Day and night")),
        Column(_("Other channels"), weight=1.2),
        Column(_("Reached, hour")),
    )
    rows = tuple(
        (
            c.code,
            c.organisation or m.role(c.role) or "–",
            c.purpose or "–",
            _("Yes") if c.around_the_clock else _("No"),
            channels_in_order(m, role) if (role := m.organisation.of(Role, c.role)) else "–",
            WRITING,
        )
        for c in held
    )
    return Section(title, (Table(columns, rows, dense=True),))


def _silent(m: Material) -> Section:
    """What to do when no channel works, and the roles that nobody can reach today."""
    _ = m.words._
    roles = [r for r in m.organisation.all(Role) if r.team != "external"]
    alone = [r.name for r in roles if len(r.channels) < 2]
    unplaced = [r.name for r in roles if r.site is None]
    blocks: list[Block] = [
        Paragraph(
            _(
                "Order of channels where nothing else is stated: telephone, mobile, Rakel, SGSI, satellite, "
                "runner. A runner carries the message on paper, signed, and brings a signed answer back."
            )
        )
    ]
    if alone:
        blocks += [
            Heading(_("Have one channel or none")),
            Callout(
                "warn", ", ".join(alone), (_("Fill in, in the program: Tables › Roles › Channels in order."),)
            ),
        ]
    if unplaced:
        blocks.append(m.missing(_("No reporting place: {names}.", names=", ".join(unplaced)), "role", "site"))
    return Section(_("When the telephone is silent"), tuple(blocks))
