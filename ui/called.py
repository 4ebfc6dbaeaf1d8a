"""What people call a record that has no telling name of its own."""

from __future__ import annotations

from continuity.model.kinds import Event, Need, Record, Stage, Supply
from continuity.model.organisation import Organisation
from continuity.words import _
from ui.shown import name_of


def record_said(organisation: Organisation, record: Record | None) -> str:
    """Return what people call a record; a need or a supply by those it joins."""
    match record:
        case Need():
            dependent = name_of(organisation.get(record.dependent))
            return _("“{need}” of {dependent}", need=record.name, dependent=dependent)
        case Supply():
            need = record_said(organisation, organisation.get(record.need))
            return _("{element} for {need}", element=name_of(organisation.get(record.element)), need=need)
        case Stage():
            stream = name_of(organisation.get(record.stream))
            return _("“{part}” of {whole}", part=record.name, whole=stream)
        case Event():
            scenario = name_of(organisation.get(record.scenario))
            return _("“{part}” of {whole}", part=record.name, whole=scenario)
    return name_of(record)
