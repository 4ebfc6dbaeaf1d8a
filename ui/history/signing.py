"""Signing a version off: who, in which role, with which words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from continuity.model.kinds import Function, Role
from continuity.model.organisation import Organisation
from continuity.session import Session, Version
from continuity.words import _, current
from ui.theme import theme


class Signing(QDialog):
    """``done(name, role, note)`` notes the sign-off and returns whether it could."""

    def __init__(
        self, parent: QWidget, version: Version, session: Session, done: Callable[[str, str, str], bool]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Sign off a version"))
        self._done = done
        self.name, self.role, self.note = QLineEdit(session.author), QComboBox(), QLineEdit()
        self.role.setEditable(True)
        self.role.addItems(roles_of(session.organisation))
        self.role.setCurrentIndex(-1)
        self.problem = QLabel()
        self.problem.setProperty("role", "problem")
        self.problem.hide()
        said = QLabel(
            _(
                "You stand by “{name}” as it is kept in the file. The sign-off stays there for good, with a "
                "fingerprint of the content. It is a note, not an electronic signature.",
                name=version.name,
            )
        )
        said.setWordWrap(True)
        said.setProperty("role", "muted")
        form = QFormLayout()
        for label, widget in ((_("Name *"), self.name), (_("Role *"), self.role), (_("Note"), self.note)):
            form.addRow(label, widget)
            widget.setAccessibleName(label.removesuffix(" *"))
        buttons = QDialogButtonBox()
        yes = buttons.addButton(_("Sign off"), QDialogButtonBox.ButtonRole.AcceptRole)
        yes.setProperty("role", "primary")
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(2)])
        column.setSpacing(theme.grid(1.5))
        column.addWidget(said)
        column.addLayout(form)
        column.addWidget(self.problem)
        column.addWidget(buttons)
        self.setMinimumWidth(theme.px(440))

    def accept(self) -> None:
        name, role = self.name.text().strip(), self.role.currentText().strip()
        if not name or not role:
            self.problem.setText(_("A sign-off needs a name and a role."))
            self.problem.show()
            return
        if self._done(name, role, self.note.text().strip()):
            super().accept()


def roles_of(organisation: Organisation) -> list[str]:
    """Return the names of the roles, those that approve functions first."""
    approvers = {function.approver for function in organisation.all(Function) if function.approver}
    roles = [role for role in organisation.all(Role) if role.team != "external"]
    roles.sort(key=lambda role: (role.id not in approvers, current().sort_key(role.name)))
    return [role.name for role in roles]
