"""Verbs of looking at the map: groups, filters, reach, highlights. None of them changes the document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from continuity.model.kinds import Element
from continuity.words import _
from ui.panels.map.looks import PLAIN, group_of, is_filtered, passes, unfiltered
from ui.panels.map.marks import Marks, marks_of
from ui.panels.map.picture import BOX, Picture
from ui.shown import name_of

if TYPE_CHECKING:
    from ui.panels.map.workspace import MapWorkspace

_AT_ONCE = 1500  # elements up to which groups are laid out while one waits
_QUIET = 150  # milliseconds
_READABLE, _MANY = 0.45, 40  # scale and number of elements below which everything is shown at once


class Looker(QObject):
    """Changes the look of one map and shows what follows."""

    def __init__(self, workspace: MapWorkspace) -> None:
        super().__init__(workspace)
        self.work = workspace
        self.map, self.view, self.desk = workspace.map, workspace.view, workspace.desk
        self._job = 0
        self._marking = 0
        self._before: dict[str, Any] = {}  # how it was grouped before something was set apart
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET)
        self._quiet.timeout.connect(self.refresh)
        self.map.stale.connect(self._quiet.start)
        self._again = QTimer(self, singleShot=True, interval=4 * _QUIET)
        self._again.timeout.connect(self._mark)

    # --- the look ------------------------------------------------------------------------------

    def set(self, *, fit: bool = False, **values: Any) -> None:
        """Change the look; ``fit``: show all of what there is to see then."""
        self.map.look = replace(self.map.look, **values)
        self.refresh(self.view.fit if fit else None)

    def refresh(self, then: Callable[[], object] | None = None) -> None:
        """Show what document and look give now."""
        self._quiet.stop()
        scene = self.map
        if scene.organisation is None or scene.is_filling:
            return
        self._job += 1
        job, look = self._job, scene.look

        def done(made: Picture) -> None:
            if job == self._job and look == scene.look and not scene.is_filling:
                self.work.show_picture(made)
                if then is not None:
                    then()

        if scene.is_derived and (look.alone or len(scene.nodes) > _AT_ONCE):
            self.desk.work(scene.reckoned, done, partial(self._failed, again=self._quiet))
        else:
            done(scene.reckoned())

    def first(self) -> None:
        """Look at a document for the first time: as it says, else so that names can be read."""
        opening = self.work.views.opening()
        if opening is not None:
            self.work.views.show(opening)
            return
        self.view.fit()
        if self.view.scale_now < _READABLE and len(self.map.nodes) >= _MANY and self.map.look == PLAIN:
            self.group_by("category", unfolded=("function",))

    # --- groups --------------------------------------------------------------------------------

    def group_by(self, grouping: str, unfolded: tuple[str, ...] = ()) -> None:
        """Show groups by site, unit or category, all folded but ``unfolded``; "none": no groups."""
        self.set(grouping=grouping, unfolded=unfolded, fit=True)

    def fold(self, id_: str = "") -> None:
        """Fold or unfold a group: the one called ``id_``, else those of what is chosen."""
        look, organisation = self.map.look, self.map.organisation
        if organisation is None or look.grouping == "none":
            self.desk.say(_("Choose groups first: by site, unit or category."))
            return
        keys = {id_.removeprefix(BOX)} if id_ else self._chosen_groups()
        if not keys:
            self.desk.say(_("Select a group, or something in it, to fold or unfold it."))
            return
        held = set(look.unfolded)
        now = held - keys if keys <= held else held | keys
        self.set(unfolded=tuple(sorted(now)), fit=True)

    def fold_all(self) -> None:
        """Fold every group; where all are folded, unfold every one."""
        look = self.map.look
        if look.grouping == "none":
            self.group_by("category")
        elif look.unfolded:
            self.set(unfolded=(), fit=True)
        else:
            self.set(unfolded=tuple(box.key for box in self.map.picture.boxes), fit=True)

    def _chosen_groups(self) -> set[str]:
        organisation = self.map.organisation
        assert organisation is not None
        found = set()
        for id_ in self.map.chosen():
            element = organisation.of(Element, id_)
            if id_.startswith(BOX):
                found.add(id_.removeprefix(BOX))
            elif element is not None:
                found.add(group_of(organisation, element, self.map.look.grouping))
        return found

    # --- reach ---------------------------------------------------------------------------------

    def reach(self, direction: str) -> None:
        """Show what the selection depends on ("up"), what depends on it ("down"), or neighbours only."""
        look = self.map.look
        self._reach(direction="" if look.direction == direction else direction)

    def depth(self, steps: int) -> None:
        """Show so many steps of the reach; the same again, or 0: all of it."""
        look = self.map.look
        direction = look.direction or "down"
        self._reach(depth=0 if look.depth == steps else steps, direction=direction)

    def _reach(self, **values: Any) -> None:
        if self.map.look.alone:
            self.set(fit=True, **values)
            return
        self.map.look = replace(self.map.look, **values)
        self.work.say_look()
        self.map.refocus()

    def alone(self) -> None:
        """Show nothing but what is in reach of the selection, laid out anew; again: what was there before."""
        look = self.map.look
        if look.alone:
            self.set(alone=False, focus=(), **self._before, fit=True)
            self._before = {}
            return
        chosen = [one for id_ in self.map.chosen() for one in self._members(id_)]
        if not chosen:
            self.work.say_look()
            self.desk.say(_("Select first from where it is to reach."))
            return
        self._before = {"grouping": look.grouping, "unfolded": look.unfolded}
        self.set(alone=True, focus=tuple(chosen), grouping="none", fit=True)

    def _members(self, id_: str) -> tuple[str, ...]:
        box = self.map.groups.get(id_)
        return box.box.members if box is not None else (id_,)

    # --- filters -------------------------------------------------------------------------------

    def clear(self) -> None:
        """Leave every filter and every reach that hides something."""
        self.set(**unfiltered(), alone=False, focus=(), fit=True)

    def uncover(self, id_: str) -> None:
        """Change the look as little as need be so that an element is shown."""
        scene, organisation = self.map, self.map.organisation
        element = organisation.of(Element, id_) if organisation is not None else None
        if organisation is None or element is None or id_ in scene.picture.shown:
            return
        values: dict[str, Any] = {}
        if is_filtered(scene.look) and not passes(organisation, element, scene.look):
            values |= unfiltered()
            self.desk.say(_("The filter was taken away to show “{name}”.", name=name_of(element)))
        if scene.look.alone:
            values |= {"alone": False, "focus": ()}
        if scene.look.grouping != "none":
            key = group_of(organisation, element, scene.look.grouping)
            values["unfolded"] = tuple(sorted({*scene.look.unfolded, key}))
        scene.look = replace(scene.look, **values)
        self.work.show_picture(scene.reckoned())

    # --- highlights ----------------------------------------------------------------------------

    def mark(self, code: str) -> None:
        """Highlight single points of failure, cycles, or the ways between what is chosen; again: no more."""
        held = self.map.look.marks
        marks = tuple(m for m in held if m != code) if code in held else (*held, code)
        self.map.look = replace(self.map.look, marks=marks)
        self.work.say_look()
        if code == "path":
            self.map.refocus()
            if "path" in marks and len(self.map.chosen()) < 2:
                self.desk.say(_("Select two or more: the ways between them stand out."))
        else:
            self._mark(tell=code in marks)

    def follow(self) -> None:
        """After an edit: reckon the highlights anew, when there is time."""
        if set(self.map.look.marks) & {"weak", "cycles"}:
            self._again.start()

    def _mark(self, *, tell: bool = False) -> None:
        session, wanted = self.desk.session, self.map.look.marks
        self._marking += 1
        job = self._marking
        if session is None or not set(wanted) & {"weak", "cycles"}:
            self.map.show_marks(Marks())
            return

        def done(marks: Marks) -> None:
            if job == self._marking and session is self.desk.session:
                self.map.show_marks(marks)
                self.work.legend.refresh()
                if tell:
                    self._tell(marks)

        failed = partial(self._failed, again=self._again)
        self.desk.work(lambda: marks_of(session, wanted), done, failed)

    def _failed(self, error: Exception, again: QTimer) -> None:
        """Try once more what failed because the document was edited meanwhile."""
        if isinstance(error, RuntimeError):
            again.start()
        else:
            self.desk.say(_("This did not work: {error}", error=str(error)), "warn")

    def _tell(self, marks: Marks) -> None:
        if "cycles" in self.map.look.marks and not marks.cycles:
            self.desk.say(_("There are no cycles: nothing needs itself, directly or through others."))
        if "weak" in self.map.look.marks and not marks.weak:
            self.desk.say(_("No element brings a function or a payment down alone."))

    def remark(self) -> None:
        """Reckon the highlights of the look anew: another document, or another view."""
        self._mark()
