"""Approving the plans: the version is named and kept, with who stands by it and when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from continuity.model.local_time import ZONE
from continuity.model.problems import Refused
from continuity.session import Version
from continuity.words import _, current
from ui.desk import Desk
from ui.history.signing import Signing


class Approving(Signing):
    """Asks for the name of the version too; nothing is kept unless it is signed."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        session = desk.session
        assert session is not None
        today = dt.datetime.now(tz=ZONE).date()
        name = _("Plans {date}", date=current().date(today, "iso"))
        super().__init__(parent, Version("", name, "", session.author, 0), session, self._keep)
        self.desk = desk
        self.setWindowTitle(_("Approve the plans"))
        self.version = QLineEdit(name)
        self.version.setAccessibleName(_("Name of the version"))
        form = self.findChild(QFormLayout)
        if form is not None:
            form.insertRow(0, _("Name of the version"), self.version)

    def _keep(self, name: str, role: str, note: str) -> bool:
        session = self.desk.session
        title = self.version.text().strip()
        if session is None:
            return False
        if not title:
            self.problem.setText(_("The version needs a name."))
            self.problem.show()
            return False
        try:
            version = session.make_version(title)
            session.sign_off(version, name=name, role=role, note=note)
        except Refused as refused:
            self.desk.refuse(refused)
            return False
        self.desk.say(_("“{version}” is approved and kept.", version=title), "done")
        self.desk.versions_changed.emit()
        return True


def approved_on(signoff: Any) -> str:
    """Return the day of a sign-off in words."""
    day = dt.datetime.fromisoformat(signoff.at).astimezone(ZONE).date()
    return current().date(day)
