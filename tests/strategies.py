"""Organisations for tests, derived from the kinds: generated ones, and one that fills every field."""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
import uuid
from typing import Any

from hypothesis import strategies as st

from continuity.model.fields import FieldType, Spec, specs
from continuity.model.ids import derived_id
from continuity.model.kinds import KINDS, Kind, Record
from continuity.model.organisation import Organisation
from continuity.model.payload import default_of, write_value
from continuity.model.values import Change

DOCUMENT = "0b6f2f0e-3c55-4e0a-9d39-6a5f7c1f2d10"
Pool = dict[str, list[str]]  # ids by kind

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
_FREE_HIGH = 10**6


def ids() -> st.SearchStrategy[str]:
    """Ids as the program makes them."""
    return st.uuids().map(str)


def field_values(spec: Spec, pool: Pool) -> st.SearchStrategy[Any]:
    """Values that field ``spec`` may hold, references taken from ``pool``."""
    found = _values(spec, pool)
    return st.none() | found if spec.optional and not spec.required else found


def _values(spec: Spec, pool: Pool) -> st.SearchStrategy[Any]:
    low = -_FREE_HIGH if spec.low is None else spec.low
    high = max(low, _FREE_HIGH) if spec.high is None else spec.high
    targets = [id_ for kind in spec.kinds for id_ in pool.get(kind, ())]
    match spec.type:
        case FieldType.TEXT | FieldType.LONG_TEXT:
            return WORDS.map(lambda text: f"x{text}") if spec.required else WORDS
        case FieldType.NUMBER:
            return st.floats(low, high, allow_nan=False)
        case FieldType.DATE:
            return st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1))
        case FieldType.FLAG:
            return st.booleans()
        case FieldType.CHOICE:
            return st.sampled_from(_free_choices(spec))
        case FieldType.CHOICES:
            return _several(st.sampled_from([code for code, _ in spec.choices]))
        case FieldType.TAGS:
            return _several(WORDS)
        case FieldType.REF:
            return st.sampled_from(targets) if targets else st.none()
        case FieldType.REFS:
            return _several(st.sampled_from(targets), int(spec.required)) if targets else st.just(())
        case FieldType.VALUE:
            return nested(spec.value, pool)
        case FieldType.VALUES:
            return st.just(()) if spec.value is Change else _several(nested(spec.value, pool))
        case _:
            return st.integers(int(low), int(high))


def _free_choices(spec: Spec) -> list[str]:
    """Return the codes of ``spec``; no marking is above the highest allowed one."""
    codes = [code for code, _ in spec.choices]
    if "top_secret" not in codes:
        return codes
    if spec.label.startswith("Highest"):
        return ["secrecy", "top_secret"]
    return [code for code in codes if code in ("none", "secrecy")]  # also allowed where there is no agency


def _several(one: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(one, min_size=least, max_size=2).map(tuple)


def nested(of: type, pool: Pool) -> st.SearchStrategy[Any]:
    """Nested values of the dataclass ``of``."""
    return st.builds(of, **{name: field_values(spec, pool) for name, spec in specs(of).items()})


@st.composite
def records(draw: st.DrawFn, kind: Kind, id_: str, code: str, pool: Pool) -> Record:
    """Records of ``kind`` with references into ``pool``."""
    values = {name: draw(field_values(spec, pool)) for name, spec in kind.specs.items()}
    return kind.of(id=id_, code=code, **values)


@st.composite
def changes(draw: st.DrawFn, pool: Pool, number: int) -> Change:
    """A change of a measure in the form in which the program keeps it."""
    action = draw(st.sampled_from(["set", "add", "remove"]))
    filled = [kind for kind in KINDS.values() if kind.name not in ("measure", "agency") and _can(kind, pool)]
    kind = draw(st.sampled_from([k for k in filled if action == "add" or pool[k.name]]))
    if action == "add":
        code = f"added {number}"
        target = derived_id(DOCUMENT, kind.name, code) if draw(st.booleans()) else draw(ids())
        values = {"code": code, **_plain(draw(records(kind, target, code, pool)), kind, kind.specs)}
        return Change(action=action, kind=kind.name, target=target, values=values)
    target = draw(st.sampled_from(pool[kind.name]))
    if action == "remove":
        return Change(action=action, kind=kind.name, target=target)
    names = draw(st.lists(st.sampled_from(sorted(kind.specs)), max_size=3, unique=True))
    values = _plain(draw(records(kind, target, "c", pool)), kind, names)
    return Change(action=action, kind=kind.name, target=target, values=values)


def _plain(record: Record, kind: Kind, names: Any) -> dict[str, Any]:
    return {name: write_value(kind.specs[name], getattr(record, name)) for name in names}


def _can(kind: Kind, pool: Pool) -> bool:
    """Tell whether the required references of ``kind`` have something to refer to."""
    needed = [spec for spec in kind.specs.values() if spec.required and spec.kinds]
    return all(any(pool.get(name) for name in spec.kinds) for spec in needed)


@st.composite
def organisations(draw: st.DrawFn, most: int = 2) -> Organisation:
    """Valid organisations with up to ``most`` records of each kind, of every kind."""
    pool: Pool = {}
    places: list[tuple[Kind, str, str]] = []
    for kind in _parents_first():
        wanted = draw(st.integers(0, 1 if kind.name == "agency" else most)) if _can(kind, pool) else 0
        pool[kind.name] = []
        for number in range(wanted):
            code = draw(st.sampled_from([f"{kind.prefix}{number}", f'{kind.prefix} å"{number}']))
            id_ = derived_id(DOCUMENT, kind.name, code) if draw(st.booleans()) else draw(ids())
            pool[kind.name].append(id_)
            places.append((kind, id_, code))
    made = [draw(records(kind, id_, code, pool)) for kind, id_, code in places]
    return Organisation(DOCUMENT, [_with_changes(draw, record, pool) for record in made])


def _with_changes(draw: st.DrawFn, record: Record, pool: Pool) -> Record:
    from dataclasses import replace

    from continuity.model.kinds import Measure

    if not isinstance(record, Measure):
        return record
    wanted = range(draw(st.integers(0, 2)))
    return replace(record, changes=tuple(draw(changes(pool, number)) for number in wanted))


def _parents_first() -> list[Kind]:
    """Kinds in an order in which what a kind must refer to comes before it."""
    return sorted(
        KINDS.values(), key=lambda kind: bool(kind.parent) + (kind.name in ("need", "cycle", "supply"))
    )


# --- one organisation that fills every field ---------------------------------------------------


def filled_organisation() -> Organisation:
    """An organisation with two records of each kind in which no field has its default value."""
    pool: Pool = {
        kind.name: [str(uuid.uuid5(uuid.UUID(DOCUMENT), f"{kind.name} {n}")) for n in range(2)]
        for kind in KINDS.values()
    }
    made = []
    for kind in KINDS.values():
        for number, id_ in enumerate(pool[kind.name]):
            values = {name: filled_value(kind.of, name, pool, number) for name in kind.specs}
            made.append(kind.of(id=id_, code=f"{kind.prefix}-{number}", **values))
    return Organisation(DOCUMENT, made)


def filled_value(of: type, name: str, pool: Pool, number: int = 0) -> Any:
    """A value of field ``name`` of ``of`` that is not its default."""
    spec, default = specs(of)[name], default_of(of, name)
    if name == "highest_marking":
        return "restricted"
    targets = [id_ for kind in spec.kinds for id_ in pool[kind]]
    low = int(spec.low or 0)
    return {
        FieldType.TEXT: f"{name} å{number}",
        FieldType.LONG_TEXT: f"{name} å\n{number}",
        FieldType.NUMBER: 0.25,
        FieldType.DATE: dt.date(2027, 1, 25),
        FieldType.FLAG: not default,
        FieldType.CHOICE: next((code for code, _ in spec.choices if code != default), None),
        FieldType.CHOICES: tuple(code for code, _ in spec.choices[:2]),
        FieldType.TAGS: ("tag", "tagg å"),
        FieldType.REF: targets[number] if targets else None,
        FieldType.REFS: tuple(targets[:2]),
        FieldType.VALUE: _filled_nested(spec.value, pool),
        FieldType.VALUES: (_filled_nested(spec.value, pool),),
        FieldType.PLAIN: {},
    }.get(spec.type, next(n for n in (low + 1, low, low + 2) if n != default))


def _filled_nested(of: type | None, pool: Pool) -> Any:
    if of is None:
        return None
    if of is Change:
        return Change(kind="resource", target=pool["resource"][0], values={"restart_order": 3})
    return of(**{name: filled_value(of, name, pool) for name in specs(of)})


# --- results -----------------------------------------------------------------------------------


def of_type(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type such as the fields of a result have."""
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        if arguments[-1] is Ellipsis:
            return st.lists(of_type(arguments[0]), max_size=2).map(tuple)
        return st.tuples(*map(of_type, arguments))
    if isinstance(hint, types.UnionType):
        return st.one_of(*map(of_type, reversed(arguments)))
    if dataclasses.is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        return st.builds(
            hint, **{field.name: of_type(hints[field.name]) for field in dataclasses.fields(hint)}
        )
    return _PLAIN_TYPES[hint]


_PLAIN_TYPES: dict[Any, st.SearchStrategy[Any]] = {
    str: WORDS,
    int: st.integers(-(2**53), 2**53),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    dt.date: st.dates(),
    dt.datetime: st.datetimes(timezones=st.just(dt.UTC)),
    types.NoneType: st.none(),
}
