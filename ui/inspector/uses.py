"""Who refers to the chosen record: what depends on it, and everything else that names it."""

from __future__ import annotations

from collections import defaultdict

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from continuity.model.kinds import Element, Event, Need, Record, Resource, Supply, kind_of
from continuity.model.organisation import Organisation
from continuity.words import _
from ui.desk import Desk
from ui.picker import icon_of
from ui.shown import name_of
from ui.theme import theme
from ui.theme.icons import icon

_MOST = 60  # lines per heading; the tables show the rest


def uses(organisation: Organisation, record: Record) -> dict[str, list[Record]]:
    """Return the records to show under each heading (English source words)."""
    found: dict[str, list[Record]] = defaultdict(list)
    for referrer in organisation.referrers(record.id):
        if isinstance(referrer, Need) and isinstance(record, Element):
            continue  # its own need, on the tab beside
        if isinstance(referrer, Supply) and isinstance(record, Element):
            need = organisation.of(Need, referrer.need)
            dependent = organisation.get(need.dependent) if need else None
            if dependent is not None and dependent not in found[_("What depends on it")]:
                found[_("What depends on it")].append(dependent)
            continue
        kind = kind_of(referrer)
        shown: Record | None = referrer
        if kind.parent:
            shown = organisation.get(getattr(referrer, kind.parent))
        heading = _(kind_of(shown).plural) if shown else ""
        if shown is not None and shown.id != record.id and shown not in found[heading]:
            found[heading].append(shown)
    if isinstance(record, Element):
        for event in _hitting(organisation, record):
            found[_("Events that hit it")].append(event)
    return {heading: records for heading, records in found.items() if records}


def _hitting(organisation: Organisation, element: Element) -> list[Event]:
    found = []
    for event in organisation.all(Event):
        by_tag = bool(set(event.tags) & set(element.tags))
        by_site = element.site is not None and element.site in event.sites
        by_category = isinstance(element, Resource) and element.category in event.categories
        selectors = [
            by
            for given, by in ((event.tags, by_tag), (event.sites, by_site), (event.categories, by_category))
            if given
        ]
        if element.id in event.elements or (selectors and all(selectors)):
            found.append(event)
    return found


class UsesPage(QWidget):
    """Headings with the records below them; a press leads there."""

    go_to = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.record: Record | None = None
        self._shown: dict[str, list[Record]] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.grid(1.5), theme.grid(1), theme.grid(1.5), theme.grid(1))
        self._column.setSpacing(0)

    def show_record(self, record: Record) -> None:
        """Show who refers to ``record``."""
        session = self.desk.session
        if session is None:
            return
        found = uses(session.organisation, record)
        self.record = record
        if found == self._shown:
            return
        self._shown = found
        while (item := self._column.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        for heading, records in found.items():
            self._add_heading(heading)
            for one in records[:_MOST]:
                self._add_line(one)
            if len(records) > _MOST:
                self._add_note(_("… and {count} more.", count=len(records) - _MOST))
        if not found:
            self._add_note(_("Nothing refers to it yet."))
        self._column.addStretch(1)

    def _add_heading(self, text: str) -> None:
        label = QLabel(text)
        label.setProperty("role", "caption")
        label.setContentsMargins(0, theme.grid(1), 0, theme.grid(0.5))
        self._column.addWidget(label)

    def _add_note(self, text: str) -> None:
        label = QLabel(text)
        label.setProperty("role", "muted")
        label.setWordWrap(True)
        self._column.addWidget(label)

    def _add_line(self, record: Record) -> None:
        button = QPushButton(self._text(record))
        button.setProperty("role", "link")
        button.setIcon(icon(icon_of(record), "muted"))
        button.setToolTip(f"{_(kind_of(record).label)} {record.code}")
        button.setMinimumWidth(theme.px(80))
        button.clicked.connect(lambda: self.go_to.emit(record.id))
        self._column.addWidget(button)

    def _text(self, record: Record) -> str:
        session = self.desk.session
        if isinstance(record, Event) and session is not None:
            return f"{name_of(session.organisation.get(record.scenario))}: {record.name}"
        return name_of(record)
