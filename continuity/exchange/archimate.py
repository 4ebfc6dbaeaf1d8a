"""ArchiMate models in the Open Exchange form: elements and relations as functions, resources and needs."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from continuity.exchange.files import refusal
from continuity.exchange.foreign import Foreign
from continuity.exchange.xml_text import local, read_xml
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem

_SPACE = "opengroup.org/xsd/archimate"
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"

_FUNCTION: tuple[str, dict[str, Any]] = ("function", {})
_STAFF: tuple[str, dict[str, Any]] = ("staff_group", {})


def _resource(category: str) -> tuple[str, dict[str, Any]]:
    return "resource", {"category": category}


#: What each type of element becomes; types that are not here have no place in a continuity model.
ELEMENT_TYPES: dict[str, tuple[str, dict[str, Any]]] = {
    **dict.fromkeys(
        ("BusinessProcess", "BusinessFunction", "BusinessService", "Capability", "ValueStream"), _FUNCTION
    ),
    **dict.fromkeys(("BusinessActor", "BusinessRole", "BusinessCollaboration"), _STAFF),
    **dict.fromkeys(
        ("ApplicationComponent", "ApplicationCollaboration", "ApplicationService", "ApplicationFunction",
         "ApplicationProcess", "ApplicationInterface", "Node", "SystemSoftware", "TechnologyService",
         "TechnologyFunction", "TechnologyProcess", "TechnologyInterface", "TechnologyCollaboration"),
        _resource("ict"),
    ),
    **dict.fromkeys(
        ("DataObject", "BusinessObject", "Artifact", "Representation", "Contract"), _resource("information")
    ),
    **dict.fromkeys(("Device", "Equipment"), _resource("equipment")),
    **dict.fromkeys(("CommunicationNetwork", "Path"), _resource("telecom")),
    **dict.fromkeys(("Facility", "Location"), _resource("premises")),
    "DistributionNetwork": _resource("power"),
    "Material": _resource("equipment"),
    "Product": _resource("supplier"),
    "Resource": _resource("ict"),
}  # fmt: skip

#: Relations that are needs: True where the source needs the target, False the other way round.
RELATION_TYPES: dict[str, bool] = {
    "Serving": False,  # the source serves the target: the target needs it
    "Realization": False,
    "Assignment": False,  # the active source performs the target
    "Composition": True,
    "Aggregation": True,
    "Access": True,
    "Triggering": False,
    "Flow": False,
}


def read_archimate(path: Path, present: Organisation) -> tuple[Organisation, list[Problem]]:
    """Return the organisation of an ArchiMate model, and remarks on what of it has no place here."""
    root = read_xml(path)
    if local(root.tag) != "model" or _SPACE not in root.tag:
        raise refusal("not-archimate", path)
    foreign = Foreign(present, str(path))
    for element in _children(root, "elements", "element"):
        _take(foreign, element)
    for relation in _children(root, "relationships", "relationship"):
        kind = _type(relation)
        towards = RELATION_TYPES.get(kind)
        ends = relation.get("source", ""), relation.get("target", "")
        if towards is None:
            foreign.skip(kind or "relationship")
        elif towards:
            foreign.need(*ends)
        else:
            foreign.need(ends[1], ends[0])
    for name in ("views", "propertyDefinitions", "organizations"):
        if any(local(child.tag) == name for child in root):
            foreign.skip(name)
    return foreign.organisation(), foreign.remarks()


def _take(foreign: Foreign, element: ET.Element) -> None:
    kind = _type(element)
    becomes = ELEMENT_TYPES.get(kind)
    if becomes is None:
        foreign.skip(kind or "element")
        return
    name = _text(element, "name") or element.get("identifier", "")
    foreign.element(
        element.get("identifier", ""), becomes[0], name, _text(element, "documentation"), **becomes[1]
    )


def _children(root: ET.Element, group: str, name: str) -> list[ET.Element]:
    return [one for holder in root if local(holder.tag) == group for one in holder if local(one.tag) == name]


def _type(element: ET.Element) -> str:
    """Return the type without the prefix and the ending that older forms give it."""
    return element.get(_TYPE, "").rpartition(":")[2].removesuffix("Relationship")


def _text(element: ET.Element, name: str) -> str:
    """Return the Swedish text among those in several languages, else the first."""
    found = [one for one in element if local(one.tag) == name]
    swedish = [one for one in found if one.get("{http://www.w3.org/XML/1998/namespace}lang") == "sv"]
    return "".join((swedish or found)[0].itertext()).strip() if found else ""
