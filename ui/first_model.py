"""A first model from fourteen answers: one benefit, followed backwards from the pay day to the power."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from continuity.model.edits import Add, Edit, Group
from continuity.model.fields import FieldType, Spec
from continuity.model.ids import new_id
from continuity.model.kinds import (
    Agency,
    Function,
    Gap,
    Need,
    Record,
    Resource,
    Site,
    StaffGroup,
    Stage,
    Stream,
    Supply,
)
from continuity.model.values import PayDay
from continuity.words import N_, _


def _ask(kind: FieldType, question: str, example: str, **spec: Any) -> Spec:
    return Spec(type=kind, label=question, help=example, optional=True, **spec)


#: The questions in order. A blank answer becomes an open question in the document.
QUESTIONS: dict[str, Spec] = {
    "agency": _ask(FieldType.TEXT, N_("What is the agency called?"), ""),
    "benefit": _ask(
        FieldType.TEXT, N_("Which benefit do you begin with?"), N_("For instance housing allowance.")
    ),
    "payees": _ask(FieldType.COUNT, N_("How many are paid each month?"), "", low=0),
    "amount": _ask(
        FieldType.SEK, N_("How much does each of them get on average?"), N_("In kronor each month."), low=1
    ),
    "day": _ask(FieldType.COUNT, N_("On which day of the month?"), "", low=1, high=31),
    "hardship": _ask(
        FieldType.COUNT, N_("After how many days without it are those who live on it in need?"), "", low=0
    ),
    "bank": _ask(
        FieldType.TEXT, N_("Which bank takes the payment file?"), N_("For instance the framework bank.")
    ),
    "cutoff": _ask(
        FieldType.CLOCK,
        N_("At what time must the bank have the file, the bank day before?"),
        N_("After that the file does not arrive in time."),
        low=0,
        high=1439,
    ),
    "system": _ask(FieldType.TEXT, N_("In which system is the payment file made?"), ""),
    "register": _ask(FieldType.TEXT, N_("Where are the decisions that it pays from?"), ""),
    "people": _ask(FieldType.TEXT, N_("Which group makes, checks and sends it?"), ""),
    "headcount": _ask(FieldType.COUNT, N_("How many are they?"), "", low=0),
    "room": _ask(FieldType.TEXT, N_("In which building do they and the system work?"), ""),
    "power": _ask(
        FieldType.MINUTES,
        N_("How long does the building manage without power from the grid?"),
        N_("Diesel and batteries together."),
        low=0,
    ),
}


@dataclass(slots=True)
class _Builder:
    records: list[Record]
    counts: dict[str, int]

    def code(self, prefix: str) -> str:
        self.counts[prefix] = self.counts.get(prefix, 0) + 1
        return f"{prefix}{self.counts[prefix]}"

    def add(self, of: type, prefix: str, **values: Any) -> Any:
        record = of(id=new_id(), code=values.pop("code", None) or self.code(prefix), **values)
        self.records.append(record)
        return record

    def need(self, dependent: Record | None, supplier: Record | None, **values: Any) -> None:
        if dependent is None or supplier is None:
            return
        name = getattr(supplier, "name", supplier.code)
        need = self.add(Need, "N", dependent=dependent.id, name=name, **values)
        self.add(Supply, "U", code=f"{need.code}/1", need=need.id, element=supplier.id)


def first_model(answers: Mapping[str, Any]) -> Edit:
    """Return the edit that builds the model of ``answers`` (by question; None or "" is blank)."""
    build = _Builder([], {})
    benefit = answers.get("benefit") or _("Our benefit")
    if answers.get("agency"):
        build.add(Agency, "A", name=answers["agency"])
    chain = _elements(build, answers, benefit)
    _payment(build, answers, benefit, chain)
    for name, spec in QUESTIONS.items():
        if answers.get(name) in (None, ""):
            build.add(Gap, "G", name=_("Find out: {question}", question=_(spec.label)))
    return Group("add", tuple(Add(record) for record in build.records))


def _elements(build: _Builder, answers: Mapping[str, Any], benefit: str) -> dict[str, Any]:
    chain: dict[str, Any] = {}
    pay = chain["pay"] = build.add(Function, "F", name=_("Pay {benefit}", benefit=benefit))
    site = build.add(Site, "S", name=answers["room"]) if answers.get("room") else None
    where = site.id if site else None
    categories = {"bank": "finance", "system": "ict", "register": "information", "room": "premises"}
    for name, category in categories.items():
        if answers.get(name):
            place = where if name in ("system", "room") else None
            chain[name] = build.add(Resource, "R", name=answers[name], category=category, site=place)
    if answers.get("people"):
        count = answers.get("headcount")
        headcount = {"headcount": count} if count is not None else {}
        chain["people"] = build.add(StaffGroup, "P", name=answers["people"], site=where, **headcount)
    if answers.get("power") is not None or answers.get("room"):
        chain["grid"] = build.add(Resource, "R", name=_("Power from the grid"), category="power")
    for supplier in ("system", "people", "room", "bank"):
        build.need(pay, chain.get(supplier))
    build.need(chain.get("system"), chain.get("register"))
    build.need(chain.get("system"), chain.get("room"))
    build.need(chain.get("room"), chain.get("grid"), autonomy=answers.get("power") or 0)
    return chain


def _payment(build: _Builder, answers: Mapping[str, Any], benefit: str, chain: Mapping[str, Any]) -> None:
    days = (PayDay(day=answers["day"], share=1000),) if answers.get("day") else ()
    known = {field: answers[name] for name, field in _STREAM_FIELDS if answers.get(name) is not None}
    function = chain["pay"].id
    stream = build.add(Stream, "B", name=benefit, benefit=benefit, pay_days=days, function=function, **known)
    bank, cutoff = chain.get("bank", chain["pay"]), answers.get("cutoff")
    for place, (name, element, opens, reaches) in enumerate(
        (
            (_("Make the file"), chain.get("system", chain["pay"]), 3, "made"),
            (_("Check and send the file"), chain["pay"], 2, "sent"),
            (_("The bank executes the file"), bank, 1, "executed"),
            (_("The payee can use the money"), bank, 0, "usable"),
        )
    ):
        gone = {"cutoff_days": 1, "cutoff_at": cutoff} if reaches == "sent" and cutoff is not None else {}
        build.add(
            Stage, "T", code=f"{stream.code}/{place + 1}", stream=stream.id, position=place, name=name,
            element=element.id, opens_days=opens, work=30, reaches=reaches, **gone,
        )  # fmt: skip


_STREAM_FIELDS = (("payees", "payees"), ("amount", "amount"), ("hardship", "hardship_days"))
