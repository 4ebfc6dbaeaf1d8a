"""The map's verbs as edits: add, move, connect, rename, arrange; and why a connection is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from continuity.model.edits import Add, Group, amend
from continuity.model.kinds import KINDS, Element, Need, Supply
from continuity.model.layout import Place
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.words import _
from ui.making import as_inside, connection, made

#: What can be added: kind and, for resources, the category.
ADDABLE: tuple[tuple[str, str], ...] = (
    ("function", ""),
    ("staff_group", ""),
    *(("resource", code) for code, _label in KINDS["resource"].specs["category"].choices),
)


def addition(organisation: Organisation, kind: str, category: str, place: Place) -> Add:
    """Return the edit that adds an element at ``place``."""
    values: dict[str, object] = {"x": place[0], "y": place[1]}
    if category:
        spec = KINDS["resource"].specs["category"]
        values |= {
            "category": category,
            "name": _("New resource ({kind})", kind=as_inside(_(spec.choice_label(category)))),
        }
    record = made(organisation, KINDS[kind], **values)
    assert record is not None  # elements refer to nothing that must be there
    return Add(record)


def move(organisation: Organisation, places: Mapping[str, Place], verb: str = "move") -> Group:
    """Return the edit that puts elements at ``places``."""
    found = ((organisation.of(Element, id_), place) for id_, place in places.items())
    return Group(verb, tuple(amend(e, x=x, y=y) for e, (x, y) in found if e is not None))


def without_place(organisation: Organisation, places: Mapping[str, Place]) -> dict[str, Place]:
    """Return those of ``places`` whose element has none of its own in the document."""
    found = {}
    for id_, place in places.items():
        element = organisation.of(Element, id_)
        if element is not None and (element.x is None or element.y is None):
            found[id_] = place
    return found


def arrangement(organisation: Organisation, places: Mapping[str, Place]) -> Group:
    """Return the edit that gives every element the place of a new layout."""
    found = ((organisation.of(Element, id_), place) for id_, place in places.items())
    return Group("layout", tuple(amend(e, x=x, y=y) for e, (x, y) in found if e is not None))


def connect(organisation: Organisation, supplier: str, dependent: str) -> Group | Problem:
    """Return the edit that makes ``dependent`` need ``supplier``, or why it cannot be."""
    one, other = organisation.of(Element, supplier), organisation.of(Element, dependent)
    if one is None or other is None:
        return Problem("no-such-record")
    if problem := refusal(organisation, one, other):
        return problem
    return connection(organisation, one, other)


def refusal(organisation: Organisation, supplier: Element, dependent: Element) -> Problem | None:
    """Return why ``dependent`` may not be made to need ``supplier``; None if it may."""
    if supplier.id == dependent.id:
        return Problem("connect-itself", facts={"record": dependent.name})
    for referrer in organisation.referrers(supplier.id):
        if isinstance(referrer, Supply) and referrer.element == supplier.id:
            need = organisation.of(Need, referrer.need)
            if need is not None and need.dependent == dependent.id:
                return Problem("connect-twice", facts={"record": supplier.name, "need": need.name})
    return None


def allowed_ends(organisation: Organisation, start: str, *, out: bool) -> set[str]:
    """Return the elements at which a line from ``start`` may end."""
    begin = organisation.of(Element, start)
    if begin is None:
        return set()
    pairs = ((e, (begin, e) if out else (e, begin)) for e in organisation.elements)
    return {e.id for e, (supplier, dependent) in pairs if refusal(organisation, supplier, dependent) is None}


def elements_only(organisation: Organisation, ids: Iterable[str]) -> list[Element]:
    """Return those of ``ids`` that are elements."""
    return [e for id_ in ids if (e := organisation.of(Element, id_)) is not None]


def nearest(places: Mapping[str, Place], start: str, direction: tuple[int, int]) -> str | None:
    """Return the element nearest to ``start`` in a direction (one of the four), straight ahead first."""
    x, y = places[start]
    best: tuple[float, str] | None = None
    for id_, (ox, oy) in places.items():
        ahead = (ox - x) * direction[0] + (oy - y) * direction[1]
        aside = abs((ox - x) * direction[1]) + abs((oy - y) * direction[0])
        if id_ != start and ahead > 0 and ahead >= aside * 0.4:
            score = (ahead + 2.5 * aside, id_)
            best = min(best, score) if best else score
    return best[1] if best else None
