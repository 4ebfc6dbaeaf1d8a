"""What to put in a plan package, and where: profile, formats, contacts, folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from continuity import places
from continuity.model.kinds import Role
from continuity.model.local_time import ZONE
from continuity.words import N_, _, current
from ui.desk import Desk
from ui.panels.plans.extras import PackageExtras
from ui.runs.flow import FlowLayout
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

#: Profile → what it is called and what it reveals to whoever finds the stick.
PROFILES: dict[str, tuple[str, str]] = {
    "cards": (
        N_("Cards only"),
        N_("Action cards and role cards. Tells little to whoever finds it."),
    ),
    "team": (
        N_("Team"),
        N_("All plans, without single points of failure, buffers in hours and addresses."),
    ),
    "full": (
        N_("Full"),
        N_("Everything, weak points too. A list of targets for whoever finds it: number the copies."),
    ),
}
FORMATS: dict[str, str] = {"html": "HTML", "pdf": "PDF", "docx": "Word", "txt": N_("Plain text")}


class PackageForm(QFrame):
    """``asked`` when the package is to be written."""

    asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.texts = desk, Texts()
        self.title, self.reveals = QLabel(), QLabel()
        self.title.setProperty("role", "heading")
        self.reveals.setProperty("role", "small")
        self.reveals.setWordWrap(True)
        self.profile, self.role = QComboBox(), QComboBox()
        self.formats = {code: QCheckBox() for code in FORMATS}
        self.contacts, self.figures = QCheckBox(), QCheckBox()
        self.extras = PackageExtras(desk)
        self.folder, self.browse, self.write = QLineEdit(), QPushButton(), QPushButton()
        for box in (*self.formats.values(), self.contacts, self.figures):
            box.setChecked(True)
        for code in PROFILES:
            self.profile.addItem("", code)
        self.profile.setCurrentIndex(len(PROFILES) - 1)
        self.write.setProperty("role", "primary")
        self.write.setIcon(icon("plans", "on_accent"))
        self.browse.setIcon(icon("open"))
        self._lay_out()
        self._wire()
        self.texts(self._say)

    # --- what is asked -------------------------------------------------------------------------

    @property
    def chosen_profile(self) -> str:
        """``cards``, ``team`` or ``full``."""
        return str(self.profile.currentData())

    @property
    def chosen_formats(self) -> tuple[str, ...]:
        """The formats ticked."""
        return tuple(code for code, box in self.formats.items() if box.isChecked())

    @property
    def chosen_role(self) -> str | None:
        """The role whose cards are wanted, for the profile of cards; None: all."""
        return self.role.currentData() if self.chosen_profile == "cards" else None

    @property
    def out(self) -> Path:
        """The folder to write into."""
        return Path(self.folder.text().strip()).expanduser()

    def show_document(self) -> None:
        """Propose a folder for the document that is open, and list its roles."""
        session = self.desk.session
        agency = session.organisation.agency if session else None
        name = (agency.short_name or agency.name) if agency else _("Plans")
        plain = "".join(c if c.isalnum() else "-" for c in name.lower()).strip("-")
        today = dt.datetime.now(tz=ZONE).date().isoformat()
        beside = session.path.parent if session and session.path else places.documents_dir()
        self.folder.setText(str(beside / f"{plain}-{_('Plans').lower()}-{today}"))
        self.extras.show_document()
        self.role.clear()
        self.role.addItem(_("All roles"), None)
        roles = session.organisation.all(Role) if session else ()
        for role in sorted(roles, key=lambda r: current().sort_key(r.name)):
            self.role.addItem(role.name, role.id)

    def allow(self, idle: bool) -> None:
        """Nothing more is asked while something is written."""
        self.write.setEnabled(idle and bool(self.chosen_formats) and bool(self.folder.text().strip()))

    # --- parts ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(1.5), theme.grid(1), theme.grid(1.5), theme.grid(1.5))
        column.setSpacing(theme.grid(0.75))
        formats = QWidget()
        flow = FlowLayout(formats, theme.grid(1.5))
        for box in self.formats.values():
            flow.addWidget(box)
        line = QHBoxLayout()
        line.setSpacing(theme.grid(0.5))
        line.addWidget(self.folder, 1)
        line.addWidget(self.browse)
        for part in (
            self.title,
            self.profile,
            self.reveals,
            self.role,
            formats,
            self.contacts,
            self.figures,
            self.extras,
        ):
            column.addWidget(part)
        column.addLayout(line)
        column.addWidget(self.write)

    def _wire(self) -> None:
        self.profile.currentIndexChanged.connect(lambda _place: self._on_profile())
        self.browse.clicked.connect(self._on_browse)
        self.write.clicked.connect(self.asked)
        for box in self.formats.values():
            box.toggled.connect(lambda _on: self.allow(True))
        self.folder.textChanged.connect(self._on_folder)

    def _say(self) -> None:
        self.title.setText(_("Write a plan package"))
        for place, (name, _reveals) in enumerate(PROFILES.values()):
            self.profile.setItemText(place, _(name))
        self.profile.setAccessibleName(_("Profile"))
        self.role.setAccessibleName(_("Role"))
        if self.role.count():
            self.role.setItemText(0, _("All roles"))
        for code, label in FORMATS.items():
            self.formats[code].setText(_(label))
        self.contacts.setText(_("With contacts (personal data)"))
        self.figures.setText(_("With figures from the run shown"))
        self.folder.setAccessibleName(_("Folder of the package"))
        self.folder.setPlaceholderText(_("Folder of the package"))
        self.browse.setToolTip(_("Choose a folder"))
        self.browse.setAccessibleName(_("Choose a folder"))
        self.write.setText(_("Write"))
        self._on_profile()

    def _on_folder(self, text: str) -> None:
        self.folder.setToolTip(text)
        self.allow(True)

    def _on_profile(self) -> None:
        self.reveals.setText(_(PROFILES[self.chosen_profile][1]))
        self.role.setVisible(self.chosen_profile == "cards")

    def _on_browse(self) -> None:
        start = self.out.parent if self.out.parent.is_dir() else places.documents_dir()
        name = QFileDialog.getExistingDirectory(self, _("Folder in which the package is put"), str(start))
        if name:
            self.folder.setText(str(Path(name) / self.out.name))
