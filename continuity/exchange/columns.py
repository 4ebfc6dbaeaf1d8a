"""The columns of a kind in a sheet: its fields, nested values laid flat, and the words for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from continuity.model.fields import N_, FieldType, Spec, specs
from continuity.model.kinds import ELEMENTS, KINDS, Kind

#: Translates an English source text.
Say = Callable[[str], str]

ID = Spec(FieldType.TEXT, N_("Id (do not change)"), hidden=True)
CODE = Spec(FieldType.TEXT, N_("Code"), help=N_("Short and unique; leave blank to have one made."))
NEEDS = Spec(
    FieldType.REFS,
    N_("Needs (one for each supplier)"),
    help=N_("What it cannot do without: each name becomes a need of its own."),
    kinds=ELEMENTS,
)
LIST_PARENT = "of"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where its value goes (``code``, ``mtpd``, ``repair.law``) and how it is declared."""

    path: str
    spec: Spec
    over: Spec | None = None  # the nested value of which it is a part

    def label(self, say: Say) -> str:
        """Return the heading in the language of ``say``."""
        own = say(self.spec.label)
        return f"{say(self.over.label)}: {own}" if self.over else own


@cache
def columns_of(kind: str) -> dict[str, Column]:
    """Return the columns of ``kind`` by path; lists of nested values have tables of their own."""
    found = {"id": Column("id", ID), "code": Column("code", CODE)}
    ordered = sorted(KINDS[kind].specs.items(), key=lambda item: item[0] not in ("name", "what"))
    for name, spec in ordered:
        if spec.type is FieldType.VALUE:
            for inner, inner_spec in specs(spec.value).items():
                found[f"{name}.{inner}"] = Column(f"{name}.{inner}", inner_spec, spec)
        elif spec.type is not FieldType.VALUES:
            found[name] = Column(name, spec)
    return found


@cache
def mappable(kind: str) -> dict[str, Column]:
    """Return the columns that a sheet of other make can be mapped to: those of the kind, and its needs."""
    found = dict(columns_of(kind))
    if kind in ELEMENTS:
        found["needs"] = Column("needs", NEEDS)
    return found


def list_fields(kind: Kind) -> dict[str, Spec]:
    """Return the fields of ``kind`` that hold lists of nested values: each is a table of its own."""
    return {name: spec for name, spec in kind.specs.items() if spec.type is FieldType.VALUES}


@cache
def columns_of_list(kind: str, field: str) -> dict[str, Column]:
    """Return the columns of the table of a list: whose it is, then the values."""
    spec = KINDS[kind].specs[field]
    parent = Spec(FieldType.REF, KINDS[kind].label, kinds=(kind,), required=True)
    found = {LIST_PARENT: Column(LIST_PARENT, parent)}
    for name, inner in specs(spec.value).items():
        found[name] = Column(name, inner)
    return found
