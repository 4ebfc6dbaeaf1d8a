"""What an event hits: elements by name, tag, site, category and area."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from continuity.model.kinds import Element, Event, Function, Resource, Site, StaffGroup
from continuity.model.organisation import Organisation

_Test = Callable[[Element], bool]


class Targets:
    """Finds what an event hits among the elements of an organisation."""

    def __init__(self, organisation: Organisation) -> None:
        self._elements = organisation.elements
        self._sites = {site.id: site for site in organisation.all(Site)}

    def of(self, event: Event) -> list[Element]:
        """Return the elements hit, in use or not, sorted by id.

        Selectors of different kinds narrow, values of one kind widen, listed elements are added. A staff
        loss selects among staff groups, an outage among resources and, by tag, functions.
        """
        listed = set(event.elements)
        tests = [test for values, test in self._tests(event) if values]
        hit = [e for e in self._elements if e.id in listed or _selects(event, tests, e)]
        return sorted(hit, key=lambda e: e.id)

    def _tests(self, event: Event) -> Iterator[tuple[tuple[str, ...], _Test]]:
        yield event.tags, lambda e: not set(event.tags).isdisjoint(e.tags)
        yield event.categories, lambda e: isinstance(e, Resource) and e.category in event.categories
        yield event.sites, lambda e: self._place(e) is not None and e.site in event.sites
        yield event.power_areas, lambda e: self._area(e, "power_area") in event.power_areas
        yield event.telecom_areas, lambda e: self._area(e, "telecom_area") in event.telecom_areas
        yield (
            event.styrel_classes,
            lambda e: isinstance(e, Resource) and str(e.styrel_class) in event.styrel_classes,
        )

    def _place(self, element: Element) -> Site | None:
        # A function is an ability, not a thing at a place: it falls with what it needs there.
        if isinstance(element, Function):
            return None
        return self._sites.get(element.site or "")

    def _area(self, element: Element, area: str) -> str:
        site = self._place(element)
        return getattr(site, area) if site and getattr(site, area) else "\0"


def _selects(event: Event, tests: list[_Test], element: Element) -> bool:
    if isinstance(element, StaffGroup) != (event.type == "staff"):
        return False
    return bool(tests) and all(test(element) for test in tests)
