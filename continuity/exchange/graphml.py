"""GraphML both ways: elements as nodes, supplies as edges, every field of theirs as data.

What the graph holds comes back unchanged. A graph of another program gives resources and needs.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from continuity.exchange.files import write_text
from continuity.exchange.foreign import Foreign
from continuity.exchange.index import Index
from continuity.exchange.reading import Gathering
from continuity.exchange.writing import write_plain
from continuity.exchange.xml_text import escaped, local, read_xml, unescaped, write_tree
from continuity.model.fields import FieldType, Spec
from continuity.model.kinds import ELEMENTS, KINDS
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused

_SPACE = "http://graphml.graphdrawing.org/xmlns"
_OURS = "uthallig"
_TYPES = {
    FieldType.COUNT: "long", FieldType.SEK: "long", FieldType.PERMILLE: "long", FieldType.MILLI: "long",
    FieldType.FLAG: "boolean", FieldType.NUMBER: "double",
}  # fmt: skip
_KINDS_IN_WORDS = {
    "function": "function", "process": "function", "funktion": "function",
    "staff_group": "staff_group", "staff": "staff_group", "role": "staff_group", "personal": "staff_group",
}  # fmt: skip
_LABELS = ("name", "label", "title", "text", "description")
_UNDERSTOOD = (*_LABELS, "kind", "type", "category")


def write_graphml(organisation: Organisation, path: Path) -> None:
    """Write elements, needs and supplies of ``organisation`` as GraphML to ``path``."""
    write_text(path, write_tree(_Graph(organisation).root))


class _Graph:
    def __init__(self, organisation: Organisation) -> None:
        self.plain = write_plain(organisation)["records"]
        self.index = Index.of(organisation.document, organisation)
        self.root = ET.Element("graphml", {"xmlns": _SPACE})
        self.keys: dict[tuple[str, str], str] = {}
        self.graph = ET.Element("graph", {"id": "G", "edgedefault": "directed"})
        self._data(self.graph, "graph", f"{_OURS}_document", organisation.document)
        for kind in ELEMENTS:
            for record in self.plain.get(kind, ()):
                self._node(kind, record)
        for need in self.plain.get("need", ()):
            self._need(need)
        self.root.append(self.graph)

    def _id(self, kind: str, plain: dict[str, Any]) -> str:
        return str(plain.get("id") or self.index.derived(kind, plain["code"]))

    def _node(self, kind: str, plain: dict[str, Any]) -> None:
        node = ET.SubElement(self.graph, "node", {"id": self._id(kind, plain)})
        self._data(node, "node", "kind", kind)
        self._fields(node, "node", kind, plain)

    def _need(self, plain: dict[str, Any]) -> None:
        """Write a need as a node of its own, the element that has it and its suppliers as edges."""
        supplies = plain.pop("supplies", [])
        dependent = plain["dependent"]
        node = self._id("need", plain)
        self._node("need", plain)
        self._edge(self.index.resolve(ELEMENTS, dependent) or dependent, node, "needs")
        for place, supply in enumerate(supplies):
            element = self.index.resolve(ELEMENTS, supply["element"]) or supply["element"]
            edge = self._edge(node, element, "supply")
            code = supply.setdefault("code", f"{plain['code']}/{place + 1}")
            supply.setdefault("id", self.index.derived("supply", code))
            supply.setdefault("position", place)
            self._fields(edge, "edge", "supply", supply)

    def _edge(self, source: str, target: str, role: str) -> ET.Element:
        edge = ET.SubElement(self.graph, "edge", {"source": source, "target": target})
        self._data(edge, "edge", "role", role)
        return edge

    def _fields(self, element: ET.Element, domain: str, kind: str, plain: dict[str, Any]) -> None:
        for name, value in plain.items():
            self._data(element, domain, name, value, KINDS[kind].specs.get(name))

    def _data(
        self, element: ET.Element, domain: str, name: str, value: Any, spec: Spec | None = None
    ) -> None:
        key = self.keys.get((domain, name))
        if key is None:
            key = self.keys[domain, name] = f"{domain}_{name}"
            type_ = _TYPES.get(spec.type, "string") if spec else "string"
            attributes = {"id": key, "for": domain, "attr.name": name, "attr.type": type_}
            self.root.append(ET.Element("key", attributes))
        data = ET.SubElement(element, "data", {"key": key})
        data.text = escaped(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


# --- reading ------------------------------------------------------------------------------------


def read_graphml(path: Path, present: Organisation) -> tuple[Organisation, list[Problem]]:
    """Return the organisation of a graph, and remarks on what of it was not understood.

    What it refers to may stand in ``present``, into which it is to be taken.
    """
    root = read_xml(path)
    graph = next((one for one in root.iter() if local(one.tag) == "graph"), None)
    if local(root.tag) != "graphml" or graph is None:
        raise Refused([Problem("not-graphml", facts={"file": str(path)})], path)
    names = {
        one.get("id", ""): one.get("attr.name", one.get("id", "")) for one in root if local(one.tag) == "key"
    }
    ours = _values(graph, names).get(f"{_OURS}_document")
    if ours:
        return _own(path, graph, names, ours, present), []
    return _foreign(path, graph, names, present)


def _values(element: ET.Element, names: dict[str, str]) -> dict[str, str]:
    return {
        names.get(one.get("key", ""), one.get("key", "")): "".join(one.itertext())
        for one in element
        if local(one.tag) == "data"
    }


def _own(
    path: Path, graph: ET.Element, names: dict[str, str], document: str, present: Organisation
) -> Organisation:
    records: dict[str, list[dict[str, Any]]] = {}
    supplies: dict[str, list[dict[str, Any]]] = {}
    for edge in (one for one in graph if local(one.tag) == "edge"):
        values = _values(edge, names)
        if values.pop("role", "") == "supply":
            plain = _plain("supply", values)
            plain["element"] = edge.get("target", "")
            supplies.setdefault(edge.get("source", ""), []).append(plain)
    for node in (one for one in graph if local(one.tag) == "node"):
        values = _values(node, names)
        kind = values.pop("kind", "")
        if kind not in KINDS:
            facts: dict[str, object] = {"value": kind, "known": ", ".join(ELEMENTS)}
            raise Refused([Problem("unknown-kind", path=node.get("id", ""), facts=facts)], path)
        plain = _plain(kind, values)
        plain["id"] = node.get("id", "")
        if kind == "need":
            found = supplies.get(node.get("id", ""), [])
            plain["supplies"] = sorted(found, key=lambda one: one.get("position", 0))
        records.setdefault(kind, []).append(plain)
    return _organisation(path, document, records, present)


def _plain(kind: str, values: dict[str, str]) -> dict[str, Any]:
    """Return the fields as they stand in JSON organisations: texts as texts, the rest as it is written."""
    plain: dict[str, Any] = {}
    for name, text in values.items():
        spec = KINDS[kind].specs.get(name)
        if name == "position" or (spec is not None and spec.type not in _AS_TEXT):
            try:
                plain[name] = json.loads(text)
            except ValueError:
                plain[name] = text  # what people wrote, such as 72 h
        else:
            plain[name] = unescaped(text)
    return plain


_AS_TEXT = (
    FieldType.TEXT,
    FieldType.LONG_TEXT,
    FieldType.CHOICE,
    FieldType.REF,
    FieldType.DATE,
    FieldType.CLOCK,
)


def _organisation(path: Path, document: str, records: dict[str, Any], present: Organisation) -> Organisation:
    """Return the organisation; references to what neither it nor ``present`` holds are left out."""
    gathering = Gathering(document)
    wider = Index.of(document, present)
    gathering.records(_without_strangers(records, Index(document, wider=wider)), "graph")
    gathering.index.wider = wider
    try:
        return gathering.organisation()
    except Refused as refused:
        raise Refused(refused.problems, path) from None


def _without_strangers(records: dict[str, list[dict[str, Any]]], index: Index) -> dict[str, Any]:
    for kind, found in records.items():
        for plain in found:
            index.put(kind, str(plain["id"]), str(plain.get("code", "")))
    return {
        kind: [
            {name: kept for name, value in plain.items()
             if (kept := _known(kind, name, value, index)) is not None}
            for plain in found
        ]
        for kind, found in records.items()
    }  # fmt: skip


def _known(kind: str, name: str, value: Any, index: Index) -> Any:
    if name == "supplies":
        return [
            {inner: kept for inner, one in plain.items()
             if (kept := _known("supply", inner, one, index)) is not None}
            for plain in value
        ]  # fmt: skip
    spec = KINDS[kind].specs.get(name)
    if spec is not None and spec.type is FieldType.REF and not index.resolve(spec.kinds, str(value)):
        return None
    if spec is not None and spec.type is FieldType.REFS and isinstance(value, list):
        return [one for one in value if index.resolve(spec.kinds, str(one))]
    return value


def _foreign(
    path: Path, graph: ET.Element, names: dict[str, str], present: Organisation
) -> tuple[Organisation, list[Problem]]:
    """Read a graph of another program: nodes are resources, an edge says that its source needs its target."""
    foreign = Foreign(present, str(path))
    skipped: Counter[str] = Counter()
    for node in graph.iter():
        if local(node.tag) == "node":
            values = _values(node, names)
            foreign.element(node.get("id", ""), _kind_in(values), _label(values, node), _note(values))
            skipped.update(name for name in values if name.casefold() not in _UNDERSTOOD)
    for edge in graph.iter():
        if local(edge.tag) == "edge":
            foreign.need(edge.get("source", ""), edge.get("target", ""))
        elif local(edge.tag) == "hyperedge":
            foreign.skip("hyperedge")
    for name, count in skipped.items():
        foreign.skipped[name] += count
    return foreign.organisation(), foreign.remarks()


def _label(values: dict[str, str], node: ET.Element) -> str:
    folded = {name.casefold(): text for name, text in values.items()}
    found = next((text for name in _LABELS if (text := " ".join(folded.get(name, "").split()))), "")
    if not found:  # yEd keeps it deep inside its drawing
        found = next(
            (" ".join((one.text or "").split()) for one in node.iter() if local(one.tag) == "NodeLabel"), ""
        )
    return found or node.get("id", "")


def _kind_in(values: dict[str, str]) -> str:
    folded = {name.casefold(): text.strip().casefold() for name, text in values.items()}
    named = folded.get("kind") or folded.get("type") or folded.get("category") or ""
    return _KINDS_IN_WORDS.get(named, "resource")


def _note(values: dict[str, str]) -> str:
    return next((text for name, text in values.items() if name.casefold() == "description"), "")
