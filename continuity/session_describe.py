"""The door to what describes the agency: impacts, needed and achievable, staff, evidence."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from continuity.exchange.library import load_scale
from continuity.model import impact
from continuity.model.edits import Add, Edit, Group
from continuity.model.kinds import ImpactScale
from continuity.model.organisation import Organisation
from continuity.session_checks import today
from continuity.session_plans import Planning

if TYPE_CHECKING:
    from continuity.analysis.rollup import RollUp
    from continuity.analysis.strain import Remaining
    from continuity.model.questions import Question
    from continuity.model.staffing import Duties


class Describing(Planning):
    """What can be asked of the description itself, without a run."""

    _rolled: tuple[int, RollUp | None] = (0, None)
    _usual: ImpactScale | None = None

    def scale(self) -> ImpactScale:
        """Return the impact scale of the document, or the usual one where it has none yet."""
        held = impact.scale_of(self.organisation)
        if held is not None:
            return held
        if self._usual is None:
            self._usual = load_scale(self.language)
        return self._usual

    @property
    def language(self) -> str:
        """The language in which the document was begun (``sv``, ``en``)."""
        return self._store.language

    def with_scale(self, edit: Edit) -> Edit:
        """Return ``edit`` with the usual scale taken into the document first, where it has none yet."""
        if impact.scale_of(self.organisation) is not None:
            return edit
        return Group("judge", (Add(self.scale()), edit))

    def roll_up(self) -> RollUp:
        """Return needed versus achievable of every function and resource, with where each comes from."""
        from continuity.analysis.rollup import roll_up

        revision, known = self._rolled
        if known is None or revision != self._next:
            organisation = self._frozen()
            known = roll_up(organisation)
            self._rolled = (revision := self._next, known)
        return known

    def duties(self) -> Duties:
        """Return what every staff group is promised to, and which functions that serves."""
        from continuity.model.staffing import duties

        return duties(self._frozen())

    def remaining(self) -> tuple[Remaining, ...]:
        """Return what remains of every staff group at each strain level."""
        from continuity.analysis.strain import remaining

        return remaining(self._frozen())

    def questions(self, day: dt.date | None = None) -> tuple[Question, ...]:
        """Return what each owner should be asked."""
        from continuity.model.questions import questions

        return questions(self._frozen(), day or today())

    def interview(self, owner: str, lang: str, form: str) -> bytes:
        """Return the interview form of a role (id) as ``html`` or ``pdf``."""
        from continuity.planning.interview import interview

        return interview(self._frozen(), owner, lang, form)

    def _frozen(self) -> Organisation:
        with self._lock:
            return self.organisation.copy()
