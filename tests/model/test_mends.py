"""One-click mends: each takes its problem away, as one edit that can be undone; and what was accepted."""

import datetime as dt
from dataclasses import replace

import pytest

from continuity import messages
from continuity.exchange.library import load_reference
from continuity.messages.mends import ACTIONS, action
from continuity.model.edits import Add, Group
from continuity.model.ids import new_id
from continuity.model.kinds import (
    Contact,
    Cycle,
    Event,
    Fallback,
    Function,
    Gap,
    Need,
    Plan,
    Procedure,
    Resource,
    Role,
    Scenario,
    StaffGroup,
    Stage,
    Stream,
    Supply,
    Waiver,
)
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.model.rules import Reason, acceptance, check, checked, mend_of, mendable
from continuity.model.values import PayDay

TODAY = dt.date(2027, 1, 25)
LONG_AGO = dt.date(2025, 1, 1)
DEPUTY = Role(id=new_id(), code="O2", name="Vice")
HEAD = Role(id=new_id(), code="O1", name="Head", deputies=(DEPUTY.id,))
HALL = Resource(id=new_id(), code="R1", name="Hall")
GRID = Resource(id=new_id(), code="R2", name="Grid")
PAY = Function(id=new_id(), code="F1", name="Pay", unit="Money", owner=HEAD.id, deputy=DEPUTY.id, mtpd=600)
NEED = Need(id=new_id(), code="N1", dependent=PAY.id, name="Hall")
SUPPLY = Supply(id=new_id(), code="N1/1", need=NEED.id, element=HALL.id)
STREAM = Stream(id=new_id(), code="B1", name="Allowance", pay_days=(PayDay(day=20),))
EXECUTE = Fallback(id=new_id(), code="L1", name="Execute", legal_basis="SFB 112:5", decider=HEAD.id)
#: Mends whose words say what is still to be done: a procedure to write, a cycle, a fallback to find.
LEAVE_MORE = ("add-procedure", "add-cycle", "drop-fallbacks")
SCENARIO = Scenario(id=new_id(), code="X", name="X", horizon_days=3)


def supply(need, element, code, **fields):
    return Supply(id=new_id(), code=code, need=need.id, element=element.id, **fields)


def cycle_of_two():
    there = Need(id=new_id(), code="N8", dependent=HALL.id, name="a")
    back = Need(id=new_id(), code="N9", dependent=GRID.id, name="b")
    return HALL, GRID, there, back, supply(there, GRID, "N8/1"), supply(back, HALL, "N9/1")


CASES = [
    ("no-owner", (HEAD, PAY, replace(PAY, id=new_id(), code="F2", owner=None))),
    ("no-deputy", (HEAD, replace(PAY, deputy=None))),
    ("rto-over-mtpd", (HEAD, replace(PAY, rto=600, wrt=60))),
    ("never-reviewed", (HEAD, PAY)),
    ("stale-review", (HEAD, replace(PAY, last_review=LONG_AGO))),
    ("orphan", (HALL,)),
    ("k-over-n", (HEAD, HALL, PAY, replace(NEED, rule="k_of_n", k=2), SUPPLY)),
    ("placement-sum", (StaffGroup(id=new_id(), code="P1", name="x", headcount=5, placed_here=2),)),
    ("cycle-missing", cycle_of_two()),
    ("cycle-wrong", (*cycle_of_two(), PAY, Cycle(id=new_id(), code="C1", name="c",
                                                     members=(HALL.id, PAY.id)))),
    ("shares-not-whole", (replace(STREAM, pay_days=(PayDay(day=1, share=1), PayDay(day=2, share=2))),)),
    ("not-to-the-payee", (HALL, STREAM, Stage(id=new_id(), code="T1", name="s", stream=STREAM.id,
                                              element=HALL.id, reaches="sent"))),
    ("fallback-not-legal", (HEAD, EXECUTE, replace(STREAM, fallbacks=(EXECUTE.id,)))),
    ("certificate-in-peace", (HEAD, replace(EXECUTE, kind="certificate"))),
    ("repeat-without-law", (HEAD, replace(STREAM, entitlement="CLAIM"),
                            replace(EXECUTE, streams=(STREAM.id,)))),
    ("event-after-horizon", (SCENARIO,
                             Event(id=new_id(), code="E", name="e", scenario=SCENARIO.id, offset=9999))),
    ("contact-untested", (Contact(id=new_id(), code="K1", name="Desk"),)),
    ("contact-test-old", (Contact(id=new_id(), code="K1", name="Desk", tested=LONG_AGO),)),
    ("procedure-untested", (Procedure(id=new_id(), code="H1", name="h"),)),
    ("procedure-test-old", (Procedure(id=new_id(), code="H1", name="h", last_tested=LONG_AGO),)),
]  # fmt: skip


def organisation_of(records):
    known = {record.id: record for record in (HEAD, DEPUTY, *records)}
    organisation = Organisation(new_id())
    organisation.apply(Group("add", tuple(Add(record) for record in known.values())))
    return organisation


def codes(organisation):
    return {problem.code for problem in check(organisation, TODAY)}


@pytest.mark.parametrize(("code", "records"), CASES, ids=[code for code, _ in CASES])
def test_that_a_mend_takes_its_problem_away_and_can_be_undone(code, records):
    organisation = organisation_of(records)
    before = organisation.copy()
    problem = next(p for p in check(organisation, TODAY) if p.code == code)
    mend = mend_of(problem, organisation, TODAY)
    assert mend is not None
    assert "{" not in action(mend)
    found = {told(p) for p in check(organisation, TODAY)}
    organisation.apply(mend.edit)
    assert code not in {p.code for p in check(organisation, TODAY) if p.id == problem.id}
    new = {told(p) for p in check(organisation, TODAY)} - found
    assert not new or mend.code in LEAVE_MORE, new
    organisation.apply(mend.edit.inverse)
    assert organisation == before


@pytest.mark.parametrize("code", ["needed-under-achievable", "single-supplier", "no-fallback"])
def test_that_what_needs_thought_can_be_made_a_gap_once(code):
    slow = replace(PAY, rto=60, achievable_rto=120, vital=True)
    organisation = organisation_of((slow, HALL, NEED, SUPPLY, replace(STREAM, function=PAY.id)))
    problem = next(p for p in check(organisation, TODAY) if p.code == code)
    mend = mend_of(problem, organisation, TODAY)
    before = {told(p) for p in checked(organisation, TODAY).open}
    gap = next(r for r in organisation.apply(mend.edit).added if isinstance(r, Gap))
    assert gap.about == problem.id
    assert (gap.owner, gap.due) == (HEAD.id, TODAY + dt.timedelta(days=90))
    assert {told(p) for p in checked(organisation, TODAY).open} <= before - {told(problem)}
    assert mend_of(problem, organisation, TODAY) is None


def told(problem):
    return problem.code, problem.id, problem.field


def test_that_a_gap_that_nobody_would_own_is_not_offered():
    organisation = organisation_of((replace(PAY, owner=None, rto=60, achievable_rto=120, vital=True),))
    problem = next(p for p in check(organisation, TODAY) if p.code == "needed-under-achievable")
    assert mend_of(problem, organisation, TODAY) is None


def test_that_no_mend_of_the_reference_agency_makes_a_problem_that_it_does_not_tell_of():
    reference = load_reference("sv")
    before = {told(p) for p in checked(reference, TODAY).open}
    for problem in checked(reference, TODAY).open:
        mend = mend_of(problem, reference, TODAY)
        if mend is None:
            continue
        trial = reference.copy()
        trial.apply(mend.edit)
        after = {told(p) for p in checked(trial, TODAY).open}
        assert told(problem) not in after, problem
        assert mend.code in LEAVE_MORE or after <= before, (problem, after - before)


def test_that_a_mend_asks_for_nothing_it_does_not_know():
    organisation = organisation_of((HEAD, replace(PAY, unit="", owner=None, deputy=None)))
    for problem in check(organisation, TODAY):
        if problem.code in ("no-owner", "no-deputy"):
            assert mend_of(problem, organisation, TODAY) is None
    assert mend_of(Problem("no-agency", "warning"), organisation, TODAY) is None


def test_that_each_mend_has_its_sentence_and_each_problem_with_a_mend_its_own():
    assert mendable() <= messages.SENTENCES.keys()
    import inspect
    import re

    from continuity.model.rules import mends

    source = inspect.getsource(mends)
    used = set(re.findall(r'(?:case\.set|Mend)\(\s*"([a-z-]+)"', source))
    assert used == ACTIONS.keys()


# --- what grows old ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        ({"valid_until": dt.date(2027, 1, 24)}, "plan-expired"),
        ({"valid_until": dt.date(2027, 3, 1)}, "plan-expires"),
        ({}, "plan-not-approved"),
    ],
)
def test_that_plans_run_out(plan, code):
    assert code in codes(organisation_of((Plan(id=new_id(), code="Z1", name="z", **plan),)))


def test_that_nothing_is_old_without_a_day():
    organisation = organisation_of((HEAD, replace(PAY, last_review=LONG_AGO)))
    assert "stale-review" not in {problem.code for problem in check(organisation)}


# --- accepted with a reason --------------------------------------------------------------------


def accepted(organisation, code, **why):
    found = [p for p in check(organisation, TODAY) if p.code == code]
    told = [(problem, messages.sentence(problem)) for problem in found]
    organisation.apply(acceptance(told, Reason("Känt sedan länge", **why), organisation))
    return checked(organisation, TODAY)


def test_that_an_accepted_problem_is_told_apart_with_its_reason():
    result = accepted(organisation_of((HEAD, PAY)), "never-reviewed", by="Eva")
    assert "never-reviewed" not in {problem.code for problem in result.open}
    [(problem, waiver)] = result.accepted
    assert (problem.code, waiver.reason, waiver.by) == ("never-reviewed", "Känt sedan länge", "Eva")
    assert "F1 Pay" in waiver.name


def test_that_an_acceptance_runs_out():
    result = accepted(organisation_of((HEAD, PAY)), "never-reviewed", until=dt.date(2027, 1, 24))
    assert "never-reviewed" in {problem.code for problem in result.open}


def test_that_errors_cannot_be_accepted():
    result = accepted(organisation_of((HEAD, replace(PAY, rto=600, wrt=60))), "rto-over-mtpd")
    assert "rto-over-mtpd" in {problem.code for problem in result.open}
    assert result.accepted == ()


def test_that_an_acceptance_goes_with_its_record():
    organisation = organisation_of((HEAD, PAY))
    accepted(organisation, "never-reviewed")
    organisation.apply(organisation.removal([PAY.id]))
    assert organisation.all(Waiver) == ()
