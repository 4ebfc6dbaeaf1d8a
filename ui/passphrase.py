"""Asking for the passphrase of an encrypted document: once to open, twice to make one."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from continuity.session import SHORTEST_PASSPHRASE
from continuity.words import _, ngettext


def ask_passphrase(parent: QWidget, name: str, said: str = "") -> str | None:
    """Ask for the passphrase of the document ``name``; ``said`` is what was wrong with the last one."""
    dialog = PassphraseDialog(parent, _("Encrypted document"), _("“{name}” is encrypted.", name=name))
    dialog.tell(said)
    return dialog.passphrase if dialog.exec() else None


def ask_new_passphrase(parent: QWidget) -> str | None:
    """Ask for a new passphrase, typed twice."""
    hint = _(
        "Nobody can open the document without the passphrase, and nobody can find it out: keep it in a "
        "sealed envelope in another place. Encryption protects against loss and theft; it is no approval for "
        "security-classified information."
    )
    dialog = PassphraseDialog(parent, _("Encrypt the document"), hint, twice=True)
    return dialog.passphrase if dialog.exec() else None


class PassphraseDialog(QDialog):
    """One or two fields that show no letters, and what is still wrong."""

    def __init__(self, parent: QWidget, title: str, text: str, *, twice: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._twice = twice
        words = QLabel(text)
        words.setWordWrap(True)
        words.setMinimumWidth(380)
        self.first, self.second = self._field(_("Passphrase")), self._field(_("The passphrase again"))
        self.wrong = QLabel()
        self.wrong.setWordWrap(True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(_("Passphrase"), self.first)
        if twice:
            form.addRow(_("The passphrase again"), self.second)
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addLayout(form)
        column.addWidget(self.wrong)
        column.addWidget(self.buttons)
        self._look()

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(name)
        field.textChanged.connect(self._look)
        return field

    @property
    def passphrase(self) -> str:
        """What was typed."""
        return self.first.text()

    def tell(self, said: str) -> None:
        """Say what was wrong with what was typed before."""
        self.wrong.setText(said)

    def _look(self) -> None:
        said = ""
        if self._twice and len(self.passphrase) < SHORTEST_PASSPHRASE:
            said = ngettext("At least {n} character.", "At least {n} characters.", SHORTEST_PASSPHRASE)
        elif self._twice and self.passphrase != self.second.text():
            said = _("The two are not the same yet.")
        if self._twice:
            self.tell(said)
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(self.passphrase) and not said)
