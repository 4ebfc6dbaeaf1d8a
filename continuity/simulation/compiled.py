"""The compiled form: what every engine reads. Arrays only, no records, names or positions.

Elements stand in topological order of the condensation, ties by id, the members of a cycle together:
an element's suppliers come before it, or in its own cycle. Needs follow their dependents. Minutes are
counted from minute 0; levels are permille; a stock or buffer is kept in permille × minutes. ``BLANK``
(-1) stands for a blank field or no such thing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Rises whenever any result may change.
ENGINE_VERSION: Final = 1
#: Replications in one unit of work; never a unit of random numbers.
BLOCK: Final = 256
FULL: Final = 1000
BLANK: Final = -1
#: "Not running": the minute at which an activation that does not run began.
IDLE: Final = 2**31 - 1
#: Minutes that stand for "for ever"; drawn durations are cut here (about 1,900 years).
FOREVER: Final = 1_000_000_000
#: More than any claim on a pool.
NO_LIMIT: Final = 2**62

FUNCTION, RESOURCE, STAFF = 0, 1, 2
RULE_ALL, RULE_K_OF_N, RULE_SHARE = 0, 1, 2
OUTAGE, FAILURE, STAFF_LOSS = 0, 1, 2

Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]
Floats = NDArray[np.float64]


class Graph(NamedTuple):
    """Elements (E), needs (N), feeds, standbys (S) and cycles (C) as arrays; all int64.

    The feeds of need n are ``feed_start[n] … feed_start[n + 1]``: first ``primary_count[n]`` ordinary
    suppliers, then for each standby its element and its refiller (``BLANK``: none). A feed gives
    ``clamp(capacity × level − before, 0, claim)`` to a share; ``before`` is what needs served earlier
    take from the same pool, in thousandths of a person.
    """

    horizon: int
    # elements
    kind: Ints
    headcount: Ints
    minimum_crew: Ints
    endurance: Ints
    tired_below: Ints
    fatigue: Ints
    cycle: Ints  # of the element, or BLANK
    need_start: Ints  # E + 1
    # needs
    need_element: Ints
    rule: Ints
    k: Ints
    required: Ints
    autonomy: Ints  # minutes
    refill: Ints
    floor: Ints
    lag: Ints
    threshold: Ints
    inner: Ints  # 1: a supplier is a member of the dependent's cycle
    primary_count: Ints
    feed_start: Ints  # N + 1
    standby_start: Ints  # N + 1
    # feeds
    feed_element: Ints
    feed_capacity: Ints
    feed_before: Ints
    feed_claim: Ints
    # standbys
    standby_capacity: Ints  # permille, or units in a share
    standby_delay: Ints
    standby_endurance: Ints
    standby_refill: Ints
    # cycles
    cycle_start: Ints  # first member
    cycle_end: Ints  # one past the last
    cycle_delay: Ints
    cycle_steady: Ints  # 1: every inner standby has threshold 1000, so levels follow supplies up and down
    cycle_need_start: Ints  # C + 1
    cycle_need: Ints  # inner needs by cycle


class Hazards(NamedTuple):
    """Events (V), their targets (T), background failures (B), laws, shapes and crews as arrays.

    Events stand so that the one named by ``after`` comes first. A law of ``BLANK`` in
    ``event_law`` means each target's own, ``target_law``.
    """

    horizon: int
    slot: Ints  # per element: place among the elements that can be hit, or BLANK
    slot_element: Ints
    # events
    event_type: Ints
    event_cause: Ints
    event_depth: Ints
    event_shape: Ints
    event_offset: Ints
    event_after: Ints
    event_after_end: Ints
    event_each: Ints
    event_law: Ints
    event_every: Ints
    event_times: Ints
    event_probability: Floats
    event_hit_probability: Floats
    event_key: Keys  # "does it happen"
    event_duration_key: Keys
    target_start: Ints  # V + 1
    target_element: Ints
    target_law: Ints
    target_hit_key: Keys
    target_duration_key: Keys
    # background failures
    failure_element: Ints
    failure_law: Ints
    failure_mean: Floats
    failure_key: Keys
    # laws
    law_kind: Ints
    law_a: Floats
    law_b: Floats
    law_c: Floats
    law_start: Ints  # of the outcomes of an empirical law
    outcome: Floats
    outcome_share: Floats  # cumulative, the last of a law is 1
    # shapes
    shape_start: Ints
    shape_part: Ints
    shape_regained: Ints
    # crews
    crew_kind: Ints  # per element, BLANK: needs none, or there is no end of them
    crew_priority: Ints
    crew_rank: Ints  # order of the elements' ids
    crew_count: Ints  # per kind
    causes: int  # number of different causes of staff loss


class State(NamedTuple):
    """Where everything stands at minute 0: an input of the compiled form; :func:`full_state` by default.

    A staircase says that a felt level is at most ``level`` before minute ``until``; its steps rise in
    both. Running disruptions began before minute 0 and are on top of what the scenario brings.
    """

    content: Ints  # N: buffer, permille × minutes
    stock: Ints  # S: endurance left, permille × minutes
    begun: Ints  # S: minute (≤ 0) at which a running activation began, IDLE otherwise
    lag_start: Ints  # N + 1: restart lags still running
    lag_until: Ints
    lag_level: Ints
    black_start: Ints  # E + 1: black starts still running, per member of a cycle
    black_until: Ints
    black_level: Ints
    tired: Ints  # E: 1 when the group is tired
    run_began: Ints  # E: minute (≤ 0) since which it is as few (or as many) as at minute -1
    few: Ints  # E: 1 when it was few at minute -1
    running_element: Ints  # running disruptions, sorted by element
    running_start: Ints  # ≤ 0
    running_begin: Ints  # when its repair began or begins
    running_duration: Ints
    running_depth: Ints
    running_shape: Ints
    running_kind: Ints
    running_cause: Ints


@dataclass(frozen=True, slots=True)
class Compiled:
    """An organisation and a scenario made ready to run. Pickles; shared by threads as it is."""

    graph: Graph
    hazards: Hazards
    state: State
    start: dt.datetime  # UTC instant of minute 0
    seed: int
    scenario: str  # id
    measures: tuple[str, ...]  # ids, sorted
    element_ids: tuple[str, ...]
    need_ids: tuple[str, ...]
    standby_ids: tuple[str, ...]  # ids of the standby supplies
    event_ids: tuple[str, ...]
    cycle_ids: tuple[str, ...]
    index: Mapping[str, int]  # element id → place
    need_index: Mapping[str, int]

    @property
    def horizon(self) -> int:
        """Minutes simulated."""
        return self.graph.horizon

    @property
    def elements(self) -> int:
        """How many elements there are."""
        return len(self.element_ids)


def full_state(graph: Graph) -> State:
    """Return the state in which every buffer is full and nothing runs."""
    elements, needs = len(graph.kind), len(graph.rule)
    standbys = len(graph.standby_delay)
    none = np.zeros(0, np.int64)
    return State(
        content=FULL * graph.autonomy,
        stock=FULL * np.maximum(graph.standby_endurance, 0),
        begun=np.full(standbys, IDLE, np.int64),
        lag_start=np.zeros(needs + 1, np.int64),
        lag_until=none,
        lag_level=none,
        black_start=np.zeros(elements + 1, np.int64),
        black_until=none,
        black_level=none,
        tired=np.zeros(elements, np.int64),
        run_began=np.full(elements, -FOREVER, np.int64),
        few=np.zeros(elements, np.int64),
        running_element=none,
        running_start=none,
        running_begin=none,
        running_duration=none,
        running_depth=none,
        running_shape=none,
        running_kind=none,
        running_cause=none,
    )


def fingerprint(compiled: Compiled, *more: object) -> str:
    """Return the SHA-256 of the compiled input: no names, codes, positions or contacts, and no seed.

    ``more`` is what else belongs to the input of a run (plain values or arrays).
    """
    digest = hashlib.sha256(f"uthallig {ENGINE_VERSION} {compiled.start.isoformat()}".encode())
    ids = (compiled.element_ids, compiled.need_ids, compiled.standby_ids, compiled.event_ids)
    digest.update(json.dumps([compiled.scenario, compiled.measures, *ids]).encode())
    for part in (compiled.graph, compiled.hazards, compiled.state):
        for name, value in part._asdict().items():
            if not name.endswith("_key"):  # keys follow from seed and ids
                _feed(digest, name, value)
    for place, value in enumerate(more):
        _feed(digest, f"more {place}", value)
    return digest.hexdigest()


def _feed(digest: Any, name: str, value: object) -> None:
    if isinstance(value, np.ndarray):
        digest.update(f"{name} {value.dtype.str} {value.shape}".encode())
        digest.update(np.ascontiguousarray(value).tobytes())
    else:
        digest.update(f"{name} {value!r}".encode())
