"""Edits, their inverses, and what the organisation refuses."""

import pytest

from continuity.model.edits import Add, Edit, Group, Remove, Replace, amend, is_empty
from continuity.model.ids import new_id
from continuity.model.kinds import Function, Need, Procedure, Resource, Role, Stream, Supply
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused


@pytest.fixture
def role() -> Role:
    return Role(id=new_id(), code="O1", name="Head of payments")


@pytest.fixture
def function(role: Role) -> Function:
    return Function(id=new_id(), code="F1", name="Pay", owner=role.id, mtpd=60)


@pytest.fixture
def chain(role: Role, function: Function) -> Group:
    hall = Resource(id=new_id(), code="R1", name="Data hall")
    need = Need(id=new_id(), code="N1", dependent=function.id, name="Power")
    supply = Supply(id=new_id(), code="N1/1", need=need.id, element=hall.id)
    return Group("add", (Add(role), Add(function), Add(hall), Add(need), Add(supply)))


@pytest.fixture
def organisation(chain: Group) -> Organisation:
    made = Organisation(new_id())
    made.apply(chain)
    return made


def codes(problems: tuple) -> list[str]:
    return [problem.code for problem in problems]


def test_that_the_inverse_of_an_edit_brings_everything_back(
    organisation: Organisation, function: Function
) -> None:
    before = organisation.copy()
    for edit in (
        amend(function, name="Pay all", mtpd=None),
        organisation.removal([function.id]),
        Add(Role(id=new_id(), code="O2", name="Deputy")),
    ):
        organisation.apply(edit)
        assert organisation != before
        organisation.apply(edit.inverse)
        assert organisation == before


def test_that_a_field_called_kind_is_checked_like_any_other(organisation: Organisation) -> None:
    with pytest.raises(Refused) as refused:
        organisation.apply(Add(Procedure(id=new_id(), code="H1", name="Call", kind="nonsense")))
    assert codes(refused.value.problems) == ["unknown-choice"]


def test_that_removing_an_element_takes_its_needs_and_supplies_along(
    organisation: Organisation, function: Function
) -> None:
    changes = organisation.apply(organisation.removal([function.id]))
    assert {type(record) for record in changes.removed} == {Function, Need, Supply}
    assert [type(r) for r in organisation] == [Role, Resource]


def test_that_removing_a_role_clears_the_fields_that_name_it(
    organisation: Organisation, role: Role, function: Function
) -> None:
    changes = organisation.apply(organisation.removal([role.id]))
    assert organisation.of(Function, function.id).owner is None
    assert [r.id for r in changes.replaced] == [function.id]


def test_that_removing_a_supplier_keeps_the_need(organisation: Organisation) -> None:
    hall = organisation.find("resource", "R1")
    organisation.apply(organisation.removal([hall.id]))
    assert organisation.count("need") == 1
    assert organisation.count("supply") == 0


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda f: amend(f, owner=new_id()), "dangling"),
        (lambda f: amend(f, owner=f.id), "dangling"),
        (lambda f: amend(f, mtpd=-1), "out-of-bounds"),
        (lambda f: amend(f, mbco=1001), "out-of-bounds"),
        (lambda f: amend(f, name="  "), "empty"),
        (lambda f: amend(f, priority=None), "wrong-type"),
        (lambda f: Replace("function", f.id, {"name": ("another", "x")}), "changed-meanwhile"),
        (lambda f: Replace("function", new_id(), {"name": ("a", "b")}), "no-such-record"),
        (Add, "duplicate-id"),
        (lambda f: Add(Function(id=new_id(), code=f.code, name="Twin")), "duplicate-code"),
        (Remove, "dangling"),
    ],
)
def test_that_what_breaks_the_model_is_refused_and_changes_nothing(
    organisation: Organisation, function: Function, make, code: str
) -> None:
    before = organisation.copy()
    edit: Edit = make(function)
    with pytest.raises(Refused) as refused:
        organisation.apply(Group("try", (Add(Role(id=new_id(), code="O9", name="x")), edit)))
    assert code in codes(refused.value.problems)
    assert organisation == before
    assert organisation.referrers(function.id) == before.referrers(function.id)


def test_that_all_faults_of_a_group_are_named_at_once(organisation: Organisation, function: Function) -> None:
    wrong = Group("try", (amend(function, mtpd=-1), Add(Stream(id=new_id(), code="B1", name=""))))
    with pytest.raises(Refused) as refused:
        organisation.apply(wrong)
    assert sorted(codes(refused.value.problems)) == ["empty", "out-of-bounds"]


def test_that_changes_name_what_changed_and_who_asked(organisation: Organisation, function: Function) -> None:
    changes = organisation.apply(amend(function, name="Pay all"), origin="map")
    assert (changes.origin, changes.fields) == ("map", frozenset({"name"}))
    assert [r.name for r in changes.replaced] == ["Pay all"]
    assert changes.touches("function")
    assert not changes.touches("role", "need")


def test_that_an_amendment_without_change_is_empty(function: Function) -> None:
    assert is_empty(amend(function, name=function.name))
    assert not is_empty(amend(function, name="Other"))


def test_that_a_copy_is_independent(organisation: Organisation, function: Function) -> None:
    twin = organisation.copy()
    twin.apply(twin.removal([function.id]))
    assert function.id in organisation
    assert organisation.referrers(function.owner)
    assert not twin.referrers(function.owner)


def test_that_codes_sort_as_people_count() -> None:
    organisation = Organisation(new_id())
    for code in ("R10", "R2", "R1"):
        organisation.apply(Add(Resource(id=new_id(), code=code, name=code)))
    assert [r.code for r in organisation.all(Resource)] == ["R1", "R2", "R10"]


def test_that_a_record_is_found_by_code_and_unique_name_only(organisation: Organisation) -> None:
    assert organisation.find("resource", "data HALL").code == "R1"
    organisation.apply(Add(Resource(id=new_id(), code="R2", name="Data hall")))
    assert organisation.find("resource", "Data hall") is None
    assert organisation.find("resource", "R2").code == "R2"
