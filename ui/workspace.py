"""The workspace: what the shell asks of each page of the rail."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from continuity.model.edits import Changes
from continuity.words import pgettext
from ui.texts import Texts

if TYPE_CHECKING:
    from continuity.session import Session
    from ui.desk import Desk


class Verb(StrEnum):
    """The four things a planner does; the rail is grouped by them."""

    DESCRIBE = "describe"
    TEST = "test"
    PLAN = "plan"
    USE = "use"


def verb_label(verb: Verb) -> str:
    """Return the heading of the rail, in the language spoken now."""
    return {
        Verb.DESCRIBE: pgettext("verb", "Describe"),
        Verb.TEST: pgettext("verb", "Test"),
        Verb.PLAN: pgettext("verb", "Plan"),
        Verb.USE: pgettext("verb", "Use"),
    }[verb]


class Workspace(QWidget):
    """A page of the rail. Subclasses set the four class variables and override what they need.

    The shell makes it when it is first opened, calls :meth:`show_session` with the open document
    (or None), then :meth:`on_changes` once per edit, undo and redo. Visible words are set with
    ``self.texts(lambda: …)``; then :meth:`retranslate` needs no override unless a model holds words.
    Edits go through ``self.desk.edit``, which shows refusals; long work through ``self.desk.work``.
    """

    #: A record id: show it in the inspector (emitted on a click; a double click may call desk.go).
    go_to = Signal(str)

    code: ClassVar[str]
    title: ClassVar[str]  # English source word, marked by N_
    hint: ClassVar[str] = ""  # one sentence for the tool tip
    icon: ClassVar[str]  # a name of ui/theme/icons.py
    verb: ClassVar[Verb]
    spacious: ClassVar[bool] = True  # takes the inspector's room while nothing is chosen

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.texts = Texts()

    @property
    def session(self) -> Session | None:
        """The open document."""
        return self.desk.session

    def show_session(self, session: Session | None) -> None:
        """Show another document; None: nothing is open."""

    def on_changes(self, changes: Changes) -> None:
        """Refresh what ``changes`` names; one's own are known by ``changes.origin``."""

    def reveal(self, record_id: str) -> bool:
        """Bring a record into view; False if it has no place here."""
        return False

    def on_selection(self, ids: tuple[str, ...], origin: str) -> None:
        """Follow the selection made elsewhere (``origin`` is the code of the workspace or panel)."""

    def retranslate(self) -> None:
        """Say every visible word in the language spoken now."""
        self.texts.refresh()

    def retheme(self) -> None:
        """Paint in the theme chosen now; stylesheet and icons have already changed by themselves."""
