"""Sets of measures, and why one is chosen, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from continuity.analysis.choices import DECIDED, IN_NEED, PAYEES, SEK
from continuity.model.kinds import Measure
from continuity.model.organisation import Organisation
from continuity.words import N_, _, current, ngettext
from ui.runs import said
from ui.shown import name_of

if TYPE_CHECKING:
    from continuity.analysis.choices import ChosenMeasure, Optimum, SetFigures

WEIGHTINGS = {
    DECIDED: N_("Decided order of priority"),
    IN_NEED: N_("All people in need alike"),
    PAYEES: N_("All payees alike"),
    SEK: N_("SEK"),
}


def set_name(organisation: Organisation, measures: tuple[str, ...]) -> str:
    """Return the names of the measures of a set."""
    names = [name_of(organisation.of(Measure, id_)) for id_ in measures]
    return ", ".join(names) if names else _("Nothing more is done")


def last_said(organisation: Organisation, figures: SetFigures) -> str:
    """Say who is last."""
    last = figures.last
    if last is None:
        return _("nobody waits")
    return _("{stream}, {days}", stream=name_of(organisation.get(last.stream)), days=said.days(last.days))


def points(share: float) -> str:
    """Return a share with two decimals of a per cent."""
    return f"{current().number(100 * share, 2)} %"


def lead(organisation: Organisation, found: Optimum) -> str:
    """Say what is proposed, what it gives and what it costs."""
    if not found.bought:
        return _("No measure within the budget makes a difference to anybody.")
    return ngettext(
        "{n} measure for {cost}: {before} people in need unpaid too long become {after}.",
        "{n} measures for {cost}: {before} people in need unpaid too long become {after}.",
        len(found.bought),
        cost=said.sek(found.proposed.cost),
        before=said.about(found.base.in_need_unpaid.mean),
        after=said.about(found.best.in_need_unpaid.mean),
    )


def order_said(found: Optimum) -> str:
    """Say by whose order the set was chosen."""
    if not found.order.by:
        return _("Nobody has decided an order of priority: all people in need count alike.")
    return _(
        "People in need before SEK, by the order of priority that {who} decided {when} ({reference}).",
        who=found.order.by,
        when=current().date(found.order.on, "iso") if found.order.on else "–",
        reference=found.order.reference or "–",
    )


def sure(found: Optimum) -> str:
    """Say how many sets were tried, and whether the answer is proven."""
    tried = ngettext("{n} set was tried.", "{n} sets were tried.", found.tried)
    if not found.proven:
        return f"{tried} " + _(
            "More sets are affordable than can be tried one by one: found by greedy search with look-ahead "
            "and exchange, not proven to be the best."
        )
    proof = ngettext(
        "Proven: the only affordable set of measures that make a difference was tried.",
        "Proven: all {n} affordable sets of measures that make a difference were tried.",
        found.affordable or 0,
    )
    check = (
        _("Greedy search found one as good.")
        if found.greedy_as_good
        else _("Greedy search found a worse one.")
    )
    return f"{tried} {proof} {check}"


def why(organisation: Organisation, found: Optimum, number: int) -> str:
    """Say why the measure at place ``number`` is chosen."""
    one = found.bought[number]
    name = name_of(organisation.of(Measure, one.measure))
    gained = said.paired_people(one.gain.in_need_unpaid)
    if number == 0:
        text = _(
            "{name} comes first: it gives most by itself, {people} in need unpaid ({interval}).",
            name=name, people=gained[0], interval=gained[1],
        )  # fmt: skip
    else:
        text = _(
            "{name}: on top of those before it {people} in need unpaid ({interval}).",
            name=name, people=gained[0], interval=gained[1],
        )  # fmt: skip
    return f"{text} {_if_left_out(one)}"


def _if_left_out(one: ChosenMeasure) -> str:
    missed = one.missed.in_need_unpaid
    if missed.low <= 0:
        on_time = one.missed.payees_on_time
        if on_time.high < 0:
            return _(
                "For people in need that is not sure; payees on time without it: {points}.",
                points=said.paired_share(on_time)[0],
            )
        return _("That is no sure difference: it may be the first to wait.")
    return _("Without it the set would leave {people}.", people=said.paired_people(missed)[0])


def left_out(organisation: Organisation, found: Optimum) -> str:
    """Say which measures were not chosen among, and why."""
    lines = []
    if found.without_effect:
        names = set_name(organisation, found.without_effect)
        lines.append(
            _("No difference to speak of in these scenarios, alone or in pairs: {names}.", names=names)
        )
    if found.too_dear:
        lines.append(
            _("Dearer than the whole budget: {names}.", names=set_name(organisation, found.too_dear))
        )
    lines += [
        _("Contradict each other and were never tried together: {names}.", names=set_name(organisation, pair))
        for pair in found.contradicting
    ]
    return "\n".join(lines)
