"""All that one bench measures of one size, as plain facts."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.contenders import Contender, engine, missing, plain_numpy, plain_processes, reference
from bench.model import DAYS, SIZES, organisation
from bench.race import Timed, peak_memory, race, threads_ratio
from continuity.model.kinds import Function, Need, Scenario
from continuity.model.organisation import Organisation
from continuity.session import Session
from continuity.simulation.compile import compile_model
from continuity.simulation.compiled import Compiled
from continuity.simulation.events import Partial
from continuity.simulation.kept import Kept
from continuity.simulation.levels import levels_of_block
from continuity.simulation.request import RunRequest
from continuity.simulation.run import run

FORMAT = 1
SEED = 20270301
#: Replications in a block, and how many are given at most to those who do one at a time.
BLOCKS = {"S": 256, "M": 256, "L": 64}
ONE_BY_ONE = {"S": 64, "M": 8, "L": 2}
ROUNDS = {"S": 5, "M": 3, "L": 2}
#: What the ratios to SimPy should be.
GOALS = {"full": {"S": 200, "M": 250, "L": 400}, "plain": {"S": 300, "M": 400, "L": 600}}
NEVER_UNDER = 100
THREADS_GOAL = 1.8

Say = Callable[[str], None]


def measure(size: str, say: Say) -> dict[str, Any]:
    """Return the facts of one size; ``say`` hears what is measured next."""
    return measure_model(size, SIZES[size], say)


def measure_model(size: str, elements: int, say: Say) -> dict[str, Any]:
    """Return the facts of a model of about ``elements`` elements, raced as those of ``size`` are."""
    say("full")
    full = _compiled(organisation(elements))
    facts: dict[str, Any] = {
        "format": FORMAT,
        "size": size,
        "days": DAYS,
        "shape": _shape(full),
        "seed": SEED,
    }
    levels_of_block(full, 0, min(16, BLOCKS[size]))  # compiled
    facts["memory_before_mb"] = peak_memory()
    lines = levels_of_block(full, 0, BLOCKS[size])
    facts["pieces_per_element"] = round(len(lines.minutes) / lines.count / full.elements, 2)
    facts["disruptions_per_replication"] = round(len(lines.sample.rows) / lines.count, 1)
    facts["memory_mb"] = peak_memory()
    ours, absent = engine(full, BLOCKS[size]), []
    others: list[Contender] = []
    if missing("simpy"):
        absent.append("simpy")
    else:
        others.append(reference(full, lines, ONE_BY_ONE[size]))
    facts["full"] = _table(race([ours, *others], ROUNDS[size]), GOALS["full"][size])
    say("threads")
    facts["threads"] = {"ratio": threads_ratio(full, BLOCKS[size]), "goal": THREADS_GOAL}
    say("plain")
    facts["plain"] = _plain(size, elements, absent)
    facts["not_installed"] = sorted(set(absent))
    say("run")
    facts["run"] = _whole_run(organisation(elements), {"S": 2048, "M": 512, "L": 64}[size])
    say("rerun")
    facts["rerun"] = _rerun(organisation(elements), {"S": 2048, "M": 512, "L": 64}[size])
    say("reference")
    facts["reference"] = _reference_agency()
    return facts


def _plain(size: str, elements: int, absent: list[str]) -> dict[str, Any]:
    compiled = _compiled(organisation(elements, plain=True))
    lines = levels_of_block(compiled, 0, BLOCKS[size])
    contenders = [engine(compiled, BLOCKS[size])]
    for package, most in (("simpy", ONE_BY_ONE[size]), ("salabim", 2 if size == "S" else 1)):
        if missing(package):
            absent.append(package)
        elif package == "simpy" or size != "L":  # salabim would take minutes for one replication
            contenders.append(plain_processes(package, compiled, lines, most))
    contenders.append(plain_numpy(compiled, lines))
    return _table(race(contenders, ROUNDS[size]), GOALS["plain"][size])


def _compiled(made: Organisation) -> Compiled:
    return compile_model(made, made.all(Scenario)[0].id, seed=SEED)


def _shape(compiled: Compiled) -> dict[str, int]:
    graph, hazards = compiled.graph, compiled.hazards
    tables = {
        "elements": graph.elements, "needs": graph.needs, "supplies": graph.feeds,
        "standbys": graph.standbys, "cycles": graph.cycles, "events": hazards.events,
        "failing": hazards.failures,
    }  # fmt: skip
    return {name: len(table) for name, table in tables.items()}


def _table(timed: list[Timed], goal: int) -> dict[str, Any]:
    rates = {one.name: one.per_second for one in timed}
    baseline = rates.get("SimPy")
    rows = [
        {
            "name": one.name,
            "per_second": one.per_second,
            "ratio": one.per_second / baseline if baseline else None,
            "replications": one.replications,
            "same_answers": one.same,
        }
        for one in timed
    ]
    return {"goal": goal, "rows": rows}


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _whole_run(made: Organisation, replications: int) -> dict[str, Any]:
    """Time a run as the window does it: levels, pay days, statistics, causes, on all processors."""
    request = RunRequest(made.all(Scenario)[0].id, replications=replications, seed=SEED)
    first, took = _seconds(lambda: run(made, request)), _seconds(lambda: run(made, request))
    return {
        "replications": replications,
        "seconds": took,
        "seconds_first": first,
        "per_second": replications / took,
    }


def _rerun(made: Organisation, replications: int) -> dict[str, Any]:
    """Time a run after the buffer of one function's need was changed, with and without what was kept."""
    request = RunRequest(made.all(Scenario)[0].id, replications=replications, seed=SEED)
    kept = Kept()
    run(made, request, kept=kept)
    last = made.all(Function)[-1].id
    need = next(n for n in made.all(Need) if n.dependent == last)
    edited = Organisation(
        made.document, [replace(r, autonomy=r.autonomy + 60) if r is need else r for r in made]
    )
    anew, again = (_seconds(lambda store=store: run(edited, request, kept=store)) for store in (None, kept))
    return {"replications": replications, "seconds_anew": anew, "seconds": again, "ratio": anew / again}


def _reference_agency(replications: int = 10_000) -> dict[str, Any]:
    """Time a run of the reference agency's war over 90 days, and its first picture."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "agency.uthallig"
        Session.create(path, reference="reference", lang="en").close()
        with Session.open(path, read_only=True) as session:
            made = session.organisation
    scenario = made.find("scenario", "S04") or made.all(Scenario)[0]
    request = RunRequest(scenario.id, replications=replications, horizon_days=DAYS, seed=SEED)
    run(made, replace(request, replications=1))
    first: list[float] = []
    began = time.perf_counter()

    def hear(event: object) -> None:
        if isinstance(event, Partial) and not first:
            first.append(time.perf_counter() - began)

    run(made, request, report=hear)
    took = time.perf_counter() - began
    return {
        "scenario": scenario.code,
        "replications": replications,
        "seconds": took,
        "first_seconds": first[0] if first else took,
    }
