"""Timelines of an earlier run are used again after an edit, and the levels are those of a fresh run."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from continuity.model.edits import Add, Group, amend
from continuity.model.ids import new_id
from continuity.model.kinds import Element, Event, Need, Resource, Scenario, StaffGroup, Supply
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.model.values import Crew
from continuity.simulation.compile import compile_organisation
from continuity.simulation.compiled import Compiled, Graph, State
from continuity.simulation.kept import Kept
from continuity.simulation.levels import levels_of_block
from continuity.simulation.reuse import Reusing, is_known_form, rows_of_old, shape_of
from continuity.simulation.timelines import Timelines
from tests.builders import fixed
from tests.engine.small_models import Maker

COUNT = 16


def compiled_of(organisation: Organisation, maker: Maker) -> Compiled:
    """Return the compiled form over the maker's short horizon."""
    scenario = maker.b.scenario_id()
    compiled = compile_organisation(organisation, scenario, seed=3, rest=False)
    return replace(
        compiled,
        graph=compiled.graph._replace(horizon=maker.horizon),
        hazards=compiled.hazards._replace(horizon=maker.horizon),
    )


def edited(organisation: Organisation, chance: random.Random) -> None:
    """Make one edit of some kind."""

    def one(kind):
        found = organisation.all(kind)
        return chance.choice(found) if found else None

    need, supply, element, event = one(Need), one(Supply), one(Element), one(Event)
    group, resource = one(StaffGroup), one(Resource)
    edits = [Add(Resource(id=new_id(), code="NEW", name="New"))]
    if need:
        edits += [amend(need, autonomy=chance.randint(0, 90)), amend(need, restart_lag=chance.randint(0, 30))]
        edits += [amend(need, floor=chance.randint(0, 1000)), amend(need, priority=chance.randint(0, 5))]
        edits.append(organisation.removal([need.id]))
    if supply:
        edits += [
            amend(supply, capacity=chance.randint(1, 900)),
            amend(supply, endurance=chance.randint(0, 90)),
        ]
        edits.append(amend(supply, activation_delay=chance.randint(0, 20)))
    if event:
        edits += [
            amend(event, depth=chance.randint(0, 999)),
            amend(event, duration=fixed(chance.randint(1, 99))),
        ]
        edits.append(amend(event, offset=chance.randint(0, 200)))
    if group:
        edits.append(amend(group, headcount=group.headcount + chance.randint(1, 5)))
    if resource:
        edits += [amend(resource, mttf=chance.randint(20, 400), repair=fixed(chance.randint(1, 50)))]
        edits.append(amend(resource, crew_priority=chance.randint(0, 9), crew_kind="el"))
        edits.append(amend(organisation.all(Scenario)[0], crews=(Crew(kind="el", crews=1),)))
    if element:
        edits.append(amend(element, in_use=False))
    organisation.apply(chance.choice(edits))


def same(one: Timelines, other: Timelines) -> bool:
    """Tell whether all levels are the same integers."""
    return all(
        np.array_equal(getattr(one, part), getattr(other, part)) for part in ("minutes", "levels", "offsets")
    )


@settings(max_examples=400)
@given(seed=st.integers(0, 2**32), size=st.integers(2, 12), edits=st.integers(1, 3))
def test_that_levels_after_an_edit_are_those_of_a_fresh_run(seed: int, size: int, edits: int) -> None:
    maker = Maker(seed, size)
    maker.model()
    organisation, kept, chance = maker.b.build(), Kept(), random.Random(seed)
    Reusing(compiled_of(organisation, maker), kept, "first").block(0, COUNT)
    Reusing(compiled_of(organisation, maker), kept, "first").block(COUNT, COUNT)
    for number in range(edits):
        try:
            edited(organisation, chance)
            compiled = compiled_of(organisation, maker)
        except Refused:
            return  # no model
        reusing = Reusing(compiled, kept, str(number))
        for first in (0, COUNT):
            assert same(reusing.block(first, COUNT), levels_of_block(compiled, first, COUNT))


def chain() -> Maker:
    """A → B → C and X → Y, with events on A and X."""
    maker = Maker(1, 5)
    maker.horizon = 1440
    for code in "ABCXY":
        maker.b.resource(code)
    for dependent, supplier in (("B", "A"), ("C", "B"), ("Y", "X")):
        maker.b.need(dependent, supplier, autonomy=10)
    maker.b.scenario("X1")
    maker.b.event("X1", elements=["A", "X"], offset=60, duration=fixed(300))
    return maker


def hit(maker: Maker, before: Organisation, after: Organisation) -> set[str]:
    """Return the codes of the elements that are propagated again."""
    kept = Kept()
    Reusing(compiled_of(before, maker), kept, "").block(COUNT, COUNT)
    compiled = compiled_of(after, maker)
    (entry,) = kept._entries.values()
    lines = levels_of_block(compiled, COUNT, COUNT)
    _, found = rows_of_old(entry.value, shape_of(compiled), lines.own)
    names = {e.id: e.code for e in after.elements}
    return {names[id_] for id_, yes in zip(compiled.element_ids, found, strict=True) if yes}


@pytest.mark.parametrize(("need", "touched"), [("B", {"B", "C"}), ("C", {"C"}), ("Y", {"Y"})])
def test_that_only_what_lies_downstream_of_an_edit_is_propagated_again(need, touched):
    maker = chain()
    before, after = maker.b.build(), maker.b.build()
    record = next(n for n in after.all(Need) if after.get(n.dependent).code == need)
    after.apply(amend(record, autonomy=99))
    assert hit(maker, before, after) == touched


def test_that_nothing_is_propagated_again_where_only_names_change():
    maker = chain()
    before, after = maker.b.build(), maker.b.build()
    after.apply(Group("names", tuple(amend(e, name=f"{e.name} again") for e in after.elements)))
    assert hit(maker, before, after) == set()


def test_that_the_compiled_form_is_the_one_that_reuse_knows():
    assert is_known_form(), "new tables decide levels: teach continuity.simulation.reuse about them"
    assert Graph._fields[0] == "horizon"
    assert "running" in State._fields


def test_that_the_store_keeps_to_its_budget_and_a_run_does_not_push_out_its_own():
    kept = Kept(budget=100)
    assert kept.put("a", 1, 40, "one")
    assert kept.put("b", 2, 40, "one")
    assert not kept.put("c", 3, 40, "one")
    assert kept.get("a") == 1
    assert kept.put("d", 4, 40, "two")  # b was used longest ago
    assert (kept.get("a"), kept.get("b"), kept.get("d")) == (1, None, 4)
    assert not kept.put("e", 5, 101, "three")
    assert kept.used == 80
    kept.clear()
    assert (kept.used, kept.get("a")) == (0, None)
