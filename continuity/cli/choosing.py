"""Sets of measures side by side, and the best under a budget, in a few tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from continuity.analysis.choices import Optimum, SetComparison, SetFigures
from continuity.cli import runs
from continuity.cli.analysis import gain_cells, watched
from continuity.cli.opening import opened
from continuity.cli.speech import WrongUse, console, record_named
from continuity.cli.structure import name, table
from continuity.model.organisation import Organisation
from continuity.session import Session
from continuity.words import N_, _, current, ngettext

_WEIGHTINGS = {
    "decided": N_("Decided order of priority"),
    "in_need": N_("All people in need alike"),
    "payees": N_("All payees alike"),
    "sek": N_("SEK"),
}
_SHOWN = 15


def compare(
    file: Path, scenario: str | None, sets: Sequence[str], replications: int, seed: int, json: Path | None
) -> None:
    """Compare the sets typed as ``A`` or ``B,C``."""
    with opened(file, read_only=True) as session:
        request = runs.Choice(scenario, replications=replications, seed=seed).request(session.organisation)
        chosen = [_set(session.organisation, text) for text in sets]
        if not any(chosen):
            raise WrongUse(
                _("Name at least one set of measures with --with, such as --with M1 --with M2,M3.")
            )
        found = watched(
            _("Comparing"), lambda c, r: session.compare_sets(request, chosen, cancel=c, report=r)
        )
        _answer(session, found, json)


def optimise(
    file: Path,
    budget: int,
    scenarios: Sequence[str],
    years: int,
    replications: int,
    seed: int,
    json: Path | None,
) -> None:
    """Find the best set under ``budget``."""
    from continuity.analysis.optimising import Wish

    with opened(file, read_only=True) as session:
        weighed = tuple(_weighed(session.organisation, text) for text in scenarios)
        if not weighed:
            raise WrongUse(_("Name a scenario with --scenario."))
        wish = Wish(budget, weighed, years=years, replications=replications, seed=seed)
        found = watched(_("Choosing"), lambda c, r: session.optimise(wish, cancel=c, report=r))
        _answer(session, found, json)


def _answer(session: Session, found: SetComparison | Optimum, json: Path | None) -> None:
    if json:
        runs.write_json(session.choice_as_plain(found), json)
    if json is not None and str(json) == "-":
        return
    if isinstance(found, Optimum):
        show_optimum(found, session.organisation, console())
    else:
        show_sets(found, session.organisation, console())


def _set(organisation: Organisation, text: str) -> tuple[str, ...]:
    whole = organisation.find("measure", text.strip())  # a name may hold a comma
    if whole is not None:
        return (whole.id,)
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return tuple(record_named(organisation, "measure", part).id for part in parts)


def _weighed(organisation: Organisation, text: str) -> tuple[str, float]:
    """Return a scenario and its weight from ``S17:2``; without a weight 1."""
    code, colon, weight = text.rpartition(":")
    if not colon:
        return record_named(organisation, "scenario", text).id, 1.0
    try:
        number = float(weight.replace(",", "."))
    except ValueError:
        said = _("“{weight}” is no weight; write it as S17:2 or S17:0.5.", weight=weight)
        raise WrongUse(said) from None
    return record_named(organisation, "scenario", code).id, number


# --- several sets -------------------------------------------------------------------------------


def show_sets(found: SetComparison, organisation: Organisation, out: Console) -> None:
    """Write the sets side by side, then each against each."""
    made = table(
        _("Sets of measures, each against nothing on the same draws"), _("Set"), _("Once"), _("Per year"),
        _("People in need unpaid"), _("Difference"), _("95 % interval"), _("Payees on time"),
    )  # fmt: skip
    for one in found.sets:
        made.add_row(_named(one, organisation), *_costs(one), _people(one), *_against(one))
    out.print(made)
    pairs = [pair for pair in found.pairs if pair.first > 0]
    if pairs:
        made = table(
            _("Each against each: the second minus the first"), _("First"), _("Second"),
            _("People in need unpaid"), _("95 % interval"), _("Payees on time"),
        )  # fmt: skip
        for pair in pairs:
            names = (_named(found.sets[n], organisation) for n in (pair.first, pair.second))
            made.add_row(*names, *gain_cells(pair.gain))
        out.print(made)
    for one in found.sets:
        out.print(_last_said(one, organisation))


def _named(one: SetFigures, organisation: Organisation) -> str:
    return ", ".join(name(organisation, id_) for id_ in one.measures) or _("Nothing")


def _costs(one: SetFigures) -> tuple[str, str]:
    return current().sek(one.cost_once), current().sek(one.cost_yearly)


def _people(one: SetFigures) -> str:
    return current().number(round(one.in_need_unpaid.mean))


def _against(one: SetFigures) -> tuple[str, str, str]:
    people, interval, _points = gain_cells(one.gain)
    share = f"{current().number(100 * one.payees_on_time.mean, 2)} %"
    return (people, interval, share) if one.measures else ("–", "–", share)


def _last_said(one: SetFigures, organisation: Organisation) -> str:
    chosen, last = _named(one, organisation), one.last
    if last is None:
        return _("{set}: nobody waits.", set=chosen)
    return _(
        "{set}: last is {stream}, {days} days on the average.",
        set=chosen,
        stream=name(organisation, last.stream),
        days=current().number(last.days, 1),
    )


# --- the best set -------------------------------------------------------------------------------


def show_optimum(found: Optimum, organisation: Organisation, out: Console) -> None:
    """Write what to buy first, how sure that is, and what other weightings would say."""
    words = current()
    out.print(_order_said(found))
    made = table(
        _("What to buy first"), _("Measure"), _("Once"), _("Per year"), _("People in need unpaid"),
        _("95 % interval"), _("Payees on time"),
    )  # fmt: skip
    for one in found.bought:
        costs = (words.sek(one.cost_once), words.sek(one.cost_yearly))
        made.add_row(name(organisation, one.measure), *costs, *gain_cells(one.gain))
    out.print(made)
    out.print(
        _(
            "People in need unpaid: {before} without, {after} with. Takes {cost} of {budget}, with {years} "
            "of yearly costs.",
            before=_people(found.base),
            after=_people(found.best),
            cost=words.sek(found.proposed.cost),
            budget=words.sek(found.budget),
            years=ngettext("{n} year", "{n} years", found.years),
        )
    )
    out.print(sure_said(found))
    made = table(
        _("The same under other weightings"), _("Weighting"), _("Best set"), _("People in need unpaid"),
        _("Payees on time"), _("Who is last"),
    )  # fmt: skip
    for weighed in found.weighed:
        last = weighed.figures.last
        chosen = _("the same set") if weighed.same and weighed.weighting != "decided" else ""
        made.add_row(
            _(_WEIGHTINGS[weighed.weighting]),
            chosen or _named(weighed.figures, organisation),
            _people(weighed.figures),
            f"{words.number(100 * weighed.figures.payees_on_time.mean, 2)} %",
            name(organisation, last.stream) if last else _("nobody waits"),
        )
    out.print(made)
    _show_frontier(found, organisation, out)


def _order_said(found: Optimum) -> str:
    if not found.order.by:
        return _("Nobody has decided an order of priority: all people in need count alike.")
    return _(
        "Order of priority decided by {who}, {when}, {reference}.",
        who=found.order.by,
        when=current().date(found.order.on, "iso") if found.order.on else "–",
        reference=found.order.reference or "–",
    )


def sure_said(found: Optimum) -> str:
    """Say how many sets were tried and whether the answer is proven."""
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


def _show_frontier(found: Optimum, organisation: Organisation, out: Console) -> None:
    made = table(
        _("Cost and payments on time: no set that was tried costs less and pays more"), _("Cost"),
        _("Payees on time"), _("People in need unpaid"), _("Set"),
    )  # fmt: skip
    points = found.frontier
    step = max(1, -(-len(points) // _SHOWN))
    for point in points[::step]:
        chosen = ", ".join(_code(organisation, id_) for id_ in point.measures) or _("Nothing")
        cost = current().sek(point.cost)
        made.add_row(
            cost if point.affordable else _("{cost} (above the budget)", cost=cost),
            f"{current().number(100 * point.payees_on_time, 2)} %",
            current().number(round(point.in_need_unpaid)),
            chosen,
        )
    out.print(made)


def _code(organisation: Organisation, id_: str) -> str:
    record = organisation.get(id_)
    return record.code if record else id_
