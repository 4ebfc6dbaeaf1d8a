"""Plans for losses, for war, and reports: the second half of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from continuity.planning.contents.action_list import action_list
from continuity.planning.contents.brief import brief
from continuity.planning.contents.ict_loss import ict_loss_plan
from continuity.planning.contents.leaflets import leaflets
from continuity.planning.contents.payment_chain import payment_chain_plan
from continuity.planning.contents.return_plan import return_plan
from continuity.planning.contents.rsa import rsa, rsb
from continuity.planning.contents.since import changes_plan
from continuity.planning.contents.site_plan import site_plan, sites_with_plans
from continuity.planning.contents.staff_loss import staff_loss_plan
from continuity.planning.contents.succession import succession_plan
from continuity.planning.contents.supplier_loss import supplier_loss_plan
from continuity.planning.contents.war import war_plan
from continuity.planning.contents.year_wheel import year_wheel
from continuity.planning.material import Material
from continuity.planning.piece import FULL, TEAM, Piece


def losses(m: Material) -> Iterator[Piece]:
    """Yield the plans for the loss of a site, of staff, ICT, suppliers or payment links, and the return."""
    _ = m.words._
    for site in sites_with_plans(m):
        what = _("When the site is lost, and when it is left")
        yield Piece(f"site/{site.code}", "loss", site.name, what, partial(site_plan, m, site), FULL)
    chain = _("Link by link, and what its loss asks for")
    for code, title, what, make, profiles in (
        ("staff-loss", _("Loss of staff"), _("Minimum crews by day, whom to call in"), staff_loss_plan, TEAM),
        (
            "ict-loss",
            _("Loss of ICT"),
            _("What must be back by when, work without systems"),
            ict_loss_plan,
            TEAM,
        ),
        ("supplier-loss", _("Loss of a supplier"), _("Contract, promise, exit"), supplier_loss_plan, FULL),
        ("payment-chain", _("The payment chain"), chain, payment_chain_plan, TEAM),
        ("return", _("Stand-down and return"), _("Backlog, and what is put right"), return_plan, TEAM),
    ):
        yield Piece(code, "loss", title, what, partial(make, m), profiles)


def war(m: Material) -> Iterator[Piece]:
    """Yield what heightened preparedness and war ask for."""
    _ = m.words._
    for code, title, what, make in (
        ("war", _("Heightened preparedness and war"), _("Going over to krigsorganisation"), war_plan),
        (
            "succession",
            _("Succession and delegation"),
            _("Who decides instead, within limits"),
            succession_plan,
        ),
        ("leaflets", _("Wartime placement: leaflets"), _("What, where, when, bring: a page each"), leaflets),
    ):
        yield Piece(code, "war", title, what, partial(make, m))


def reports(m: Material) -> Iterator[Piece]:
    """Yield what management, the Government and the year ask for."""
    _ = m.words._
    for code, title, what, make, profiles in (
        ("brief", _("Brief for management"), _("Two pages: cannot, costs, decide"), brief, FULL),
        ("actions", _("Gaps and actions"), _("Who, until when, what it costs"), action_list, FULL),
        ("year-wheel", _("Year wheel"), _("Reviews, tests, exercises, reports due"), year_wheel, TEAM),
        ("rsa", _("Risk and vulnerability analysis (RSA)"), _("Section 7 of 2022:524"), rsa, FULL),
        ("rsb", _("Risk and vulnerability assessment (RSB)"), _("Section 19 of 2022:524"), rsb, FULL),
        (
            "changes",
            _("Changes since the last approved version"),
            _("What whoever approves has to look at"),
            changes_plan,
            FULL,
        ),
    ):
        yield Piece(code, "reports", title, what, partial(make, m), profiles)
