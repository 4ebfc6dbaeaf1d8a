"""A line above the map that says what the look leaves out, and gives it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from continuity.words import _, ngettext
from ui.elided import ElidedLabel
from ui.panels.map.looks import is_filtered
from ui.shown import name_of
from ui.theme import theme

if TYPE_CHECKING:
    from ui.panels.map.workspace import MapWorkspace


class Banner(QFrame):
    """Seen only while something is hidden."""

    def __init__(self, workspace: MapWorkspace) -> None:
        super().__init__()
        self.work = workspace
        self.setProperty("role", "bar")
        self.label = ElidedLabel()
        self.back = QPushButton()
        self.back.setProperty("role", "link")
        self.back.clicked.connect(workspace.looker.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.grid(1.5), theme.grid(0.25), theme.grid(1), theme.grid(0.25))
        row.addWidget(self.label, 1)
        row.addWidget(self.back)
        self.hide()

    def refresh(self) -> None:
        """Say what is left out now."""
        look, shown = self.work.map.look, self.work.map.picture
        apart = look.alone and bool(look.focus)
        self.setVisible(self.work.map.organisation is not None and (apart or is_filtered(look)))
        of = ngettext("{n} element", "{n} elements", shown.of)
        parts = [_("Shown: {number} of {elements}", number=shown.found, elements=of)]
        if apart:
            parts.append(self._reach())
        self.label.setText(" · ".join(parts))
        self.back.setText(_("Show everything"))

    def _reach(self) -> str:
        look, organisation = self.work.map.look, self.work.map.organisation
        assert organisation is not None
        names = ", ".join(name_of(organisation.get(id_)) for id_ in look.focus[:3])
        if len(look.focus) > 3:
            names += " …"
        steps = look.depth or (0 if look.direction else 1)
        if not steps:
            said = {
                "up": _("all that {names} depends on", names=names),
                "down": _("all that depends on {names}", names=names),
            }
            return said[look.direction]
        span = ngettext("{n} step", "{n} steps", steps)
        said = {
            "up": _("what {names} depends on, {steps}", names=names, steps=span),
            "down": _("what depends on {names}, {steps}", names=names, steps=span),
            "": _("what is around {names}, {steps}", names=names, steps=span),
        }
        return said[look.direction]
