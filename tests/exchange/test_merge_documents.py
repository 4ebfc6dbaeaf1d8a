"""Two documents made one: a site office fills in its part offline, and nobody's work is lost."""

import shutil
from dataclasses import replace

import pytest
from hypothesis import given, settings

from continuity.exchange.conflicts import OURS, REMOVED_HERE, REMOVED_THERE, THEIRS, VALUE, prepare_merge
from continuity.model.edits import Add, amend
from continuity.model.kinds import Resource, Site
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.session import Session
from tests.strategies import DOCUMENT, organisations

IDS = [f"00000000-0000-4000-8000-00000000000{n}" for n in range(10)]


def resource(number, name="", **values):
    code = values.pop("code", f"R{number}")
    return Resource(id=IDS[number], code=code, name=name or f"System {number}", **values)


def organisation(*records):
    return Organisation(DOCUMENT, records)


def merged(ours, theirs, base=None, default=OURS, **choices):
    merge = prepare_merge(ours, theirs, base)
    twin = ours.copy()
    twin.apply(merge.edit({c.key: choices.get(c.field or "whole", default) for c in merge.conflicts}))
    return twin, merge


def test_that_changes_of_different_fields_both_hold():
    base = organisation(resource(1))
    ours, theirs = organisation(resource(1, note="ours")), organisation(resource(1, supplier="theirs"))
    found, merge = merged(ours, theirs, base)
    assert found == organisation(resource(1, note="ours", supplier="theirs"))
    assert merge.conflicts == []
    assert (merge.added, merge.changed, merge.removed) == (0, 1, 0)


@pytest.mark.parametrize(("side", "name"), [(OURS, "ours"), (THEIRS, "theirs")])
def test_that_two_values_of_one_field_are_a_conflict(side, name):
    base = organisation(resource(1))
    ours, theirs = organisation(resource(1, "ours")), organisation(resource(1, "theirs"))
    found, merge = merged(ours, theirs, base, side)
    [conflict] = merge.conflicts
    assert (conflict.what, conflict.field, conflict.ours, conflict.theirs, conflict.base) == (
        VALUE, "name", "ours", "theirs", "System 1",
    )  # fmt: skip
    assert found.get(IDS[1]).name == name


def test_that_what_one_side_added_or_deleted_is_added_or_deleted():
    base = organisation(resource(1), resource(2), resource(3))
    ours = organisation(resource(1), resource(2), resource(4))
    theirs = organisation(resource(2), resource(3), resource(5))
    found, merge = merged(ours, theirs, base)
    assert {record.id for record in found} == {IDS[2], IDS[4], IDS[5]}
    assert merge.conflicts == []


def test_that_deleted_here_and_changed_there_is_a_conflict_either_way():
    base, gone, changed = organisation(resource(1)), organisation(), organisation(resource(1, note="x"))
    kept, merge = merged(gone, changed, base, THEIRS)
    assert [c.what for c in merge.conflicts] == [REMOVED_HERE]
    assert kept == changed
    dropped, merge = merged(changed, gone, base, THEIRS)
    assert [c.what for c in merge.conflicts] == [REMOVED_THERE]
    assert dropped == gone
    assert merged(changed, gone, base, OURS)[0] == changed


def test_that_without_a_common_beginning_nothing_is_deleted_and_whatever_differs_is_a_conflict():
    ours = organisation(resource(1, "ours"), resource(2))
    theirs = organisation(resource(1, "theirs"), resource(3))
    found, merge = merged(ours, theirs)
    assert [c.field for c in merge.conflicts] == ["name"]
    assert {record.id for record in found} == {IDS[1], IDS[2], IDS[3]}


def test_that_what_is_still_needed_is_not_deleted():
    site = Site(id=IDS[9], code="S1", name="Norr")
    base = organisation(resource(1), site)
    ours, theirs = organisation(resource(1, site=IDS[9]), site), organisation(resource(1))
    found, _ = merged(ours, theirs, base)
    assert found.get(IDS[9]) == site


def test_that_records_of_the_same_code_are_matched_or_get_codes_of_their_own():
    ours, theirs = organisation(resource(1, code="X")), organisation(resource(2, code="X"))
    found, merge = merged(ours, theirs)
    assert [c.field for c in merge.conflicts] == ["name"]
    assert [r.id for r in found] == [IDS[1]]
    base = organisation(resource(1, code="A"))
    both = merged(
        organisation(resource(1, code="X")), organisation(resource(1, code="A"), resource(2, code="X")), base
    )
    assert sorted(r.code for r in both[0]) == ["R2", "X"]


@settings(max_examples=20)
@given(organisations())
def test_that_merging_a_document_with_itself_changes_nothing(found):
    for base in (None, found):
        merge = prepare_merge(found, found.copy(), base)
        assert merge.conflicts == []
        assert merge.edit({}).edits == ()


@settings(max_examples=15)
@given(organisations(), organisations())
def test_that_taking_all_of_theirs_gives_theirs_where_it_has_something(ours, theirs):
    merge = prepare_merge(ours, theirs, None)
    edits = merge.edit({}, THEIRS).edits
    assert all(type(edit).__name__ != "Remove" for edit in edits)


# --- documents ---------------------------------------------------------------------------------


@pytest.fixture
def pair(tmp_path):
    """A document, and the copy that a site office took home."""
    with Session.create(tmp_path / "a.uthallig") as session:
        for number in range(1, 4):
            session.edit(Add(resource(number)))
        session.flush()
    shutil.copy(tmp_path / "a.uthallig", tmp_path / "b.uthallig")
    return tmp_path / "a.uthallig", tmp_path / "b.uthallig"


def change(path, **values):
    with Session.open(path) as session:
        for name, note in values.items():
            session.edit(amend(session.organisation.find("resource", name), note=note))
        session.flush()


def test_that_the_common_beginning_is_found_in_the_journals(pair):
    ours, theirs = pair
    change(ours, R1="here", R2="both here")
    change(theirs, R2="both there", R3="there")
    with Session.open(ours) as session:
        merge = session.merging(theirs)()
        assert [(c.code, c.base) for c in merge.conflicts] == [("R2", "")]
        assert merge.changed == 1
        session.merge(merge, {merge.conflicts[0].key: THEIRS}, OURS)
        notes = {r.code: r.note for r in session.organisation.all(Resource)}
        assert notes == {"R1": "here", "R2": "both there", "R3": "there"}
        session.undo()
        assert {r.code: r.note for r in session.organisation.all(Resource)} == {
            "R1": "here", "R2": "both here", "R3": "",
        }  # fmt: skip


def test_that_a_named_version_can_be_the_beginning(pair, tmp_path):
    ours, _ = pair
    with Session.open(ours) as session:
        version = session.make_version("sent out")
        session.export_json(tmp_path / "out.json")
        session.edit(amend(session.organisation.find("resource", "R1"), note="here"))
        plain = session.merging(tmp_path / "out.json")()
        assert (plain.base, len(plain.conflicts)) == (None, 1)
        known = session.merging(tmp_path / "out.json", version.id)()
        assert (known.conflicts, known.changed) == ([], 0)


def test_that_a_file_that_is_no_document_is_refused(pair, tmp_path):
    (tmp_path / "x.xlsx").write_text("x")
    with Session.open(pair[0]) as session:
        for name in ("x.xlsx", "none.uthallig"):
            with pytest.raises(Refused):
                session.merging(tmp_path / name)()


def test_that_measures_follow_records_that_are_known_under_other_ids():
    ours, theirs = organisation(resource(1)), organisation(replace(resource(1), id=IDS[7]), resource(3))
    found, merge = merged(ours, theirs)
    assert merge.conflicts == []
    assert {r.id for r in found} == {IDS[1], IDS[3]}
