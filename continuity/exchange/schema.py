"""The JSON schema of an organisation file, derived from the declared kinds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from continuity import places
from continuity.exchange.files import write_text
from continuity.exchange.index import PARTS
from continuity.exchange.json_text import dumps
from continuity.exchange.writing import KIND
from continuity.model.fields import FieldType, Spec, specs
from continuity.model.kinds import KINDS, Kind
from continuity.model.payload import FORMAT

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_CLOCK = "^[0-9]{1,2}:[0-9]{2}$"
_DURATION = "[0-9] ?[^0-9]"


def schema_path() -> Path:
    """Return where the schema lies that comes with the program."""
    return places.resources() / "schema" / "organisation.json"


def write_schema(path: Path | None = None) -> None:
    """Write the schema, by default in its place among the resources."""
    write_text(path or schema_path(), dumps(organisation_schema()))


def organisation_schema() -> Schema:
    """Return the schema of a whole organisation file."""
    tops = [kind for kind in KINDS.values() if not kind.parent]
    definitions = {kind.name: _kind(kind) for kind in KINDS.values()}
    for of in _nested_types():
        definitions[of.__name__] = _object(of)
    return {
        "$schema": _DIALECT,
        "title": "Uthållig organisation",
        "type": "object",
        "required": ["format", "kind", "records"],
        "additionalProperties": False,
        "properties": {
            "format": {"const": FORMAT},
            "kind": {"const": KIND},
            "document": {"type": "string", "pattern": _ID},
            "language": {"type": "string"},
            "records": {
                "type": "object",
                "additionalProperties": False,
                "properties": {kind.name: _list({"$ref": f"#/$defs/{kind.name}"}) for kind in tops},
            },
        },
        "$defs": definitions,
    }


def _kind(kind: Kind) -> Schema:
    made = _object(kind.of, without=kind.parent)
    properties: Schema = {
        "id": {"type": "string", "pattern": _ID},
        "code": {"type": "string", "minLength": 1, "maxLength": 200},
        **made["properties"],
    }
    for part in PARTS[kind.name]:
        properties[str(part.children)] = _list({"$ref": f"#/$defs/{part.name}"})
    required = made["required"] if kind.parent else ["code", *made["required"]]
    return {**made, "title": kind.label, "required": required, "properties": properties}


def _object(of: type, without: str | None = None) -> Schema:
    fields = {name: spec for name, spec in specs(of).items() if name != without}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, spec in fields.items() if spec.required],
        "properties": {name: _field(spec) for name, spec in fields.items()},
    }


def _field(spec: Spec) -> Schema:
    value = _value(spec)
    if spec.optional and not spec.required:
        value = {"anyOf": [value, {"type": "null"}]}
    return {"title": spec.label, **({"description": spec.help} if spec.help else {}), **value}


def _value(spec: Spec) -> Schema:
    one = _ONE.get(spec.type)
    if one:
        return _list(one(spec), least=int(spec.required)) if spec.type in _SEVERAL else one(spec)
    return _bounded("integer", spec)


def _text(spec: Spec) -> Schema:
    return {"type": "string", **({"minLength": 1} if spec.required else {})}


def _spelt(pattern: str) -> Callable[[Spec], Schema]:
    """A whole number, or a text by which people write it."""
    return lambda spec: {"anyOf": [_bounded("integer", spec), {"type": "string", "pattern": pattern}]}


def _choice(spec: Spec) -> Schema:
    return {"enum": [code for code, _ in spec.choices]}


def _nested(spec: Spec) -> Schema:
    return {"$ref": f"#/$defs/{spec.value.__name__}"}


def _reference(spec: Spec) -> Schema:
    return {"type": "string", "minLength": 1, "$comment": f"id or code of: {', '.join(spec.kinds)}"}


_SEVERAL = (FieldType.CHOICES, FieldType.TAGS, FieldType.REFS, FieldType.VALUES)
_ONE: dict[FieldType, Callable[[Spec], Schema]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.NUMBER: lambda spec: _bounded("number", spec),
    FieldType.MINUTES: _spelt(_DURATION),
    FieldType.CLOCK: _spelt(_CLOCK),
    FieldType.DATE: lambda _: {"type": "string", "pattern": _DATE},
    FieldType.FLAG: lambda _: {"type": "boolean"},
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choice,
    FieldType.TAGS: _text,
    FieldType.REF: _reference,
    FieldType.REFS: _reference,
    FieldType.VALUE: _nested,
    FieldType.VALUES: _nested,
    FieldType.PLAIN: lambda _: {"type": "object"},
}


def _list(items: Schema, least: int = 0) -> Schema:
    return {"type": "array", "items": items, **({"minItems": least} if least else {})}


def _bounded(type_: str, spec: Spec) -> Schema:
    made: Schema = {"type": type_}
    if spec.low is not None:
        made["minimum"] = spec.low
    if spec.high is not None:
        made["maximum"] = spec.high
    return made


def _nested_types() -> list[type]:
    found: list[type] = []
    queue = [kind.of for kind in KINDS.values()]
    while queue:
        for spec in specs(queue.pop(0)).values():
            if spec.value is not None and spec.value not in found:
                found.append(spec.value)
                queue.append(spec.value)
    return found
