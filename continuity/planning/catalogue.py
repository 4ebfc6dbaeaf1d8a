"""Which plans there are: their codes, names, what each is for, and how each is made."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from continuity.model.kinds import Function
from continuity.planning import catalogue_more
from continuity.planning.contents.agency import agency_plan
from continuity.planning.contents.blank_sheet import blank_sheet
from continuity.planning.contents.calendar import payment_calendar_plan
from continuity.planning.contents.call_tree import call_tree
from continuity.planning.contents.cards import procedure_card, procedures, role_card, roles
from continuity.planning.contents.contacts import contact_list
from continuity.planning.contents.forms import blank_forms
from continuity.planning.contents.front import front_pages
from continuity.planning.contents.function import function_plan
from continuity.planning.contents.hours import buffer_plan
from continuity.planning.contents.pay_day import PayDayView, chosen
from continuity.planning.contents.public_texts import public_texts
from continuity.planning.contents.restart import restart_plan
from continuity.planning.contents.sheet import decision_sheet
from continuity.planning.contents.situation import drafts, situation_report
from continuity.planning.contents.streams import stream_rules
from continuity.planning.contents.teams import TEAMS, team_plan
from continuity.planning.material import Material
from continuity.planning.piece import EVERY, FULL, Piece
from continuity.words import N_

__all__ = ["GROUPS", "Piece", "pieces"]

GROUPS: Final = {
    "begin": N_("Begin here"),
    "pay": N_("Payments"),
    "plans": N_("Plans"),
    "loss": N_("When something is lost"),
    "war": N_("Heightened preparedness and war"),
    "sheets": N_("Decision sheets"),
    "cards": N_("Action cards"),
    "roles": N_("Role cards"),
    "forms": N_("Forms and drafts"),
    "reports": N_("Reports and follow-up"),
}


def pieces(
    m: Material, *, contacts: bool = True, role: str | None = None, most_sheets: int = 30
) -> list[Piece]:
    """Return every plan of ``m`` for its profile, in the order in which they are listed."""
    kept, rest = chosen(m, most_sheets) if m.detail != "cards" else ([], [])
    found = [
        *_begin(m, contacts),
        *_payments(m, rest),
        *_plans(m),
        *catalogue_more.losses(m),
        *catalogue_more.war(m),
        *_sheets(kept),
        *_blank_sheet(m),
        *_cards(m, role),
        *_roles(m, role),
        *_forms(m),
        *catalogue_more.reports(m),
    ]
    return [piece for piece in found if m.detail in piece.profiles]


def _begin(m: Material, contacts: bool) -> Iterator[Piece]:
    _ = m.words._
    yield Piece(
        "first-hour",
        "begin",
        _("The first hour"),
        _("Who leads, where, what first; the next pay days"),
        partial(front_pages, m, contacts=contacts),
        text=True,
    )
    if contacts:
        yield Piece(
            "contacts",
            "begin",
            _("Contacts"),
            _("Whom to ring for what; personal data"),
            partial(contact_list, m),
        )
    yield Piece(
        "call-tree",
        "begin",
        _("Call tree"),
        _("Who rings whom, other channels, who stands in"),
        partial(call_tree, m),
        text=True,
    )
    yield Piece(
        "restart",
        "begin",
        _("Restart order"),
        _("What starts first after a total stop"),
        partial(restart_plan, m),
    )
    yield Piece(
        "buffers",
        "begin",
        _("Buffers, and when they run empty"),
        _("In the order of the hour at which each ends"),
        partial(buffer_plan, m),
        FULL,
    )


def _payments(m: Material, rest: list[PayDayView]) -> Iterator[Piece]:
    _ = m.words._
    yield Piece(
        "calendar",
        "pay",
        _("Payment calendar, 13 months"),
        _("Every pay day with cut-offs and latest hours; pay days at risk"),
        partial(payment_calendar_plan, m, rest),
    )
    yield Piece(
        "streams",
        "pay",
        _("Payment streams: rules and runs"),
        _("How each file travels and what may be done instead"),
        partial(stream_rules, m),
    )


def _plans(m: Material) -> Iterator[Piece]:
    _ = m.words._
    yield Piece(
        "agency",
        "plans",
        _("Continuity plan of the agency"),
        _("Purpose, teams, tasks, functions, payments, measures, gaps"),
        partial(agency_plan, m),
    )
    for team, (title, purpose) in TEAMS.items():
        yield Piece(f"team/{team}", "plans", _(title), _(purpose), partial(team_plan, m, team))
    for function in sorted(m.organisation.all(Function), key=lambda f: (f.priority, f.code)):
        what = _(
            "Critical function, priority class {n}; owner {owner}",
            n=function.priority,
            owner=m.role(function.owner) or "–",
        )
        yield Piece(
            f"function/{function.code}", "plans", function.name, what, partial(function_plan, m, function)
        )


def _sheets(views: list[PayDayView]) -> Iterator[Piece]:
    for view in views:
        m, _ = view.m, view.m.words._
        what = _(
            "{people} payees, {money}; {livelihood}",
            people=m.people(view.planned.payees),
            money=m.words.sek(view.planned.sek),
            livelihood=m.choice(view.stream, "livelihood").lower(),
        )
        title = _("{date}: {stream}", date=m.words.date(view.planned.date), stream=view.name)
        who = view.planned.who if len(view.stream.pay_days) > 1 else ""
        file = f"{view.planned.date.isoformat()} {view.stream.code} {who} {view.stream.name}"
        yield Piece(f"sheet/{view.code}", "sheets", title, what, partial(decision_sheet, view), file=file)


def _blank_sheet(m: Material) -> Iterator[Piece]:
    _ = m.words._
    what = _("For a pay day that has no sheet of its own: tonight's, or any other")
    make = partial(blank_sheet, m)
    yield Piece("sheet/blank", "sheets", _("Blank decision sheet"), what, make)


def _cards(m: Material, role: str | None) -> Iterator[Piece]:
    _ = m.words._
    for card in procedures(m):
        if role is None or card.role == role or m.detail != "cards":
            what = card.trigger.split("\n")[0] or m.choice(card, "kind")
            yield Piece(
                f"card/{card.code}", "cards", card.name, what, partial(procedure_card, m, card), EVERY, True
            )


def _roles(m: Material, role: str | None) -> Iterator[Piece]:
    for one in roles(m):
        if role is None or one.id == role or m.detail != "cards":
            yield Piece(
                f"role/{one.code}",
                "roles",
                one.name,
                one.unit or m.choice(one, "team"),
                partial(role_card, m, one),
                EVERY,
                True,
            )


def _forms(m: Material) -> Iterator[Piece]:
    _ = m.words._
    yield Piece(
        "situation",
        "forms",
        _("Situation report"),
        _("To the Government, section 22"),
        partial(situation_report, m),
    )
    yield Piece(
        "drafts", "forms", _("Drafts"), _("Request, notices, messages to fill in"), partial(drafts, m)
    )
    yield Piece(
        "public",
        "forms",
        _("Information to the public and partners"),
        _("Ready texts in plain Swedish and English"),
        partial(public_texts, m),
        text=True,
    )
    yield Piece(
        "forms",
        "forms",
        _("Blank forms"),
        _("Logs, control totals, decision, change of shift"),
        partial(blank_forms, m),
        EVERY,
    )
