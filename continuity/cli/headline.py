"""A run in a few lines: people in need first, then payees, then SEK, then what breaks when."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console
from rich.table import Table

from continuity.model.durations import DAY
from continuity.model.kinds import Function, Scenario
from continuity.model.organisation import Organisation
from continuity.simulation.result import Comparison, Estimate, FunctionResult, Headline, RunResult
from continuity.words import _, current, ngettext

_SHOWN_FUNCTIONS = 8
_SHOWN_BREACH = 0.005


def show(result: RunResult | Comparison, organisation: Organisation, out: Console) -> None:
    """Write the headline of ``result`` and the functions that break."""
    runs = [result.without, result.with_] if isinstance(result, Comparison) else [result]
    _say_what_was_run(runs[0], organisation, out)
    if len(runs) > 1:
        names = ", ".join(runs[1].meta.measure_codes)
        out.print(_("Planned measures: {names}", names=names))
    _say_precision(runs, out)
    out.print()
    out.print(_figures(runs))
    out.print()
    out.print(_breaking(runs, organisation))
    out.print(_("Too long: down longer than is tolerable (MTPD), share of the runs."), style="dim")


def _say_what_was_run(run: RunResult, organisation: Organisation, out: Console) -> None:
    words, meta = current(), run.meta
    scenario = organisation.of(Scenario, meta.scenario)
    agency = organisation.agency
    name = f"{scenario.code} {scenario.name}" if scenario else meta.scenario_code
    out.print(f"[bold]{name}[/bold]" + (f" · {agency.name}" if agency else ""))
    out.print(
        _(
            "From {start}, {days} days, {runs} replications, seed {seed}, run {run}",
            start=words.datetime(meta.start),
            days=meta.horizon_days,
            runs=words.number(meta.replications),
            seed=meta.seed,
            run=meta.id[:8],
        )
    )


def _say_precision(runs: list[RunResult], out: Console) -> None:
    halves = [run.precision for run in runs if run.precision is not None]
    if halves:
        points = current().number(100 * max(halves), 1)
        out.print(_("Every share is known to ± {points} percentage points or better (95 %).", points=points))


def _figures(runs: list[RunResult]) -> Table:
    table = Table(show_header=True, header_style="bold", box=None, pad_edge=False)
    table.add_column("", min_width=48)
    for title in [_("Without measures"), _("With measures")] if len(runs) > 1 else [_("Result")]:
        table.add_column(title, justify="right")
    for label, figure in _rows(runs[0].headline):
        table.add_row(label, *(figure(run.headline) for run in runs))
    return table


def _rows(first: Headline) -> list[tuple[str, Callable[[Headline], str]]]:
    days = first.hardship_days
    unpaid = ngettext(
        "People in need unpaid for more than {n} day",
        "People in need unpaid for more than {n} days",
        days,
    )
    return [
        (unpaid, lambda h: current().number(h.in_need_unpaid.mean)),
        (_("  in the worst tenth of the runs at least"), lambda h: current().number(h.in_need_unpaid.p90)),
        (_("  of payments to people in need"), lambda h: current().number(h.in_need_payees)),
        (_("  longest wait"), lambda h: _days(h.longest_wait_days)),
        (_("Payees on time, own benefits"), lambda h: _share(h.own.payees_on_time)),
        (_("Payees on time, on behalf of others"), lambda h: _share(h.others.payees_on_time)),
        (_("SEK on time, own benefits"), lambda h: _share(h.own.sek_on_time)),
        (_("SEK on time, on behalf of others"), lambda h: _share(h.others.sek_on_time)),
        (_("SEK paid wrongly by fallbacks"), lambda h: current().sek(h.wrong_sek.mean)),
        (_("SEK exposed to double payment"), lambda h: current().sek(h.double_exposed_sek.mean)),
        (_("Hours of reconciliation afterwards"), lambda h: current().number(h.reconciliation_hours.mean)),
    ]


def _days(estimate: Estimate) -> str:
    return _("{days} days", days=current().number(estimate.mean, 1))


def _share(estimate: Estimate) -> str:
    return current().percent(estimate.mean, 1)


def _breaking(runs: list[RunResult], organisation: Organisation) -> Table:
    table = Table(title=_("Which functions break, and when"), title_justify="left", title_style="bold")
    table.box, table.pad_edge = None, False
    table.add_column(_("Function"), min_width=48)
    table.add_column(_("Down after"), justify="right")
    columns = [_("Too long without"), _("Too long with")] if len(runs) > 1 else [_("Too long")]
    for title in columns:
        table.add_column(title, justify="right")
    later = [{f.element: f for f in run.functions} for run in runs[1:]]
    for found in _worst(runs[0])[:_SHOWN_FUNCTIONS]:
        function = organisation.of(Function, found.element)
        name = f"{function.code} {function.name}" if function else found.element
        shares = [_breach(found), *(_breach(by_id[found.element]) for by_id in later)]
        table.add_row(name, _first(found), *shares)
    return table


def _worst(run: RunResult) -> list[FunctionResult]:
    broken = [f for f in run.functions if f.down.share >= _SHOWN_BREACH]
    return sorted(broken, key=lambda f: (-(f.mtpd_breach.share if f.mtpd_breach else 0), _when(f)))


def _when(function: FunctionResult) -> float:
    return function.first_down.p50 if function.first_down else float("inf")


def _first(function: FunctionResult) -> str:
    if function.first_down is None:
        return "–"
    minutes = function.first_down.p50
    return current().duration(minutes, coarse=minutes >= DAY)


def _breach(function: FunctionResult) -> str:
    return current().percent(function.mtpd_breach.share) if function.mtpd_breach else "–"
