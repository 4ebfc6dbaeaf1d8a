"""What a look at the map lets through, and the groups that elements fall into."""

from __future__ import annotations

from dataclasses import dataclass

from continuity.model.kinds import KINDS, Element, Function, Resource, Role, Site, View, kind_of
from continuity.model.organisation import Organisation
from continuity.words import _, current
from ui.picker import icon_of

#: The look of a map that nobody has changed: a view that has no name yet.
PLAIN = View(id="", code="", name="")
_FILTERS = ("kinds", "categories", "sites", "units", "tags", "words", "in_use_only")


def is_filtered(look: View) -> bool:
    """Tell whether ``look`` leaves anything out by a filter."""
    return any(getattr(look, name) for name in _FILTERS)


def unfiltered() -> dict[str, object]:
    """Return the values of a look without any filter."""
    return {name: getattr(PLAIN, name) for name in _FILTERS}


def unit_of(organisation: Organisation, element: Element) -> str:
    """Return the unit that an element belongs to: its own, else that of its owner."""
    if isinstance(element, Function) and element.unit:
        return element.unit
    owner = organisation.of(Role, element.owner)
    return owner.unit if owner is not None else ""


def passes(organisation: Organisation, element: Element, look: View) -> bool:
    """Tell whether the filters of ``look`` let ``element`` through."""
    if look.in_use_only and not element.in_use:
        return False
    if look.kinds and kind_of(element).name not in look.kinds:
        return False
    if look.categories and isinstance(element, Resource) and element.category not in look.categories:
        return False
    if look.sites and element.site not in look.sites:
        return False
    if look.tags and not set(look.tags) & set(element.tags):
        return False
    if look.units and unit_of(organisation, element) not in look.units:
        return False
    sought = f"{element.name} {element.code}".casefold()
    return all(word in sought for word in look.words.casefold().split())


@dataclass(frozen=True, slots=True)
class Grouped:
    """One group: its key in saved views, what it is called, and who is in it."""

    key: str
    label: str
    sign: str
    members: tuple[str, ...]


def group_of(organisation: Organisation, element: Element, grouping: str) -> str:
    """Return the key of the group of ``element``; "" where it has no site or unit."""
    if grouping == "site":
        return element.site or ""
    if grouping == "unit":
        return unit_of(organisation, element)
    return element.category if isinstance(element, Resource) else kind_of(element).name


def groups(organisation: Organisation, elements: list[Element], grouping: str) -> list[Grouped]:
    """Return the groups of ``elements``, by what they are called; those without one come last."""
    held: dict[str, list[Element]] = {}
    for element in elements:
        held.setdefault(group_of(organisation, element, grouping), []).append(element)
    found = [
        Grouped(key, _label(organisation, key, grouping), _sign(members, grouping), _ids(members))
        for key, members in held.items()
    ]
    return sorted(found, key=lambda group: (not group.key, current().sort_key(group.label)))


def _ids(members: list[Element]) -> tuple[str, ...]:
    return tuple(member.id for member in members)


def _sign(members: list[Element], grouping: str) -> str:
    return {"site": "site", "unit": "agency"}.get(grouping) or icon_of(members[0])


def _label(organisation: Organisation, key: str, grouping: str) -> str:
    if grouping == "site":
        site = organisation.of(Site, key)
        return site.name if site is not None else _("No site")
    if grouping == "unit":
        return key or _("No unit")
    if key in KINDS:
        return _(KINDS[key].plural)
    category = KINDS["resource"].specs["category"]
    return _(category.choice_label(key))
