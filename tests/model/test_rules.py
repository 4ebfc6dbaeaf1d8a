"""Each rule finds what it is for, and keeps silent otherwise."""

import datetime as dt
from dataclasses import replace

import pytest

from continuity import messages
from continuity.model.edits import Add, Group
from continuity.model.ids import new_id
from continuity.model.kinds import (
    Agency,
    Contact,
    Delegation,
    Fallback,
    Function,
    Need,
    Procedure,
    Resource,
    Role,
    Scenario,
    StaffGroup,
    Stage,
    Stream,
    Supply,
)
from continuity.model.organisation import Organisation
from continuity.model.rules import RULES, check
from continuity.model.values import PayDay

VICE = Role(id=new_id(), code="O2", name="Deputy head")
ROLE = Role(id=new_id(), code="O1", name="Head", deputies=(VICE.id,))
DESK = Contact(id=new_id(), code="K1", name="Desk", role=ROLE.id)
VICE_DESK = Contact(id=new_id(), code="K2", name="Other desk", role=VICE.id)
HALL = Resource(id=new_id(), code="R1", name="Hall")
PAY = Function(id=new_id(), code="F1", name="Pay", owner=ROLE.id, deputy=ROLE.id, mtpd=600, rto=60)
NEED = Need(id=new_id(), code="N1", dependent=PAY.id, name="Hall")
SUPPLY = Supply(id=new_id(), code="N1/1", need=NEED.id, element=HALL.id)
AGENCY = Agency(
    id=new_id(), code="A", name="Agency", priority_decided_by="DG", priority_decided_on=dt.date(2026, 1, 1)
)
EXECUTE = Fallback(id=new_id(), code="L1", name="Execute", legal_basis="SFB 112:5", decider=ROLE.id)
STREAM = Stream(id=new_id(), code="B1", name="Allowance", pay_days=(PayDay(day=20),))


def found(*records) -> set[str]:
    organisation = Organisation(new_id())
    known = {record.id: record for record in ((VICE, *records) if ROLE in records else records)}
    organisation.apply(Group("add", tuple(Add(record) for record in known.values())))
    return {problem.code for problem in check(organisation)}


def test_that_a_sound_model_has_no_problems() -> None:
    stand_in = replace(VICE, deputies=(ROLE.id,))
    assert found(AGENCY, stand_in, ROLE, DESK, VICE_DESK, HALL, PAY, NEED, SUPPLY) == set()


@pytest.mark.parametrize(
    ("records", "code"),
    [
        ((), "no-agency"),
        ((replace(AGENCY, priority_decided_by=""),), "priority-not-decided"),
        ((ROLE, replace(PAY, owner=None)), "no-owner"),
        ((ROLE, replace(PAY, deputy=None)), "no-deputy"),
        ((ROLE, replace(PAY, mtpd=None)), "no-mtpd"),
        ((ROLE, replace(PAY, wrt=541)), "rto-over-mtpd"),
        ((ROLE, replace(PAY, achievable_rto=61)), "needed-under-achievable"),
        ((ROLE, PAY), "needs-nothing"),
        ((HALL,), "orphan"),
        ((ROLE, PAY, NEED), "need-without-supply"),
        ((ROLE, HALL, PAY, replace(NEED, rule="k_of_n", k=2), SUPPLY), "k-over-n"),
        ((ROLE, HALL, replace(PAY, vital=True), NEED, SUPPLY), "single-supplier"),
        ((StaffGroup(id=new_id(), code="P1", name="x", headcount=2, minimum_crew=3),), "crew-over-headcount"),
        ((StaffGroup(id=new_id(), code="P1", name="x", headcount=2, placed_here=1),), "placement-sum"),
        ((replace(STREAM, pay_days=()),), "no-pay-days"),
        ((replace(STREAM, pay_days=(PayDay(day=20, share=400),)),), "shares-not-whole"),
        ((STREAM,), "no-stages"),
        ((STREAM,), "no-fallback"),
        ((replace(STREAM, own=False),), "no-owner-agency"),
        ((ROLE, EXECUTE, replace(STREAM, fallbacks=(EXECUTE.id,))), "fallback-not-legal"),
        ((ROLE, EXECUTE), "no-verified-copy"),
        ((ROLE, replace(EXECUTE, legal_basis="")), "no-legal-basis"),
        ((replace(EXECUTE, decider=None),), "no-decider"),
        ((ROLE, replace(EXECUTE, kind="certificate")), "certificate-in-peace"),
        (
            (ROLE, replace(STREAM, entitlement="CLAIM"), replace(EXECUTE, streams=(STREAM.id,))),
            "repeat-without-law",
        ),
        ((Scenario(id=new_id(), code="X1", name="x"),), "no-start"),
        ((Scenario(id=new_id(), code="X1", name="x"),), "no-events"),
        ((Procedure(id=new_id(), code="H1", name="x"),), "no-steps"),
        ((Procedure(id=new_id(), code="H1", name="x"),), "nobody-leads"),
        ((Role(id=new_id(), code="O9", name="Bank", team="external"),), "no-contact"),
        ((replace(ROLE, deputies=()), PAY), "role-without-deputy"),
        ((ROLE, PAY), "role-without-contact"),
        ((ROLE, replace(EXECUTE, kind="certificate")), "no-counter"),
        ((HALL, replace(HALL, id=new_id(), code="R2", name="hall ")), "same-name"),
        ((Delegation(id=new_id(), code="DG1", name="x", trigger="t", limits="l"),), "delegation-open"),
    ],
)
def test_that_a_rule_finds_what_it_is_for(records: tuple, code: str) -> None:
    assert code in found(*records)


def test_that_a_short_buffer_before_a_standby_is_found() -> None:
    spare = Supply(id=new_id(), code="N1/2", need=NEED.id, element=HALL.id, standby=True, activation_delay=10)
    assert "buffer-under-activation" in found(ROLE, HALL, PAY, NEED, SUPPLY, spare)
    assert "buffer-under-activation" not in found(ROLE, HALL, PAY, replace(NEED, autonomy=10), SUPPLY, spare)


def test_that_stages_may_not_take_the_file_backwards() -> None:
    def stage(place: int, reaches: str) -> Stage:
        return Stage(
            id=new_id(),
            code=f"T{place}",
            name="s",
            stream=STREAM.id,
            position=place,
            element=HALL.id,
            reaches=reaches,
        )

    wrong = found(HALL, STREAM, stage(0, "sent"), stage(1, "made"))
    assert {"states-out-of-order", "not-to-the-payee"} <= wrong
    right = found(HALL, STREAM, stage(0, "made"), stage(1, "none"), stage(2, "usable"))
    assert not {"states-out-of-order", "not-to-the-payee"} & right


def test_that_every_problem_of_the_rules_has_its_sentence() -> None:
    import inspect
    import re

    source = "".join(inspect.getsource(inspect.getmodule(rule)) for rule in RULES)
    codes = set(re.findall(r'said\(\s*"([a-z-]+)"', source)) | set(
        re.findall(r'Problem\("([a-z-]+)"', source)
    )
    assert len(codes) > 25
    assert codes <= messages.SENTENCES.keys()
