"""Who changed what, versions side by side, the old had back, versions signed off."""

import dataclasses

import pytest

from continuity.model.edits import Add, Group, amend
from continuity.model.ids import new_id
from continuity.model.kinds import Contact, Function, Need, Resource, Supply
from continuity.model.problems import Refused
from continuity.session import Session
from continuity.session_compare import with_parts

HALL = Resource(id=new_id(), code="R1", name="Hall")
PAY = Function(id=new_id(), code="F1", name="Pay", mtpd=600)
NEED = Need(id=new_id(), code="N1", dependent=PAY.id, name="Hall")
SUPPLY = Supply(id=new_id(), code="N1/1", need=NEED.id, element=HALL.id)
EVA = Contact(id=new_id(), code="K1", name="Eva", phone="0701")


@pytest.fixture
def session(tmp_path):
    with Session.create(tmp_path / "a.uthallig", author="anna") as made:
        made.edit(Group("add", tuple(Add(one) for one in (HALL, PAY, NEED, SUPPLY, EVA))))
        yield made


def told(changes):
    return {(c.action, c.code, tuple(f.name for f in c.fields)) for c in changes}


def test_that_a_step_says_what_it_changed_with_values(session):
    session.edit(amend(session.organisation.get(PAY.id), mtpd=300, note="kortare"))
    entry = session.history()[0]
    assert (entry.author, entry.records) == ("anna", frozenset({PAY.id}))
    [change] = session.changes_in((entry.id,))
    assert (change.action, change.code, change.name) == ("changed", "F1", "Pay")
    assert {(f.name, f.old, f.new) for f in change.fields} == {("mtpd", 600, 300), ("note", "", "kortare")}


def test_that_two_versions_are_compared_record_by_record(session):
    first = session.make_version("Första")
    session.edit(amend(session.organisation.get(PAY.id), mtpd=300))
    session.edit(session.organisation.removal([NEED.id]))
    session.edit(Add(dataclasses.replace(HALL, id=new_id(), code="R2")))
    second = session.make_version("Andra")
    expected = {
        ("changed", "F1", ("mtpd",)), ("removed", "N1", ()), ("removed", "N1/1", ()), ("added", "R2", ()),
    }  # fmt: skip
    assert told(session.compare(first, second)) == expected
    assert told(session.compare(first, None)) == expected
    assert session.compare(second, None) == ()


def test_that_one_field_is_put_back_and_the_others_stay(session):
    session.edit(amend(session.organisation.get(PAY.id), mtpd=300, note="x"))
    changes = session.changes_in((session.history()[0].id,))
    session.put_back(changes, {"mtpd"})
    assert (session.organisation.get(PAY.id).mtpd, session.organisation.get(PAY.id).note) == (600, "x")
    session.undo()
    assert session.organisation.get(PAY.id).mtpd == 300


def test_that_a_record_comes_back_with_its_parts_as_one_step(session):
    version = session.make_version("Första")
    session.edit(session.organisation.removal([NEED.id]))
    changes = session.compare(version, None)
    session.put_back(with_parts({NEED.id}, changes))
    assert session.organisation.get(SUPPLY.id) == SUPPLY
    session.undo()
    assert NEED.id not in session.organisation


def test_that_what_was_added_goes_when_it_is_put_back(session):
    session.edit(Add(dataclasses.replace(HALL, id=new_id(), code="R2")))
    session.put_back(session.changes_in((session.history()[0].id,)))
    assert session.organisation.count("resource") == 1


def test_that_personal_values_are_neither_told_nor_had_back(session):
    session.edit(amend(session.organisation.get(EVA.id), phone="0702"))
    [change] = session.changes_in((session.history()[0].id,))
    assert change.fields[0].is_hidden
    assert change.name == "Eva" or "070" not in change.name
    session.put_back([change])
    assert session.organisation.get(EVA.id).phone == "0702"


def test_that_putting_back_into_nothing_is_refused_in_words(session):
    session.edit(session.organisation.removal([NEED.id]))
    changes = session.changes_in((session.history()[0].id,))
    session.edit(session.organisation.removal([PAY.id]))
    with pytest.raises(Refused) as refused:
        session.put_back(changes)
    assert {problem.code for problem in refused.value.problems} == {"dangling"}


def test_that_a_version_is_signed_off_for_good_and_the_document_knows_when_it_moved_on(session, tmp_path):
    version = session.make_version("Beslutad")
    assert session.signed is None
    signed = session.sign_off(version, name="Anna Ek", role="Säkerhetschef", note="Dnr 12")
    assert len(signed.content) == 64
    assert session.signed == (version, signed, True)
    session.edit(amend(session.organisation.get(PAY.id), mtpd=300))
    assert session.signed == (version, signed, False)
    session.flush()
    session.close()
    with Session.open(tmp_path / "a.uthallig") as again:
        assert again.signoffs() == (signed,)
        with pytest.raises(Refused):
            again.sign_off(version, name=" ", role="x")


def test_that_the_package_says_who_stands_by_the_model(session, tmp_path):
    from continuity.session import PlanRequest

    version = session.make_version("Beslutad")
    session.sign_off(version, name="Anna Ek", role="Säkerhetschef")
    session.edit(amend(session.organisation.get(PAY.id), note="x"))
    package = session.plan(PlanRequest(tmp_path / "paket", formats=("html",)))
    text = (package.folder / "index.html").read_text(encoding="utf-8")
    assert "Beslutad, av Anna Ek, Säkerhetschef" in text
    assert "ändrad sedan dess" in text
