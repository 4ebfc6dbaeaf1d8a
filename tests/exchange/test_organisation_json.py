"""Organisations as JSON: nothing is lost, everything wrong is told at once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from continuity.exchange.json_text import dumps, loads
from continuity.exchange.organisation_json import read_organisation, write_organisation
from continuity.model.fields import specs
from continuity.model.kinds import KINDS, Measure, Need, Stage, Stream, Supply, kind_of
from continuity.model.payload import default_of
from continuity.model.problems import Refused
from tests.strategies import DOCUMENT, filled_organisation, organisations


def plain(**records):
    return {"format": 1, "kind": "uthallig-organisation", "document": DOCUMENT, "records": records}


def problems_of(source):
    with pytest.raises(Refused) as refused:
        read_organisation(source)
    return {(p.path, p.code) for p in refused.value.problems}


def resource(code, **fields):
    return {"code": code, "name": code, **fields}


# --- identity ----------------------------------------------------------------------------------


@settings(max_examples=40)
@given(organisations())
def test_that_writing_and_reading_changes_nothing(organisation):
    assert read_organisation(json.loads(write_organisation(organisation))) == organisation


def test_that_every_field_of_every_kind_survives():
    organisation = filled_organisation()
    again = read_organisation(json.loads(write_organisation(organisation)))
    assert again == organisation
    for record in again:
        for name in specs(type(record)):
            assert getattr(record, name) != default_of(type(record), name), (kind_of(record).name, name)


def test_that_the_text_does_not_depend_on_the_order_of_the_records():
    organisation = filled_organisation()
    turned = type(organisation)(organisation.document, reversed(list(organisation)))
    assert write_organisation(turned) == write_organisation(organisation)


@settings(max_examples=15)
@given(organisations(most=1))
def test_that_pretty_text_is_the_same_json(organisation):
    text = write_organisation(organisation)
    assert loads(dumps(json.loads(text))) == json.loads(text)


# --- what people write -------------------------------------------------------------------------


def test_that_hand_written_codes_parts_and_durations_are_understood():
    organisation = read_organisation(
        plain(
            resource=[resource("EL"), resource("UPS")],
            function=[{"code": "F", "name": "Betala", "mtpd": "3 d"}],
            need=[{"code": "N", "name": "El", "dependent": "F", "autonomy": "1 h 30 min",
                   "supplies": [{"element": "EL"}, {"element": "UPS", "standby": True}]}],
            stream=[{"code": "B", "name": "Barnbidrag",
                     "stages": [{"name": "Fil", "element": "F", "cutoff_days": 1, "cutoff_at": "15:00"}]}],
        )
    )  # fmt: skip
    function = organisation.find("function", "F")
    need = organisation.find("need", "N")
    assert (function.mtpd, need.autonomy, need.dependent) == (4320, 90, function.id)
    supplies = organisation.parts(need.id, Supply)
    assert [(s.code, s.position, organisation.get(s.element).code) for s in supplies] == [
        ("N/1", 0, "EL"), ("N/2", 1, "UPS"),
    ]  # fmt: skip
    [stage] = organisation.all(Stage)
    assert (stage.cutoff_at, stage.stream) == (900, organisation.all(Stream)[0].id)


def test_that_ids_left_out_are_the_same_each_time():
    source = plain(resource=[resource("EL")])
    assert read_organisation(source) == read_organisation(source)
    other = {**source, "document": "0b6f2f0e-3c55-4e0a-9d39-6a5f7c1f2d11"}
    assert {r.id for r in read_organisation(other)}.isdisjoint(r.id for r in read_organisation(source))


def test_that_a_file_without_document_id_gets_one_from_its_agency():
    source = {
        "format": 1,
        "kind": "uthallig-organisation",
        "records": {"agency": [{"code": "A", "name": "A"}]},
    }
    changed = {**source, "records": {**source["records"], "resource": [resource("EL")]}}
    assert read_organisation(source).document == read_organisation(changed).document


def test_that_written_files_speak_in_codes_and_leave_out_what_is_usual():
    organisation = read_organisation(
        plain(
            resource=[resource("EL")],
            function=[{"code": "F", "name": "Betala"}],
            need=[{"code": "N", "name": "El", "dependent": "F", "supplies": [{"element": "EL"}]}],
        )
    )
    written = json.loads(write_organisation(organisation))
    assert written["records"]["need"] == [
        {"code": "N", "dependent": "F", "name": "El", "supplies": [{"element": "EL"}]}
    ]


def test_that_a_code_of_two_kinds_is_written_as_an_id():
    organisation = read_organisation(
        plain(
            resource=[{**resource("F"), "id": "11111111-1111-4111-8111-111111111111"}],
            function=[{"code": "F", "name": "Betala"}],
            need=[{"code": "N", "name": "El", "dependent": "11111111-1111-4111-8111-111111111111"}],
        )
    )
    written = json.loads(write_organisation(organisation))
    assert written["records"]["need"][0]["dependent"] == "11111111-1111-4111-8111-111111111111"
    assert read_organisation(written) == organisation


# --- measures ----------------------------------------------------------------------------------


def measure(*changes):
    return {"code": "M", "name": "Reservkraft", "changes": list(changes)}


def test_that_the_changes_of_a_measure_are_resolved():
    organisation = read_organisation(
        plain(
            resource=[resource("EL")],
            function=[{"code": "F", "name": "Betala"}],
            need=[{"code": "N", "name": "El", "dependent": "F", "supplies": [{"element": "EL"}]}],
            measure=[
                measure(
                    {"kind": "need", "target": "N", "values": {"autonomy": "8 h"}},
                    {"action": "add", "kind": "resource", "target": "GEN", "values": {"name": "Generator"}},
                    {"action": "add", "kind": "supply", "target": "N/gen",
                     "values": {"need": "N", "element": "GEN", "standby": True, "endurance": "3 d"}},
                )
            ],
        )
    )  # fmt: skip
    need, resources = organisation.all(Need)[0], organisation.find("resource", "EL")
    change, added, supply = organisation.all(Measure)[0].changes
    assert (change.target, change.values) == (need.id, {"autonomy": 480})
    assert added.values == {"code": "GEN", "name": "Generator"}
    assert supply.values == {
        "code": "N/gen", "need": need.id, "element": added.target, "standby": True, "endurance": 4320,
    }  # fmt: skip
    assert resources is not None
    assert read_organisation(json.loads(write_organisation(organisation))) == organisation


def test_that_faults_in_the_changes_of_a_measure_are_told_with_their_places():
    found = problems_of(
        plain(
            resource=[resource("EL")],
            measure=[
                measure(
                    {"kind": "generator", "target": "EL"},
                    {"kind": "resource", "target": "GAS", "values": {"mttf": "8 h"}},
                    {
                        "kind": "resource",
                        "target": "EL",
                        "values": {"colour": "red", "mttf": "-8 h", "owner": "X"},
                    },
                    {"action": "add", "kind": "resource", "target": "EL", "values": {}},
                    {"action": "remove", "kind": "resource", "target": "EL", "values": {"mttf": 60}},
                )
            ],
        )
    )
    at = "records.measure[0].changes"
    assert found == {
        (f"{at}[0].kind", "unknown-kind"),
        (f"{at}[1].target", "dangling"),
        (f"{at}[2].values.colour", "unknown-field"),
        (f"{at}[2].values.mttf", "wrong-type"),
        (f"{at}[2].values.owner", "dangling"),
        (f"{at}[3].target", "duplicate-id"),
        (f"{at}[3].values.name", "missing-field"),
        (f"{at}[4].values", "not-empty"),
    }


# --- faults ------------------------------------------------------------------------------------


def test_that_every_fault_is_told_at_once_with_its_place():
    twice = "22222222-2222-4222-8222-222222222222"
    found = problems_of(
        plain(
            function=[
                {"code": "F1", "name": "Betala", "mtpd": -5, "mbco": 1001, "vital": "ja", "site": "NOWHERE"},
                {"code": "F2", "name": "Besluta", "last_review": "2027-02-30", "x-ray": 1},
                {"code": "F1", "name": "Igen"},
                {"name": "Utan kod"},
                {"code": "F3"},
                "en funktion",
            ],
            resource=[
                {**resource("R1"), "id": twice},
                {**resource("R2"), "id": twice},
                {**resource("R3"), "id": "R3"},
                resource("R4", category="magic"),
                resource("R5", repair={"law": "fixed", "likely": "8 moons"}),
            ],
            need=[
                {"code": "N", "name": "El", "dependent": "R1", "supplies": [{"element": "F9", "need": "N"}]}
            ],
            supply=[],
            gizmo=[],
            site={},
        )
    )
    assert found == {
        ("records.function[0].mtpd", "out-of-bounds"),
        ("records.function[0].mbco", "out-of-bounds"),
        ("records.function[0].vital", "wrong-type"),
        ("records.function[0].site", "dangling"),
        ("records.function[1].last_review", "bad-date"),
        ("records.function[1].x-ray", "unknown-field"),
        ("records.function[2].code", "duplicate-code"),
        ("records.function[3].code", "missing-field"),
        ("records.function[4].name", "missing-field"),
        ("records.function[5]", "wrong-type"),
        ("records.resource[1].id", "duplicate-id"),
        ("records.resource[2].id", "bad-id"),
        ("records.resource[3].category", "unknown-choice"),
        ("records.resource[4].repair.likely", "wrong-type"),
        ("records.need[0].supplies[0].need", "unknown-field"),
        ("records.need[0].supplies[0].element", "dangling"),
        ("records.supply", "stands-inside"),
        ("records.gizmo", "unknown-kind"),
        ("records.site", "wrong-type"),
    }


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"kind": "song"}, {("kind", "not-an-organisation")}),
        ({"format": 2}, {("format", "newer-format")}),
        ({"format": "1"}, {("format", "wrong-format")}),
        ({"format": True}, {("format", "wrong-format")}),
        ({"document": "mine", "records": None}, {("document", "bad-id"), ("records", "wrong-type")}),
        ({"recrods": {}}, {("recrods", "unknown-field")}),
    ],
)
def test_that_a_wrong_head_is_told(changed, expected):
    assert problems_of({**plain(), **changed}) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not-json"),
        ("[1, 2", "not-json"),
        ("hej", "not-json"),
        ("[]", "not-an-organisation"),
        ("NaN", "not-a-number"),
        ('{"format": ' + "9" * 5000 + "}", "not-a-number"),
        ("[" * 100_000, "too-deep"),
        ("[" * 60 + "]" * 60, "too-deep"),
        ('{"a": 1, "a": 2}', "doubled-name"),
        ('{"a": "\\ud800"}', "bad-text"),
    ],
)
def test_that_what_is_no_organisation_is_refused(tmp_path, text, code):
    path = tmp_path / "fil.json"
    path.write_text(text, encoding="utf-8")
    assert {found for _, found in problems_of(path)} == {code}


def test_that_a_fault_of_json_is_told_with_line_and_column(tmp_path):
    path = tmp_path / "fil.json"
    path.write_text('{\n  "format": 1,\n  "kind" "x"\n}', encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_organisation(path)
    assert refused.value.problems[0].facts == {"line": 3, "column": 10}


def test_that_unreadable_files_are_refused(tmp_path, monkeypatch):
    picture = tmp_path / "bild.json"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert problems_of(picture) == {("", "not-utf8")}
    assert problems_of(tmp_path) == {("", "is-a-folder")}
    assert problems_of(tmp_path / "saknas.json") == {("", "no-such-file")}
    with picture.open("wb") as file:
        file.truncate(10**9)  # sparse: takes no room
    assert problems_of(picture) == {("", "file-too-large")}


# --- files -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("owner", "step"), [(os, "fsync"), (Path, "replace")])
def test_that_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch, owner, step):
    path = tmp_path / "ö rganisation.json"
    organisation = filled_organisation()
    write_organisation(organisation, path)
    assert read_organisation(path) == organisation

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(owner, step, full)
    with pytest.raises(Refused) as refused:
        write_organisation(type(organisation)(DOCUMENT), path)
    assert refused.value.problems[0].code == "cannot-write"
    assert read_organisation(path) == organisation
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_that_an_unwritable_place_is_told(tmp_path):
    for path in (tmp_path, tmp_path / "saknas" / "fil.json"):
        with pytest.raises(Refused):
            write_organisation(filled_organisation(), path)
    assert list(tmp_path.iterdir()) == []


def test_that_reading_json_loads_neither_window_database_nor_engine():
    code = (
        "import sys, continuity.exchange.organisation_json, continuity.exchange.library\n"
        "print([m for m in ('PySide6', 'sqlalchemy', 'numpy', 'numba') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_that_every_kind_is_reachable_in_the_file():
    tops = {kind.name for kind in KINDS.values() if not kind.parent}
    written = json.loads(write_organisation(filled_organisation()))["records"]
    assert set(written) == tops
    for kind in KINDS.values():
        if kind.parent:
            inside = kind.specs[kind.parent].kinds[0]
            assert written[inside][0][kind.children]
