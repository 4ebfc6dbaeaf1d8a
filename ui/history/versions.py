"""Named versions: compared with one another or with today, gone back to, signed off."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from continuity.model.problems import Refused
from continuity.session import Version
from continuity.session_compare import RecordChange
from continuity.words import _, current
from ui.desk import Desk
from ui.history.lines import ChangesView
from ui.history.signing import Signing
from ui.theme import theme
from ui.theme.icons import icon

_NOW = ""
_ID = Qt.ItemDataRole.UserRole


class VersionsPage(QWidget):
    """The versions at the left; what tells one from another at the right."""

    go_to = Signal(str)
    name_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.list, self.changes = QListWidget(), ChangesView(desk)
        self.old, self.new = QComboBox(), QComboBox()
        self.note = QLabel()
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.signed = QLabel()
        self.signed.setWordWrap(True)
        self.make, self.sign, self.restore = QPushButton(), QPushButton(), QPushButton()
        self._versions: dict[str, Version] = {}
        self._build()
        self._wire()

    def load(self) -> None:
        """Read the versions anew."""
        session = self.desk.session
        if session is None:
            return
        self._versions = {version.id: version for version in session.versions()}
        signed = {signoff.version for signoff in session.signoffs()}
        chosen = self._chosen_id()
        self.list.clear()
        for version in self._versions.values():
            item = QListWidgetItem(
                f"{version.name}\n{_moment(version.at)} · {version.author or _('unknown')}"
            )
            item.setData(_ID, version.id)
            item.setIcon(icon("signature" if version.id in signed else "document", "accent"))
            self.list.addItem(item)
            if version.id == chosen:
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None and self.list.count():
            self.list.setCurrentRow(0)
        self._offer()
        self.compare()
        self._on_chosen()

    def compare(self, *_what: object) -> None:
        """Say what tells the two chosen versions apart."""
        session = self.desk.session
        if session is None or self.old.currentData() is None:
            self.changes.show_changes((), _("There is no version yet. Name the present state with Ctrl+S."))
            self.note.setText("")
            return
        pair = self._versions.get(self.old.currentData()), self._versions.get(self.new.currentData())

        def done(changes: tuple[RecordChange, ...]) -> None:
            self.changes.show_changes(changes, _("Nothing tells them apart."))
            counts = [sum(c.action == action for c in changes) for action in ("added", "removed", "changed")]
            facts = dict(zip(("added", "removed", "changed"), counts, strict=True))
            self.note.setText(_("{added} added, {removed} removed, {changed} changed.", **facts))

        self.desk.work(lambda: session.compare(*pair), done)

    # --- verbs ---------------------------------------------------------------------------------

    def go_back(self) -> None:
        """Bring the whole document back to the chosen version, after asking."""
        session, version = self.desk.session, self._versions.get(self._chosen_id())
        if session is None or version is None:
            return
        box = QMessageBox(self.window())
        box.setWindowTitle(_("Go back to a version"))
        box.setText(_("Bring the whole document back to “{name}”?", name=version.name))
        box.setInformativeText(_("What was done since is taken back as one step. Undo brings it again."))
        yes = box.addButton(_("Go back to it"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is yes:
            self.go_back_to(version)

    def go_back_to(self, version: Version) -> None:
        """Bring the whole document back to ``version``, as one step."""
        session = self.desk.session
        assert session is not None
        try:
            session.restore(version)
        except Refused as refused:
            self.desk.refuse(refused)
        else:
            self.desk.say(_("The document is as in “{name}”. Undo takes it back.", name=version.name), "done")

    def sign_off(self) -> None:
        """Ask who stands by the chosen version, and note it."""
        session, version = self.desk.session, self._versions.get(self._chosen_id())
        if session is not None and version is not None:
            self.signing = Signing(self.window(), version, session, self._on_signed)
            self.signing.open()

    def _on_signed(self, name: str, role: str, note: str) -> bool:
        session, version = self.desk.session, self._versions.get(self._chosen_id())
        if session is None or version is None:
            return False
        try:
            session.sign_off(version, name=name, role=role, note=note)
        except Refused as refused:
            self.desk.refuse(refused)
            return False
        self.load()
        self.desk.say(_("“{name}” is signed off.", name=version.name), "done")
        self.desk.versions_changed.emit()
        return True

    # --- inside --------------------------------------------------------------------------------

    def _build(self) -> None:
        left, right = QWidget(), QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, theme.grid(1), 0)
        column.setSpacing(theme.grid(0.75))
        self.list.setProperty("role", "boxed")
        self.list.setAccessibleName(_("Versions"))
        for part in (self.make, self.list, self.signed, self.sign, self.restore):
            column.addWidget(part)
        self.make.setText(_("Name the present state …"))
        self.sign.setText(_("Sign off …"))
        self.sign.setIcon(icon("signature"))
        self.sign.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.restore.setText(_("Go back to it …"))
        row = QHBoxLayout()
        row.setSpacing(theme.grid(0.75))
        for label, box in ((_("From"), self.old), (_("to"), self.new)):
            box.setAccessibleName(label)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
            row.addWidget(QLabel(label))
            row.addWidget(box, 1)
        over = QVBoxLayout(right)
        over.setContentsMargins(theme.grid(1), 0, 0, 0)
        over.setSpacing(theme.grid(0.75))
        over.addLayout(row)
        over.addWidget(self.note)
        over.addWidget(self.changes, 1)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.addWidget(left)
        parts.addWidget(right)
        parts.setStretchFactor(1, 1)
        parts.setSizes([theme.px(250), theme.px(600)])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.grid(1), 0, 0)
        whole.addWidget(parts)

    def _wire(self) -> None:
        self.list.currentItemChanged.connect(self._on_chosen)
        self.old.activated.connect(self.compare)
        self.new.activated.connect(self.compare)
        self.make.clicked.connect(self.name_wanted)
        self.sign.clicked.connect(self.sign_off)
        self.restore.clicked.connect(self.go_back)
        self.changes.go_to.connect(self.go_to)

    def _chosen_id(self) -> str:
        item = self.list.currentItem()
        return str(item.data(_ID)) if item is not None else ""

    def _offer(self) -> None:
        newest = next(iter(self._versions), None)
        for box, usual in ((self.old, newest), (self.new, _NOW)):
            chosen = box.currentData() if box.currentData() in (*self._versions, _NOW) else usual
            box.clear()
            for version in self._versions.values():
                box.addItem(f"{version.name} ({_moment(version.at)})", version.id)
            if box is self.new:
                box.insertItem(0, _("As it is now"), _NOW)
            box.setCurrentIndex(max(0, box.findData(chosen)))

    def _on_chosen(self, *_what: object) -> None:
        session, id_ = self.desk.session, self._chosen_id()
        known = id_ in self._versions
        writable = session is not None and not session.read_only
        self.sign.setEnabled(known and writable)
        self.restore.setEnabled(known and writable)
        self.make.setEnabled(writable)
        signoffs = [one for one in session.signoffs() if one.version == id_] if session else []
        lines = [
            _("Signed off by {name}, {role}, {when}", name=one.name, role=one.role, when=_moment(one.at))
            + (f": {one.note}" if one.note else "")
            for one in signoffs
        ]
        self.signed.setText("\n".join(lines) if lines else (_("Nobody has signed it off.") if known else ""))
        if known and self.old.findData(id_) >= 0 and self.sender() is self.list:
            self.old.setCurrentIndex(self.old.findData(id_))
            self.compare()


def _moment(at: str) -> str:
    return current().datetime(dt.datetime.fromisoformat(at).astimezone())
