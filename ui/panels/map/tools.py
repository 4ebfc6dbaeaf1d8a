"""The toolbar of the map."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout

from continuity.model.kinds import KINDS
from continuity.words import N_, _
from ui.panels.map.edits import ADDABLE
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

if TYPE_CHECKING:
    from ui.panels.map.workspace import MapWorkspace


class ToolBar(QFrame):
    """What can be done with the map by pointing."""

    def __init__(self, workspace: MapWorkspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.texts = Texts()
        self._buttons: list[QToolButton] = []
        self.zoom = QLabel("100 %")
        self.zoom.setProperty("role", "muted")
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.setContentsMargins(theme.grid(1), theme.grid(0.75), theme.grid(1), theme.grid(0.75))
        row.setSpacing(theme.grid(0.5))
        verbs = workspace.verbs
        ask = verbs.ask_and_add
        self.add_button = self._button(
            "add", N_("Add"), lambda: ask(None, self._under(self.add_button)), "Insert"
        )
        self.connect_button = self._button("link", N_("Connect"), verbs.ask_and_connect, "C")
        self.up = self._button("upstream", N_("Depends on"), lambda: verbs.focus("up"), "U", toggles=True)
        self.down = self._button(
            "downstream", N_("Needed by"), lambda: verbs.focus("down"), "D", toggles=True
        )
        self.streams = self._button("calendar", N_("Pay days"), self._toggle_streams, toggles=True)
        self.streams.setChecked(True)
        self.arrange = self._button("layout", N_("Arrange"), verbs.arrange)
        view = workspace.view
        less = self._button("zoom-out", N_("Zoom out"), lambda: view.zoom_step(-1), "-", bare=True)
        more = self._button("zoom-in", N_("Zoom in"), lambda: view.zoom_step(1), "+", bare=True)
        fit = self._button("fit", N_("Show everything"), view.fit, "0", bare=True)
        for part in (
            self.add_button,
            self.connect_button,
            None,
            self.up,
            self.down,
            None,
            self.streams,
            self.arrange,
        ):
            if part is None:
                row.addSpacing(theme.grid(1.5))
            else:
                row.addWidget(part)
        row.addStretch(1)
        for part in (self.zoom, less, more, fit):
            row.addWidget(part)
        rule = QFrame()
        rule.setProperty("role", "rule")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(rule)
        self.fit()

    def fit(self) -> None:
        """Fit icons and the figure of the zoom to the size of everything."""
        for button in self._buttons:
            button.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.zoom.setMinimumWidth(theme.px(48))

    def retranslate(self) -> None:
        """Say every word anew."""
        self.texts.refresh()

    def say_zoom(self, percent: int) -> None:
        """Show the scale of the map."""
        self.zoom.setText(_("{number} %", number=percent))

    def mark_direction(self, direction: str) -> None:
        """Show which way the focus reaches."""
        self.up.setChecked(direction == "up")
        self.down.setChecked(direction == "down")

    def add_menu(self, add: Callable[[str, str], None]) -> QMenu:
        """Return a menu of everything that can be added."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind, category in ADDABLE:
            spec = KINDS["resource"].specs["category"]
            text = _(spec.choice_label(category)) if category else _(KINDS[kind].label)
            action = menu.addAction(icon(category or kind), text)
            action.triggered.connect(lambda _on=False, kind=kind, category=category: add(kind, category))
            if kind == "staff_group":
                menu.addSeparator()
        return menu

    def _toggle_streams(self) -> None:
        self.workspace.map.toggle_streams(self.streams.isChecked())

    def _under(self, button: QToolButton) -> object:
        return button.mapToGlobal(button.rect().bottomLeft())

    def _button(
        self,
        sign: str,
        text: str,
        handler: Callable[[], object],
        key: str = "",
        *,
        bare: bool = False,
        toggles: bool = False,
    ) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "quiet")
        button.setIcon(icon(sign))
        button.setCheckable(toggles)
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if bare else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        button.setToolButtonStyle(style)
        button.clicked.connect(lambda _on=False: handler())

        def say() -> None:
            button.setText(_(text))
            button.setAccessibleName(_(text))
            button.setToolTip(f"{_(text)} ({key})" if key else _(text))

        self.texts(say)
        self._buttons.append(button)
        return button
