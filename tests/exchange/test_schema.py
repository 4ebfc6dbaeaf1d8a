"""The JSON schema: current, and true of what the program writes and ships."""

import copy
import json

import jsonschema
import pytest

from continuity import places
from continuity.exchange.library import in_language
from continuity.exchange.schema import organisation_schema, schema_path, write_schema
from continuity.exchange.writing import write_plain
from continuity.model.fields import FieldType, specs
from continuity.model.kinds import KINDS
from tests.strategies import filled_organisation

VALIDATOR = jsonschema.Draft202012Validator(organisation_schema())
FILES = sorted(
    path for name in ("reference", "scenarios") for path in (places.resources() / name).glob("*.json")
)


def test_that_the_shipped_schema_is_the_one_derived_from_the_kinds(tmp_path):
    write_schema(tmp_path / "organisation.json")
    assert (tmp_path / "organisation.json").read_bytes() == schema_path().read_bytes(), (
        "bring it up to date: .venv/bin/python -c "
        "'from continuity.exchange.schema import write_schema; write_schema()'"
    )


def test_that_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(organisation_schema())


def test_that_a_file_with_every_field_is_valid():
    VALIDATOR.validate(write_plain(filled_organisation()))


def _break(plain, kind, name, spec):
    """Return the record that holds field `name` of `kind`, with that field broken."""
    broken = copy.deepcopy(plain)
    holder = KINDS[kind].specs[KINDS[kind].parent].kinds[0] if KINDS[kind].parent else kind
    record = broken["records"][holder][0]
    if holder != kind:
        record = record[KINDS[kind].children][0]
    record[name] = {"not": "a value"} if spec.type is not FieldType.PLAIN else 3
    return broken


@pytest.mark.parametrize("kind", KINDS)
def test_that_a_wrong_value_in_any_field_is_found(kind):
    plain = write_plain(filled_organisation())
    for name, spec in specs(KINDS[kind].of).items():
        if name != KINDS[kind].parent:
            assert not VALIDATOR.is_valid(_break(plain, kind, name, spec)), name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_that_the_shipped_files_are_valid(path):
    plain = in_language(json.loads(path.read_text(encoding="utf-8")), "sv")
    head = {"format": 1, "kind": "uthallig-organisation"}
    assert [error.message for error in VALIDATOR.iter_errors({**head, **plain})] == []
