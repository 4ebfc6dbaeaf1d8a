"""A part of an organisation as JSON to be pasted, also into another document."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from continuity.exchange.json_text import loads
from continuity.exchange.organisation_json import read_organisation, write_organisation
from continuity.exchange.writing import KIND
from continuity.model.edits import Add, Group
from continuity.model.fields import FieldType
from continuity.model.ids import new_id
from continuity.model.kinds import ELEMENTS, Element, Kind, Need, Record, Supply, kind_of
from continuity.model.layout import Place
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.model.references import forget, references

#: Kinds that go along because something copied refers to them; they are found again, not copied, on pasting.
_COMPANIONS = ("site", "role")
_COPIED = (*ELEMENTS, "need", "supply")


def copied(organisation: Organisation, ids: Iterable[str], places: Mapping[str, Place]) -> str:
    """Return the elements ``ids`` at ``places``, the needs among them and what they refer to, as JSON."""
    chosen = [e for id_ in dict.fromkeys(ids) if (e := organisation.of(Element, id_)) is not None]
    held: dict[str, Record] = {}
    for element in chosen:
        x, y = places.get(element.id, (element.x, element.y))
        held[element.id] = dataclasses.replace(element, x=x, y=y)
    for need in organisation.all(Need):
        supplies = [s for s in organisation.parts(need.id, Supply) if s.element in held]
        if need.dependent in held and supplies:
            held |= {record.id: record for record in (need, *supplies)}
    _accompany(organisation, held)
    records = [_whole(record, held) for record in held.values()]
    return write_organisation(Organisation(organisation.document, records))


def _accompany(organisation: Organisation, held: dict[str, Record]) -> None:
    waiting = list(held.values())
    while waiting:
        for id_ in references(waiting.pop()):
            other = organisation.get(id_)
            if other is not None and id_ not in held and kind_of(other).name in _COMPANIONS:
                held[id_] = other
                waiting.append(other)


def _whole(record: Record, held: Mapping[str, Record]) -> Record:
    """Return ``record`` without references to what is not copied."""
    gone = references(record) - held.keys()
    if not gone:
        return record
    return dataclasses.replace(
        record, **{name: new for name, (_old, new) in forget(record, gone).changes.items()}
    )


def pasted(
    organisation: Organisation, text: str, name: Callable[[str], str], shift: Place
) -> tuple[Group, tuple[str, ...]]:
    """Return the edit that adds copies of what ``text`` holds, ``shift`` aside, and the new elements' ids.

    Copies get ids and codes of their own, and ``name(old)`` where somebody has their name already. Sites and
    roles are found again by id, else by code and name, else added. Raises :class:`Refused` where ``text`` is
    no organisation.
    """
    incoming = _read(text)
    ids: dict[str, str] = {}
    codes: dict[str, str] = {}
    added: list[Record] = []
    taken: set[tuple[str, str]] = set()
    names = {e.name.casefold() for e in organisation.elements}
    for record in _in_order(incoming):
        kind = kind_of(record)
        if kind.name in _COMPANIONS and (match := _match(organisation, record)):
            ids[record.id] = match
            continue
        ids[record.id] = record.id if kind.name in _COMPANIONS and record.id not in organisation else new_id()
        if isinstance(record, Supply):
            code = f"{codes[record.need]}/{record.position + 1}"
        else:
            code = _code(organisation, kind, record, taken)
        codes[record.id] = code
        values: dict[str, Any] = {"id": ids[record.id], "code": code}
        if isinstance(record, Element):
            values |= _placed(record, shift)
            if record.name.casefold() in names:
                values["name"] = name(record.name)
        added.append(dataclasses.replace(record, **values))
    led = [_led(record, ids) for record in added]
    elements = tuple(record.id for record in led if isinstance(record, Element))
    if not elements:
        raise Refused([Problem("nothing-to-paste")])
    return Group("paste", tuple(Add(record) for record in led)), elements


def _read(text: str) -> Organisation:
    try:
        plain = loads(text)
    except Refused:
        raise Refused([Problem("nothing-to-paste")]) from None
    if not isinstance(plain, dict) or plain.get("kind") != KIND:
        raise Refused([Problem("nothing-to-paste")])
    return read_organisation(plain)


def _in_order(incoming: Organisation) -> list[Record]:
    order = (*_COMPANIONS, *_COPIED)
    return [record for kind in order for record in incoming.of_kind(kind)]


def _match(organisation: Organisation, record: Record) -> str | None:
    if organisation.of(type(record), record.id) is not None:
        return record.id
    name = kind_of(record).name
    other = organisation.find(name, record.code)
    if other is not None and _name(other) == _name(record):
        return other.id
    other = organisation.find(name, _name(record))
    return other.id if other is not None else None


def _name(record: Record) -> str:
    return str(getattr(record, "name", "")).casefold()


def _code(organisation: Organisation, kind: Kind, record: Record, taken: set[tuple[str, str]]) -> str:
    code, number = record.code, organisation.count(kind.name)
    while (kind.name, code) in taken or organisation.resolve((kind.name,), code):
        number += 1
        code = f"{kind.prefix}{number}"
    taken.add((kind.name, code))
    return code


def _placed(element: Element, shift: Place) -> dict[str, Any]:
    if element.x is None or element.y is None:
        return {}
    return {"x": element.x + shift[0], "y": element.y + shift[1]}


def _led(record: Record, ids: Mapping[str, str]) -> Record:
    """Return ``record`` with its references led to the copies, and without those that lead nowhere."""
    kind = kind_of(record)
    values: dict[str, Any] = {}
    for name in kind.reference_fields:
        held = getattr(record, name)
        if kind.specs[name].type is FieldType.REFS:
            values[name] = tuple(ids[one] for one in held if one in ids)
        else:
            values[name] = ids.get(held) if held else held
    return dataclasses.replace(record, **values)
