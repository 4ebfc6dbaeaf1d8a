"""The start-date sweep on the command line: the calendar of harm of one month."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from rich.table import Table

from continuity.analysis.start_days import StartDay, Sweep
from continuity.cli import runs
from continuity.cli.speech import WrongUse, console
from continuity.model.kinds import Scenario
from continuity.model.organisation import Organisation
from continuity.session import Session
from continuity.words import _, current

_BAR = 24


def month(text: str, start: str | None, precision: float | None) -> dt.date:
    """Return the first day of the month ``text``; raise WrongUse where it is none."""
    if start is not None:
        raise WrongUse(_("--sweep starts on every day of a month: leave out --start."))
    if precision is not None:
        raise WrongUse(_("--sweep goes with --replications, not with --precision."))
    try:
        return dt.datetime.strptime(text, "%Y-%m").replace(tzinfo=dt.UTC).date()
    except ValueError:
        raise WrongUse(_("“{text}” is not a month; write it as 2027-02.", text=text)) from None


def sweep(session: Session, choice: runs.Choice, first: dt.date, json: Path | None) -> None:
    """Run ``choice`` for every day of a month with a progress bar; write JSON, show the calendar of harm."""
    from continuity.cli.analysis import watched

    request = dataclasses.replace(choice.request(session.organisation), compare=False)
    found = watched(
        _("Starting on every day"),
        lambda cancel, report: session.sweep(request, first, cancel=cancel, report=report),
    )
    if json:
        runs.write_json(session.sweep_as_plain(found), json)
    if json is None or str(json) != "-":
        show(found, session.organisation)


def show(found: Sweep, organisation: Organisation) -> None:
    """Write the calendar of harm: people in need first."""
    out, words = console(), current()
    scenario = organisation.of(Scenario, found.scenario)
    name = f"{scenario.code} {scenario.name}" if scenario else found.scenario_code
    out.print(f"[bold]{name}[/bold] · {words.date(found.month, 'long').split(maxsplit=1)[1]}")
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(_("Begins"))
    for title in (_("People in need unpaid"), _("Longest wait, days"), _("Payees on time")):
        table.add_column(title, justify="right")
    table.add_column("")
    most = max(day.in_need_unpaid.mean for day in found.days)
    for day in found.days:
        table.add_row(*_row(day, most))
    out.print(table)
    worst, mildest = words.date(found.worst.date, "long"), words.date(found.mildest.date, "long")
    out.print(_("Worst to begin on: {worst}. Mildest: {mildest}.", worst=worst, mildest=mildest))


def _row(day: StartDay, most: float) -> tuple[str, ...]:
    words = current()
    unpaid = day.in_need_unpaid
    bar = "█" * round(_BAR * unpaid.mean / most) if most else ""
    return (
        words.date(day.date, "short"),
        f"{words.number(unpaid.mean)} ± {words.number(2 * unpaid.error)}",
        words.number(day.longest_wait_days.mean, 1),
        words.percent(day.payees_on_time.mean),
        bar,
    )
