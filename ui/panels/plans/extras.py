"""What may go with a package: Word form, numbered copy, signature, a copy of the model, cards in A6."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from continuity.model.problems import Refused
from continuity.words import _, current
from ui.desk import Desk
from ui.passphrase import PassphraseDialog
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon


class PackageExtras(QFrame):
    """Closed until asked for: the package is good without."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.texts = desk, Texts()
        self.word_form: Path | None = None
        self.key_file: Path | None = None
        self.opener = QToolButton()
        self.opener.setCheckable(True)
        self.opener.setProperty("role", "quiet")
        self.opener.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.copy, self.form, self.key = QComboBox(), QPushButton(), QPushButton()
        self.pocket, self.model = QCheckBox(), QCheckBox()
        self.pocket.setChecked(True)
        self.copy.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.copy.setMinimumContentsLength(8)
        for field in (self.copy, self.form, self.key):
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for button in (self.form, self.key):
            button.setProperty("role", "field")
        self.inside = QWidget()
        self.rows = QFormLayout(self.inside)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for field in (self.copy, self.form, self.key):
            self.rows.addRow(" ", field)
        self.rows.addRow(self.pocket)
        self.rows.addRow(self.model)
        self.inside.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.75))
        column.addWidget(self.opener)
        column.addWidget(self.inside)
        self.opener.toggled.connect(self._on_open)
        self.form.clicked.connect(self._on_form)
        self.key.clicked.connect(self._on_key)
        self.texts(self._say)

    # --- what is asked -------------------------------------------------------------------------

    def given(self) -> dict[str, Any] | None:
        """Return what goes into the request; None where a passphrase was asked for and not given."""
        found: dict[str, Any] = {
            "form": self.word_form, "copy": self.copy.currentData(), "pocket": self.pocket.isChecked(),
        }  # fmt: skip
        if self.key_file is not None:
            key = self._opened(self.key_file)
            if key is None:
                return None
            found["key"] = key
        if self.model.isChecked():
            hint = _(
                "The copy of the model opens with this passphrase alone. Give it to the receiver in another "
                "way than the package."
            )
            dialog = PassphraseDialog(self.window(), _("Copy of the model"), hint, twice=True)
            if not dialog.exec():
                return None
            found["seal"] = dialog.passphrase
        return found

    def _opened(self, path: Path) -> Any:
        session = self.desk.session
        text = _("“{name}” is opened to sign the package.", name=path.name)
        dialog = PassphraseDialog(self.window(), _("Private key"), text)
        if session is None or not dialog.exec():
            return None
        try:
            return session.open_key(path, dialog.passphrase, session.author)
        except Refused as refused:
            self.desk.refuse(refused)
            return None

    def show_document(self) -> None:
        """List the numbered copies of the document that is open."""
        session = self.desk.session
        self.copy.clear()
        self.copy.addItem(_("Not numbered"), None)
        for one in session.copies(current().language) if session else ():
            text = _("Copy {number} of {of}", number=one.number, of=one.of)
            self.copy.addItem(f"{text}, {one.holder}" if one.holder else text, one.number)

    # --- parts ---------------------------------------------------------------------------------

    def _say(self) -> None:
        self.opener.setText(_("More choices"))
        for field, label in (
            (self.copy, _("Numbered copy")),
            (self.form, _("Word form")),
            (self.key, _("Signature")),
        ):
            found = self.rows.labelForField(field)
            if found is not None:
                found.setText(label)  # type: ignore[attr-defined]
        self.copy.setAccessibleName(_("Numbered copy"))
        self.pocket.setText(_("Cards in A6 too"))
        self.model.setText(_("Sealed copy of the model"))
        self.model.setToolTip(_("With a copy of the model under a passphrase"))
        if self.copy.count():
            self.copy.setItemText(0, _("Not numbered"))
        self._say_files()
        self._on_open(self.opener.isChecked())

    def _say_files(self) -> None:
        form = self.word_form.name if self.word_form else _("The one that comes with the program")
        key = self.key_file.name if self.key_file else _("Not signed")
        for button, name, text in ((self.form, _("Word form"), form), (self.key, _("Signature"), key)):
            button.setText(text)
            button.setAccessibleName(f"{name}: {text}")

    def _on_open(self, on: bool) -> None:
        self.inside.setVisible(on)
        self.opener.setIcon(icon("down" if on else "right"))

    def _on_form(self) -> None:
        """Choose a form, or go back to the program's own by leaving the dialog."""
        name, _kind = QFileDialog.getOpenFileName(self, _("The agency's own Word form"), "", "Word (*.docx)")
        self.word_form = None
        session = self.desk.session
        if name and session is not None:
            try:
                session.check_form(Path(name))
                self.word_form = Path(name)
            except Refused as refused:
                self.desk.refuse(refused)
        self._say_files()

    def _on_key(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Private key to sign with"), "", "PEM (*.pem)")
        self.key_file = Path(name) if name else None
        self._say_files()
