"""The inspector: what is chosen, field by field, with what it needs and what needs it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import delete

from continuity.model.edits import Changes
from continuity.model.kinds import ELEMENTS, KINDS, Element, Kind, Record, kind_of
from continuity.words import N_, _, ngettext
from ui.background import Slices
from ui.desk import Desk
from ui.forms.form import RecordForm
from ui.inspector.needs import NeedsPage
from ui.inspector.parts import PartsPage
from ui.inspector.uses import UsesPage
from ui.picker import icon_of
from ui.shown import name_of
from ui.theme import theme
from ui.theme.icons import icon

ORIGIN = "inspector"
_IDLE = 400  # milliseconds after which there is time for what may be needed later
_FIELDS, _NEEDS, _USES = N_("Properties"), N_("Needs"), N_("Used by")


def child_kind(kind: Kind) -> Kind | None:
    """Return the kind of the parts of ``kind``, if it has parts."""
    return next(
        (k for k in KINDS.values() if k.parent and k.children and k.specs[k.parent].kinds == (kind.name,)),
        None,
    )


class Inspector(QFrame):
    """One page per kind and tab, made when first needed and then kept."""

    go_to = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setMinimumWidth(theme.px(288))
        self.desk = desk
        self.record: Record | None = None
        self._pages: dict[tuple[str, str], QWidget] = {}
        self._tab_of: dict[str, str] = {}
        self._warming: Slices | None = None
        self._build()
        desk.selected.connect(self._on_selected)
        desk.changed.connect(self._on_changes)
        desk.session_changed.connect(self.rebuild)
        self._show_none()

    # --- following -----------------------------------------------------------------------------

    def rebuild(self) -> None:
        """Make every page anew: another document, language, theme or zoom."""
        for page in self._pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self.record = None
        self._say_empty()
        self._on_selected(self.desk.selection, "")
        if self._warming is not None:
            self._warming.stop()
            self._warming.deleteLater()
        self._warming = Slices(self._warm_up(), self)
        QTimer.singleShot(_IDLE, self._warming, self._warming.start)

    def let_go(self) -> None:
        """Give up every page at once, before all that there is gets a new look."""
        if self._warming is not None:
            self._warming.stop()
        self._show_none()
        for page in self._pages.values():
            self.stack.removeWidget(page)
            delete(page)
        self._pages.clear()

    def _warm_up(self) -> Iterator[None]:
        """Make the forms of the elements before they are asked for, so that the first choice is quick."""
        for name in ELEMENTS if self.desk.session is not None else ():
            form = self._page(KINDS[name], _FIELDS).inside
            assert isinstance(form, RecordForm)
            yield from form.building()

    def retranslate(self) -> None:
        """Speak the language spoken now."""
        self.rebuild()

    def retheme(self) -> None:
        """Take the sizes and colours in force."""
        self.setMinimumWidth(theme.px(288))
        self.rebuild()

    def _on_selected(self, ids: tuple[str, ...], _origin: str) -> None:
        session = self.desk.session
        record = session.organisation.get(ids[-1]) if session and len(ids) == 1 else None
        if record is None:
            self._show_none(len(ids))
        else:
            self.show_record(record)

    def _on_changes(self, changes: Changes) -> None:
        session = self.desk.session
        if session is None or self.record is None:
            return
        record = session.organisation.get(self.record.id)
        if record is None:
            self._show_none()
            return
        self.record = record
        self._say_head(record)
        page = self.stack.currentWidget()
        if hasattr(page, "show_record"):
            page.show_record(record)

    # --- showing -------------------------------------------------------------------------------

    def show_record(self, record: Record) -> None:
        """Show ``record`` on the tab last used for its kind."""
        kind = kind_of(record)
        other_kind = self.record is None or kind_of(self.record) is not kind
        self.record = record
        self.head.show()
        self.tabs.show()
        self._say_head(record)
        if other_kind or not self.tabs.count():
            self._fill_tabs(kind)
        self._show_tab(self.tabs.currentIndex())

    def form(self) -> RecordForm:
        """Return the form of the record shown, on its first tab."""
        self.tabs.setCurrentIndex(0)
        page = self._pages[kind_of(self.record).name, _FIELDS]  # type: ignore[arg-type]
        found = page.findChild(RecordForm)
        assert isinstance(found, RecordForm)
        return found

    def _show_none(self, count: int = 0) -> None:
        self.record = None
        self.head.hide()
        self.tabs.hide()
        self._say_empty(count)
        self.stack.setCurrentWidget(self.empty)

    def _say_empty(self, count: int = 0) -> None:
        if self.desk.session is None:
            text = ""
        elif count > 1:
            text = ngettext("{n} record is selected.", "{n} records are selected.", count)
        else:
            text = _("Choose something on the map or in a table, and it is shown here.")
        self.empty.setText(text)

    def _say_head(self, record: Record) -> None:
        kind = kind_of(record)
        self._sign.setPixmap(icon(icon_of(record), "accent").pixmap(QSize(theme.px(20), theme.px(20))))
        self._kind.setText(f"{_(kind.label)} · {record.code}")
        self._name.setText(name_of(record))
        self.history.setToolTip(_("History of this record"))
        self.history.setAccessibleName(_("History of this record"))
        self._name.setAccessibleName(f"{_(kind.label)}: {name_of(record)}")

    def _fill_tabs(self, kind: Kind) -> None:
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        parts = child_kind(kind)
        names = [_FIELDS]
        if issubclass(kind.of, Element):
            names.append(_NEEDS)
        if parts is not None:
            names.append(parts.plural)
        names.append(_USES)
        for name in names:
            place = self.tabs.addTab(_(name))
            self.tabs.setTabData(place, name)
            if name == self._tab_of.get(kind.name):
                self.tabs.setCurrentIndex(place)
        self.tabs.blockSignals(False)

    def _on_tab(self, place: int) -> None:
        if self.record is not None and place >= 0:
            self._tab_of[kind_of(self.record).name] = self.tabs.tabData(place)
            self._show_tab(place)

    def _show_tab(self, place: int) -> None:
        if self.record is None or place < 0:
            return
        page = self._page(kind_of(self.record), self.tabs.tabData(place))
        page.show_record(self.record)
        self.stack.setCurrentWidget(page)

    def _page(self, kind: Kind, name: str) -> Page:
        found = self._pages.get((kind.name, name))
        if found is None:
            inside: QWidget
            if name == _FIELDS:
                inside = RecordForm(kind, self.desk, ORIGIN)
            elif name == _NEEDS:
                inside = NeedsPage(self.desk)
            elif name == _USES:
                inside = UsesPage(self.desk)
            else:
                parts = child_kind(kind)
                assert parts is not None
                inside = PartsPage(parts, self.desk)
            inside.go_to.connect(self.go_to)  # type: ignore[attr-defined]
            found = Page(inside)
            self._pages[kind.name, name] = found
            self.stack.addWidget(found)
        return found  # type: ignore[return-value]

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.head = QFrame()
        self._sign, self._kind, self._name = QLabel(), QLabel(), QLabel()
        self._kind.setProperty("role", "small")
        self._name.setProperty("role", "heading")
        self._name.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._kind)
        words.addWidget(self._name)
        row = QHBoxLayout(self.head)
        row.setContentsMargins(theme.grid(1.5), theme.grid(1), theme.grid(1.5), theme.grid(0.5))
        row.setSpacing(theme.grid(1))
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.history = QToolButton()
        self.history.setProperty("role", "quiet")
        self.history.setIcon(icon("recent", "muted"))
        self.history.setIconSize(QSize(theme.px(18), theme.px(18)))
        self.history.clicked.connect(
            lambda _on=False: self.desk.history_wanted.emit(self.record.id if self.record else "")
        )
        row.addWidget(self.history, 0, Qt.AlignmentFlag.AlignTop)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.currentChanged.connect(self._on_tab)
        rule = QFrame()
        rule.setProperty("role", "rule")
        self.stack = QStackedWidget()
        self.empty = QLabel()
        self.empty.setWordWrap(True)
        self.empty.setProperty("role", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(*4 * [theme.grid(2)])
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.head, self.tabs, rule):
            column.addWidget(part)
        column.addWidget(self.stack, 1)


class Page(QScrollArea):
    """A tab's contents, scrolled up and down and never sideways."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.inside = inside
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)

    def show_record(self, record: Record) -> None:
        """Show ``record``, from the top if it is another one."""
        held = getattr(self.inside, "record", None)
        if held is None or held.id != record.id:
            self.verticalScrollBar().setValue(0)
        self.inside.show_record(record)  # type: ignore[attr-defined]
