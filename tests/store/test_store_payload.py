"""The payload of the journal: nothing of an edit is lost but a person's values."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from continuity.model.edits import Add, Group, Remove, Replace, amend
from continuity.model.kinds import KINDS, Contact, kind_of
from continuity.model.organisation import Organisation
from continuity.store.payload import (
    ERASED,
    Hidden,
    hashed,
    personal_fields,
    read_payload,
    restorable,
    write_payload,
)
from tests.strategies import DOCUMENT, filled_organisation, organisations


def salt(id_):
    return f"salt of {id_}"


def there_and_back(edit):
    return read_payload(json.loads(json.dumps(write_payload(edit, salt))))


@pytest.mark.parametrize("kind", KINDS)
def test_that_edits_of_every_kind_survive(kind):
    first, second = filled_organisation().of_kind(kind)
    changes = {n: (getattr(first, n), getattr(second, n)) for n in ("code", *KINDS[kind].specs)}
    changes = {n: pair for n, pair in changes.items() if n not in personal_fields(KINDS[kind])}
    edit = Group("some", (Replace(kind, first.id, changes),))
    assert there_and_back(edit) == edit
    if kind != "contact":
        for edit in (
            Add(first),
            Remove(second),
            Group("outer", (Group("inner", (Add(first),)), Remove(second))),
        ):
            assert there_and_back(edit) == edit


@settings(max_examples=20)
@given(organisations(most=1), st.data())
def test_that_generated_edits_survive(organisation, data):
    records = [record for record in organisation if not isinstance(record, Contact)]
    edits = [Add(record) for record in records]
    for record in records:
        kind = kind_of(record)
        name = data.draw(st.sampled_from(sorted(kind.specs)))
        edits.append(Replace(kind.name, record.id, {name: (getattr(record, name), getattr(record, name))}))
    edit = Group("many", tuple(edits))
    assert there_and_back(edit) == edit


def person():
    return Contact(id=DOCUMENT, code="K1", name="Astrid Berg", phone="08-123 45", purpose="Ström")


def test_that_personal_values_are_hashed_and_others_kept():
    text = json.dumps(write_payload(Add(person()), salt), ensure_ascii=False)
    assert "Astrid" not in text
    assert "123" not in text
    assert "Ström" in text
    read = there_and_back(Add(person())).record
    assert read.name == Hidden(hashed(salt(DOCUMENT), "name", "Astrid Berg"))
    assert read.mobile == ""


def test_that_equal_values_of_different_people_have_different_hashes():
    assert hashed("a", "phone", "112") != hashed("b", "phone", "112")


def test_that_what_is_hidden_comes_back_empty_and_is_told():
    edit, lost = restorable(there_and_back(Add(person())), Organisation(DOCUMENT))
    assert (edit.record.name, edit.record.phone, edit.record.purpose) == (ERASED, "", "Ström")
    assert lost == ("K1",)


def test_that_a_change_of_hidden_and_open_values_brings_back_the_open_ones():
    edit = there_and_back(amend(person(), phone="08-999", purpose="Vatten"))
    found, lost = restorable(edit.inverse, Organisation(DOCUMENT, [person()]))
    assert found == Replace("contact", DOCUMENT, {"purpose": ("Vatten", "Ström")})
    assert lost == ("K1",)


def test_that_a_change_of_nothing_but_hidden_values_cannot_come_back():
    edit = there_and_back(amend(person(), phone="08-999"))
    assert restorable(edit.inverse, Organisation(DOCUMENT, [person()])) == (None, ("K1",))


def test_that_adding_a_person_can_be_taken_back_without_knowing_the_values():
    edit = there_and_back(Add(person()))
    assert restorable(edit.inverse, Organisation(DOCUMENT, [person()])) == (Remove(person()), ())


@pytest.mark.parametrize(
    "plain",
    [{}, {"edit": "sing"}, {"edit": "replace", "kind": "site", "id": "x", "changes": {"name": [1, 2]}}],
)
def test_that_what_is_no_payload_is_an_error(plain):
    with pytest.raises(ValueError, match="not a"):
        read_payload(plain)
