"""What a measure changes, in words: from what to what."""

from __future__ import annotations

from typing import Any

from continuity.model.fields import Spec
from continuity.model.kinds import KINDS, Measure, Record
from continuity.model.organisation import Organisation
from continuity.model.payload import Reader
from continuity.model.values import Change
from continuity.words import _
from ui.called import record_said
from ui.shown import shown


def changes_said(organisation: Organisation, measure: Measure) -> list[str]:
    """Return each change of ``measure`` as a line of its own."""
    added = {c.target: c for c in measure.changes if c.action == "add"}
    lines = []
    for change in measure.changes:
        lines += _said(organisation, change, added)
    return lines


def _said(organisation: Organisation, change: Change, added: dict[str, Change]) -> list[str]:
    kind = KINDS.get(change.kind)
    if kind is None:
        return [f"{change.kind} {change.target}"]
    id_ = organisation.resolve((kind.name,), change.target)
    record = organisation.get(id_)
    match change.action:
        case "add":
            return [_added(organisation, change, added)]
        case "remove":
            return [_("{what} is taken away", what=record_said(organisation, record) or change.target)]
    if record is None:
        return [_("{code} is changed, but is not in the model", code=change.target)]
    return [
        _field(organisation, record, name, spec, change.values[name])
        for name, spec in kind.specs.items()
        if name in change.values
    ]


def _field(organisation: Organisation, record: Record, name: str, spec: Spec, raw: object) -> str:
    old = shown(spec, getattr(record, name), organisation) or "–"
    new = shown_plain(organisation, spec, raw) or "–"
    return _(
        "{what}: {field} from {old} to {new}",
        what=record_said(organisation, record),
        field=_(spec.label).lower(),
        old=old,
        new=new,
    )


def _added(organisation: Organisation, change: Change, added: dict[str, Change]) -> str:
    """Return an addition: a supply as who supplies what, anything else by kind and name."""
    kind, values = KINDS[change.kind], change.values

    def named(field: str) -> str:
        target = str(values.get(field) or "")
        record = organisation.get(organisation.resolve(kind.specs[field].kinds, target))
        if record is not None:
            return record_said(organisation, record)
        twin = added.get(target)
        return str(twin.values.get("name") or target) if twin else target

    if kind.name == "supply":
        facts = [
            shown_plain(organisation, kind.specs[name], values[name])
            for name in ("capacity", "activation_delay", "endurance")
            if values.get(name) is not None
        ]
        standby = _("standby") if values.get("standby") else _("ordinary supply")
        more = f" ({', '.join([standby, *facts])})"
        return _("New: {element} supplies {need}", element=named("element"), need=named("need")) + more
    name = str(values.get("name") or change.target)
    return _("New {kind}: {name}", kind=_(kind.label).lower(), name=name)


def shown_plain(organisation: Organisation, spec: Spec, raw: object) -> str:
    """Return a plain value as people read it; as it stands where it is not one."""
    reader = Reader(lambda kinds, text: organisation.resolve(kinds, text) or text)
    value: Any = reader.value(spec, raw, "")
    return shown(spec, value, organisation) if not reader.problems else str(raw)
