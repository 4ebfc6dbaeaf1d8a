"""The bench on the command line: the race of one size, or the known answers."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from rich.console import Console
from rich.table import Table

from continuity import places
from continuity.cli import runs
from continuity.cli.speech import FAILED, WrongUse
from continuity.words import N_, _

SIZES = ("S", "M", "L")
_STEPS = {
    "full": N_("All rules: our engine and SimPy in turn …"),
    "threads": N_("Two threads and one …"),
    "plain": N_("On or off: our engine, SimPy, salabim and NumPy in turn …"),
    "run": N_("A whole run …"),
    "rerun": N_("A run after one edit …"),
    "reference": N_("The reference agency …"),
}


def show_bench(size: str, json: Path | None, out: Console) -> None:
    """Measure one size and write the tables."""
    if size not in SIZES:
        raise WrongUse(_("--size takes S, M or L, not “{size}”.", size=size))
    measure = _module("bench.measure")
    facts = measure.measure(size, lambda step: out.print(_(_STEPS[step])))
    if json:
        runs.write_json(facts, json)
    if json is None or str(json) != "-":
        _show(facts, out)


def show_known_answers(samples: int, json: Path | None, out: Console) -> int:
    """Write each known answer beside what the engines say; return 1 where one is missed."""
    known = _module("bench.known_answers")
    found = [answer for path in known.cases() for answer in known.answers(path, samples)]
    if json:
        facts = [{name: getattr(a, name) for name in a.__slots__} for a in found]
        runs.write_json({"format": 1, "samples": samples, "answers": facts}, json)
    if json is None or str(json) != "-":
        table = _table(
            _("Known answers"), _("Case"), _("What"), _("By"), _("Expected"), _("Got"), _("Errors"), ""
        )
        for a in found:
            errors = "" if a.errors is None else f"{a.errors:+.2f}"
            said = _("good") if a.good else _("MISSED")
            table.add_row(a.case, a.what, a.by, _short(a.expected), _short(a.got), errors, said)
        out.print(table)
        missed = sum(not a.good for a in found)
        out.print(
            _(
                "{n} answers, {missed} missed; {samples} samples.",
                n=len(found),
                missed=missed,
                samples=samples,
            )
        )
    return 0 if all(a.good for a in found) else FAILED


def _module(name: str) -> ModuleType:
    """Return a module of the bench, which belongs to the source tree."""
    if not (places.root() / "bench").is_dir() or places.is_packed():
        raise WrongUse(_("The bench is part of the source tree, and this is an installed program."))
    if str(places.root()) not in sys.path:
        sys.path.insert(0, str(places.root()))
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as absent:
        text = _("The bench needs the package {name}; make test installs it.", name=absent.name or name)
        raise WrongUse(text) from None


def _short(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    text = str(value)
    return text if len(text) <= 34 else text[:33] + "…"


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for place, column in enumerate(columns):
        table.add_column(column, justify="left" if place == 0 else "right", overflow="fold")
    return table


def _show(facts: dict[str, Any], out: Console) -> None:
    shape = facts["shape"]
    out.print(
        _(
            "{elements} elements, {needs} needs, {supplies} supplies, {days} days, {pieces} levels each.",
            elements=shape["elements"],
            needs=shape["needs"],
            supplies=shape["supplies"],
            days=facts["days"],
            pieces=facts["pieces_per_element"],
        )
    )
    for name in facts["not_installed"]:
        out.print(_("{name} is not installed, so it does not take part.", name=name))
    out.print(_race(_("All rules, levels throughout, one core"), facts["full"]))
    out.print(_race(_("On or off, one core"), facts["plain"]))
    out.print(_others(facts))


def _race(title: str, found: dict[str, Any]) -> Table:
    table = _table(title, _("Who"), _("Replications per second"), _("Ratio"), _("Goal"), _("Same answers"))
    for place, row in enumerate(found["rows"]):
        ratio = "" if row["ratio"] is None else f"{row['ratio']:,.2f} ×"
        goal = f"{found['goal']} ×" if place == 0 else ""
        same = "" if place == 0 else _("yes") if row["same_answers"] else _("NO")
        table.add_row(row["name"], f"{row['per_second']:,.2f}", ratio, goal, same)
    return table


def _others(facts: dict[str, Any]) -> Table:
    table = _table(_("Beside it"), _("What"), _("Measured"))
    threads = facts["threads"]
    table.add_row(_("Two threads over one"), f"{threads['ratio']:.2f} × ({threads['goal']} ×)")
    run = facts["run"]
    name = _("Whole run with pay days and statistics, replications per second")
    table.add_row(name, f"{run['per_second']:,.0f}")
    if facts.get("rerun"):
        table.add_row(_("Run after one edit over a run from the start"), f"{facts['rerun']['ratio']:.2f} ×")
    agency = facts["reference"]
    name = _("Reference agency, {n} replications, seconds", n=agency["replications"])
    table.add_row(name, f"{agency['seconds']:.2f}")
    table.add_row(_("First picture of it, seconds"), f"{agency['first_seconds']:.2f}")
    if facts["memory_mb"] is not None:
        table.add_row(_("Most memory, MB"), f"{facts['memory_mb']:,.0f}")
    return table
