"""The door of the house: everything that a window or a command does with a document goes through here.

    with Session.open(path) as session:
        session.edit(amend(function, name="Pay"))
        result = session.simulate(RunRequest(scenario.id))

A session belongs to one thread; its store writes in another. What a user can do wrong is raised as
:class:`Refused` with every reason, and leaves document and file as they were.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from continuity.exchange.cell_words import UNITS
from continuity.exchange.conflicts import OURS, THEIRS, Conflict, Merge
from continuity.exchange.library import load_reference
from continuity.exchange.mapping import Mapping, RowOutcome, Target
from continuity.exchange.organisation_json import read_file
from continuity.exchange.sheets import ExchangeCancelled, Sheet, Watch, Workbook
from continuity.model import rules
from continuity.model.edits import Add, Group
from continuity.model.ids import new_id
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.session_checks import today
from continuity.session_exchange import MODELS, SHEETS, WRITTEN, Prepared
from continuity.session_files import SHORTEST_PASSPHRASE
from continuity.session_history import CREATE, JournalEntry, Stacks, Step
from continuity.session_runs import RunHandle
from continuity.session_scenarios import Trying
from continuity.simulation.cancel import RunCancelled
from continuity.simulation.request import RunRequest
from continuity.store.kept import Version
from continuity.store.lock import person
from continuity.store.store import Store

if TYPE_CHECKING:
    from continuity.planning.request import PlanCancelled, PlanPackage, PlanRequest

__all__ = [
    "MODELS",
    "OURS",
    "SHEETS",
    "SHORTEST_PASSPHRASE",
    "THEIRS",
    "UNITS",
    "WRITTEN",
    "Conflict",
    "ExchangeCancelled",
    "JournalEntry",
    "Mapping",
    "Merge",
    "PlanCancelled",
    "PlanPackage",
    "PlanRequest",
    "Prepared",
    "RowOutcome",
    "RunCancelled",
    "RunHandle",
    "RunRequest",
    "Session",
    "Sheet",
    "Step",
    "Target",
    "Version",
    "Watch",
    "Workbook",
]  # fmt: skip

_OF_PLANS = ("PlanCancelled", "PlanPackage", "PlanRequest")
_REFERENCE = "reference"
_LANGUAGE = "sv"  # of a file that does not say


def __getattr__(name: str) -> Any:
    # The room of plans loads slowly: it is entered when it is first asked for.
    if name in _OF_PLANS:
        from continuity.planning import request

        return getattr(request, name)
    raise AttributeError(name)


class Session(Trying):
    """One open document: its organisation, its history, its runs and its plans."""

    # --- opening -------------------------------------------------------------------------------

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        author: str = "",
        read_only: bool = False,
        take_over: bool = False,
        passphrase: str = "",
    ) -> Self:
        """Open a document, or read an organisation ``.json`` into a document in memory.

        Raises :class:`Refused` where it is none, is damaged, newer, or held by somebody else; with
        ``take_over`` the lock of another is not heeded. An encrypted one wants its ``passphrase``.
        """
        path = Path(path)
        author = author or person()
        if path.suffix.lower() == ".json":
            organisation, language = read_file(path)
            return cls._begin(organisation, language or _LANGUAGE, author, path.stem, read_only=read_only)
        store, organisation = Store.open(
            path, author, read_only=read_only, by_force=take_over, passphrase=passphrase
        )
        return cls(store, organisation, author, read_only=read_only)

    @classmethod
    def create(
        cls, path: Path | str | None, *, reference: str | None = None, lang: str = "sv", author: str = ""
    ) -> Self:
        """Make a document, empty or from the ``reference`` agency; in memory where ``path`` is None."""
        if reference not in (None, _REFERENCE):
            raise Refused([Problem("unknown-reference", facts={"value": reference})])
        if path is not None and Path(path).exists():
            raise Refused([Problem("file-exists", facts={"file": str(path)})])
        organisation = load_reference(lang) if reference else Organisation(new_id())
        made = cls._begin(organisation, lang, author or person())
        if path is not None:
            try:
                made.save_as(path)
            except BaseException:
                made.close()
                raise
        return made

    @classmethod
    def _begin(
        cls, organisation: Organisation, lang: str, author: str, title: str = "", *, read_only: bool = False
    ) -> Self:
        store = Store.in_memory(organisation.document, lang)
        made = cls(store, Organisation(organisation.document), author, read_only=False)
        if len(organisation):
            made.edit(Group(CREATE, tuple(Add(record) for record in organisation)), origin=CREATE)
        made._stacks = Stacks()
        made._title = title
        made.read_only = read_only
        return made

    def close(self) -> None:
        """Save what is queued and give the file free. Raises nothing; ask :meth:`flush` before."""
        self._store.close()
        self._listeners.clear()
        self._save_listeners.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- the document --------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """The agency's name, or that of the file."""
        agency = self.organisation.agency
        if agency:
            return agency.name
        return self.path.stem if self.path else self._title

    def check(self) -> list[Problem]:
        """Return what is missing or contradictory in the document, errors first; not what was accepted."""
        return list(self.checked().open)

    def checked(self) -> rules.Checked:
        """Return what is missing or contradictory, errors first, and apart what was accepted of it."""
        return rules.checked(self.organisation.copy(), today())

    def mend_of(self, problem: Problem) -> rules.Mend | None:
        """Return how ``problem`` can be mended with one click, to be carried out by :meth:`edit`; or None."""
        return rules.mend_of(problem, self.organisation, today())

    def mends_of(self, problems: list[Problem]) -> Group:
        """Return the one edit that mends what can be mended of ``problems``."""
        return rules.mends_of(problems, self.organisation, today())
