"""The door to files: new documents, versions, saving elsewhere, JSON in and out."""

import json
import threading
import zlib

import pytest
import sqlalchemy as sa

from continuity.exchange.library import load_reference
from continuity.exchange.organisation_json import read_organisation, write_organisation
from continuity.model.edits import Add, Changes, amend
from continuity.model.ids import new_id
from continuity.model.kinds import KINDS, Agency, Contact, Function, Need, Resource, Supply
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.session import Session
from continuity.store.lock import lock_path
from continuity.store.tables import VERSION
from tests.strategies import DOCUMENT, filled_organisation


def resource(code, **fields):
    return Resource(id=new_id(), code=code, name=fields.pop("name", code), **fields)


def refused(wish):
    with pytest.raises(Refused) as found:
        wish()
    return [problem.code for problem in found.value.problems]


@pytest.fixture
def filled(tmp_path):
    """A session of a document in a file with every field of every kind filled."""
    path = tmp_path / "allt.json"
    write_organisation(filled_organisation(), path)
    with Session.open(path) as session:
        session.save_as(tmp_path / "allt.uthallig")
        yield session


# --- beginning ---------------------------------------------------------------------------------


def test_that_a_document_in_memory_needs_no_file(tmp_path):
    with Session.create(None) as session:
        assert session.path is None
        assert session.saved
        session.edit(Add(Agency(id=new_id(), code="A", name="Myndigheten")))
        session.flush()
        assert not session.saved
        assert session.title == "Myndigheten"
        session.undo()
        session.redo()
        assert session.versions() == []
    assert list(tmp_path.iterdir()) == []


def test_that_a_new_file_is_never_written_over_another(tmp_path):
    path = tmp_path / "viktig.uthallig"
    path.write_text("viktigt", encoding="utf-8")
    assert refused(lambda: Session.create(path)) == ["file-exists"]
    assert path.read_text(encoding="utf-8") == "viktigt"


def test_that_a_new_file_in_a_missing_folder_is_refused(tmp_path):
    assert refused(lambda: Session.create(tmp_path / "saknas" / "d.uthallig")) == ["cannot-write"]
    assert list(tmp_path.iterdir()) == []


def test_that_an_unknown_reference_is_refused():
    assert refused(lambda: Session.create(None, reference="sweden")) == ["unknown-reference"]


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_that_the_reference_agency_can_be_begun_from(tmp_path, lang):
    expected = load_reference(lang)
    path = tmp_path / "referens.uthallig"
    with Session.create(path, reference="reference", lang=lang) as session:
        assert session.organisation == expected
        assert not session.can_undo
        assert [entry.step.verb for entry in session.history()] == ["create"]
        assert session.title == expected.agency.name
    with Session.open(path) as session:
        assert session.organisation == expected
        assert (session.can_undo, session.language) == (False, lang)


def test_that_a_json_organisation_opens_in_memory(tmp_path):
    path = tmp_path / "allt.json"
    write_organisation(filled_organisation(), path)
    before = path.read_bytes()
    with Session.open(path) as session:
        assert session.organisation == filled_organisation()
        assert session.path is None
        session.edit(session.organisation.removal([session.organisation.all(Function)[0].id]))
    assert path.read_bytes() == before


def test_that_a_wrong_json_organisation_is_refused_with_its_name(tmp_path):
    path = tmp_path / "fel.json"
    path.write_text(
        '{"format": 1, "kind": "uthallig-organisation", "records": {"gizmo": []}}', encoding="utf-8"
    )
    with pytest.raises(Refused) as found:
        Session.open(path)
    assert found.value.file == path


# --- every kind --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_that_every_field_of_every_kind_is_stored_and_can_be_changed_and_changed_back(filled, kind):
    first, second = filled.organisation.of_kind(kind)
    changes = {name: getattr(second, name) for name in KINDS[kind].specs if name != KINDS[kind].parent}
    filled.edit(amend(first, **changes))
    filled.flush()
    with Session.open(filled.path, read_only=True) as reader:
        assert reader.organisation == filled.organisation
    filled.undo()
    filled.flush()
    with Session.open(filled.path, read_only=True) as reader:
        assert reader.organisation == filled_organisation()


# --- saving elsewhere --------------------------------------------------------------------------


def test_that_saving_elsewhere_takes_the_history_along(tmp_path):
    first, second = tmp_path / "ett.uthallig", tmp_path / "två.uthallig"
    record = resource("EL")
    with Session.create(first) as session:
        session.edit(Add(record))
        session.make_version("v")
        session.save_as(second)
        assert session.path == second
        assert not lock_path(first).exists()
        session.edit(amend(record, name="Kraft"))
    with Session.open(second) as session:
        assert session.organisation.get(record.id).name == "Kraft"
        session.undo()
        session.undo()
        assert len(session.organisation) == 0
        assert [version.name for version in session.versions()] == ["v"]
    with Session.open(first) as session, Session.open(second) as other:
        assert session.organisation.get(record.id) == record
        assert session._store.file != other._store.file  # each has back-ups of its own


def test_that_a_document_in_memory_becomes_a_file(tmp_path):
    path = tmp_path / "d.uthallig"
    with Session.create(None) as session:
        session.edit(Add(resource("EL")))
        session.save_as(path)
        assert session.saved
        session.undo()
    with Session.open(path) as session:
        assert session.can_redo


def test_that_saving_where_one_may_not_leaves_everything_as_it_was(tmp_path):
    path = tmp_path / "d.uthallig"
    with Session.create(path) as session, Session.create(tmp_path / "annan.uthallig") as other:
        session.edit(Add(resource("EL")))
        assert refused(lambda: session.save_as(other.path)) == ["document-locked"]
        assert refused(lambda: session.save_as(tmp_path / "saknas" / "d.uthallig")) == ["cannot-write"]
        assert session.path == path
        session.undo()
        session.flush()
        assert len(other.organisation) == 0


def test_that_a_reader_can_save_elsewhere_and_go_on(tmp_path):
    path = tmp_path / "d.uthallig"
    Session.create(path).close()
    with Session.open(path, read_only=True) as session:
        assert refused(lambda: session.save_as(path)) == ["read-only"]
        session.save_as(tmp_path / "egen.uthallig")
        session.edit(Add(resource("EL")))
        session.flush()
        assert session.saved


def test_that_edits_go_on_while_the_document_is_saved_elsewhere(tmp_path):
    with Session.create(tmp_path / "ett.uthallig") as session:
        moving = [
            threading.Thread(target=session.save_as, args=[tmp_path / f"{n}.uthallig"]) for n in range(3)
        ]
        for number, thread in enumerate(moving):
            thread.start()
            for _ in range(20):
                session.edit(Add(resource(new_id())))
                session.history(limit=1)
            thread.join()
            assert session.path == tmp_path / f"{number}.uthallig"
        session.flush()
        state = session.organisation.copy()
    with Session.open(tmp_path / "2.uthallig") as session:
        assert session.organisation == state
        assert session._store.broken_link() is None


def test_that_a_closed_document_says_so_instead_of_waiting_for_ever(tmp_path):
    session = Session.create(None)
    session.close()
    session.close()
    for wish in (session.history, session.flush, lambda: session.edit(Add(resource("EL")))):
        with pytest.raises(RuntimeError, match="closed"):
            wish()


def test_that_a_version_that_finds_no_room_is_told(filled):
    filled._store._thread.raw(lambda raw: raw.execute("PRAGMA max_page_count=1").fetchone())
    with pytest.raises(Refused) as found:
        for number in range(50):
            filled.make_version(f"{number}")
    assert found.value.problems[0].code == "not-kept"


# --- versions ----------------------------------------------------------------------------------


def test_that_a_version_gives_back_the_state_of_its_time(filled):
    version = filled.make_version("före")
    state = filled.organisation.copy()
    filled.edit(filled.organisation.removal([filled.organisation.all(Function)[0].id]))
    assert filled.organisation != state
    assert filled.organisation_at(version) == state
    filled.restore(version)
    assert filled.organisation == state
    assert filled.undo_step.verb == "restore"
    filled.undo()
    assert filled.organisation != state
    assert [v.name for v in filled.versions()] == ["före"]


def test_that_a_version_knows_people_only_as_they_are_today(filled):
    version = filled.make_version("före")
    first, second = filled.organisation.all(Contact)
    filled.edit(amend(first, phone="08-999"))
    filled.edit(filled.organisation.removal([second.id]))
    then = filled.organisation_at(version)
    assert then.get(first.id).phone == "08-999"
    assert (then.get(second.id).name, then.get(second.id).phone) == ("–", "")
    content = filled._store._thread.call(lambda c: c.execute(sa.select(VERSION.c.content)).scalar())
    assert first.rakel not in zlib.decompress(content).decode()


def test_that_an_unknown_version_is_refused(filled):
    assert refused(lambda: filled.organisation_at(new_id())) == ["unknown-version"]


def test_that_restoring_sorts_out_codes_that_changed_hands():
    with Session.create(None) as session:
        one, two = resource("ETT"), resource("TVÅ")
        session.edit(Add(one))
        session.edit(Add(two))
        version = session.make_version("före")
        session.edit(amend(one, code="TRE"))
        session.edit(amend(two, code="ETT"))
        session.edit(amend(session.organisation.get(one.id), code="TVÅ"))
        session.restore(version)
        assert {r.code: r.id for r in session.organisation} == {"ETT": one.id, "TVÅ": two.id}


# --- JSON in and out ---------------------------------------------------------------------------


def test_that_export_and_import_change_nothing(filled, tmp_path):
    filled.export_json(tmp_path / "ut.json")
    assert read_organisation(tmp_path / "ut.json") == filled.organisation
    changes = filled.import_json(tmp_path / "ut.json")
    assert (changes.added, changes.replaced, changes.removed) == ((), (), ())
    with Session.create(None) as empty:
        empty.import_json(tmp_path / "ut.json")
        assert Organisation(DOCUMENT, empty.organisation) == filled.organisation
        empty.undo()
        assert len(empty.organisation) == 0


def test_that_an_import_matches_by_code_and_is_one_step(tmp_path):
    source = {
        "format": 1, "kind": "uthallig-organisation", "document": new_id(),
        "records": {
            "agency": [{"code": "B", "name": "Ny"}],
            "resource": [{"code": "EL", "name": "Kraft"}, {"code": "GAS", "name": "Gas"}],
            "need": [{"code": "N", "name": "El", "dependent": "GAS", "supplies": [{"element": "EL"}]}],
            "measure": [{"code": "M", "name": "M", "changes": [{"kind": "resource", "target": "EL",
                         "values": {"note": "n"}}]}],
        },
    }  # fmt: skip
    path = tmp_path / "in.json"
    path.write_text(json.dumps(source), encoding="utf-8")
    with Session.create(None) as session:
        power = resource("EL", note="kvar till importen")
        session.edit(Add(power))
        session.edit(Add(Agency(id=new_id(), code="A", name="Gammal")))
        before = session.organisation.copy()
        changes = session.import_json(path)
        assert len(changes.added) == 4
        assert session.organisation.get(power.id) == resource("EL", name="Kraft").__class__(
            id=power.id, code="EL", name="Kraft"
        )
        assert [agency.name for agency in session.organisation.all(Agency)] == ["Ny"]
        [supply], [need] = session.organisation.all(Supply), session.organisation.all(Need)
        assert (supply.element, supply.need) == (power.id, need.id)
        assert session.organisation.find("measure", "M").changes[0].target == power.id
        again = session.import_json(path)
        assert (again.added, again.replaced, again.removed) == ((), (), ())
        session.undo()
        assert session.organisation == before


def test_that_a_wrong_import_changes_nothing(filled, tmp_path):
    path = tmp_path / "fel.json"
    path.write_text("{", encoding="utf-8")
    assert refused(lambda: filled.import_json(path)) == ["not-json"]
    assert filled.organisation == filled_organisation()
    assert not filled.can_undo


# --- the scenario library ----------------------------------------------------------------------


def test_that_scenarios_of_the_library_can_be_taken_into_an_own_document():
    with Session.create(None) as session:
        library = session.library("sv")
        assert len(library) >= 24
        session.add_scenarios([library[0].id, library[1].id], "sv")
        assert session.organisation.count("scenario") == 2
        assert session.organisation.count("event") >= 2
        assert session.add_scenarios([library[0].id], "sv") == Changes(origin="library")
        session.undo()
        assert len(session.organisation) == 0


def test_that_scenarios_taken_into_the_reference_agency_hit_what_they_are_meant_to():
    with Session.create(None, reference="reference") as session:
        whole = session.organisation.copy()
        ids = [scenario.id for scenario in session.library("sv")]
        session.edit(session.organisation.removal(ids))
        session.add_scenarios(ids, "sv")
        assert session.organisation == whole
