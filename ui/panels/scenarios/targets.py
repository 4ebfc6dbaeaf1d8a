"""What an event hits, as the engine will see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from continuity.model.kinds import Element, Event, Function, Resource, Site, StaffGroup
from continuity.model.organisation import Organisation


def targets(organisation: Organisation, event: Event) -> list[Element]:
    """Return the elements in use that ``event`` hits, by code.

    Selectors of different kinds narrow, values of one kind widen, listed elements are added. A staff
    loss selects among staff groups, an outage among the rest; a function is at no place.
    """
    listed = set(event.elements)
    tests = [test for wanted, test in _tests(organisation, event) if wanted]

    def selected(element: Element) -> bool:
        fits = isinstance(element, StaffGroup) == (event.type == "staff")
        return fits and bool(tests) and all(test(element) for test in tests)

    return [e for e in organisation.elements if e.in_use and (e.id in listed or selected(e))]


def _tests(
    organisation: Organisation, event: Event
) -> Iterator[tuple[tuple[str, ...], Callable[[Element], bool]]]:
    def site(element: Element) -> Site | None:
        return None if isinstance(element, Function) else organisation.of(Site, element.site)

    def area(element: Element, name: str) -> str:
        found = site(element)
        return getattr(found, name) if found else ""

    yield event.tags, lambda e: bool(set(e.tags) & set(event.tags))
    yield event.categories, lambda e: isinstance(e, Resource) and e.category in event.categories
    yield event.sites, lambda e: site(e) is not None and e.site in event.sites
    yield event.power_areas, lambda e: area(e, "power_area") in event.power_areas
    yield event.telecom_areas, lambda e: area(e, "telecom_area") in event.telecom_areas
    yield (
        event.styrel_classes,
        lambda e: isinstance(e, Resource) and str(e.styrel_class) in event.styrel_classes,
    )
