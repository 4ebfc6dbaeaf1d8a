"""The reference agency and the scenario library, read in a language."""

import json

import pytest

from continuity.exchange.library import load_reference, load_scenarios
from continuity.exchange.organisation_json import read_organisation, write_organisation
from continuity.model.kinds import Resource, Scenario
from continuity.model.problems import Refused

HEAD = {"format": 1, "kind": "uthallig-organisation", "document": "7c1f0b52-8a3e-4d61-9f27-52b0e4a6c913"}


@pytest.fixture
def shelf(tmp_path):
    """A small library of two reference files and one scenario file."""

    def put(name, **plain):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(plain), encoding="utf-8")

    put(
        "reference/a.json",
        **HEAD,
        records={"agency": [{"code": "A", "name": {"sv": "Myndighet", "en": "Agency"}}]},
    )
    put(
        "reference/b.json",
        records={"resource": [{"code": "EL", "name": {"sv": "El", "en": "Power"}, "mttf": "8 h"}]},
    )
    event = {"name": {"sv": "Avbrott", "en": "Outage"}, "elements": ["EL"]}
    put("scenarios/c.json", records={"scenario": [{"code": "X", "name": "Krig", "events": [event]}]})
    return tmp_path


def test_that_files_are_merged_and_speak_the_language_asked_for(shelf):
    swedish, english = load_reference("sv", shelf), load_reference("en", shelf)
    assert [r.name for r in (*swedish.all(Resource), swedish.agency)] == ["El", "Myndighet"]
    assert [r.name for r in (*english.all(Resource), english.agency)] == ["Power", "Agency"]
    assert {r.id for r in swedish} == {r.id for r in english}
    assert swedish.document == HEAD["document"]


def test_that_scenarios_can_be_had_alone(shelf):
    assert [(type(r).__name__, r.code) for r in load_scenarios("sv", shelf)] == [
        ("Scenario", "X"),
        ("Event", "X/1"),
    ]


def test_that_problems_name_file_and_place(shelf):
    (shelf / "reference" / "d.json").write_text('{"records": {"site": [{"code": "S"}]}}', encoding="utf-8")
    (shelf / "scenarios" / "e.json").write_text("{", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        load_reference("sv", shelf)
    assert [(p.code, p.path) for p in refused.value.problems] == [
        ("not-json", "scenarios/e.json"),
        ("missing-field", "reference/d.json: records.site[0].name"),
    ]


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_that_the_shipped_reference_agency_is_sound_and_survives_json(lang):
    organisation = load_reference(lang)
    assert organisation.count("agency") == 1
    assert organisation.all(Scenario)
    assert read_organisation(json.loads(write_organisation(organisation))) == organisation
