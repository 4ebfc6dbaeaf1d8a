"""What is said while a line is drawn: what letting go would do, or why it may not end there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from continuity import messages
from continuity.model.kinds import Element, Stream
from continuity.model.organisation import Organisation
from continuity.words import _
from ui.panels.map import edits
from ui.panels.map.links import reach
from ui.panels.map.picture import BOX
from ui.shown import name_of

if TYPE_CHECKING:
    from ui.panels.map.scene import MapScene


def verdict(
    organisation: Organisation, scene: MapScene, start: str, other: str, *, out: bool
) -> tuple[str, bool]:
    """Return the sentence for a line from ``start`` to ``other``, and whether it may end there."""
    begin, end = organisation.of(Element, start), organisation.of(Element, other)
    if begin is None:
        return "", False
    if other.startswith(BOX):
        return _("Unfold the group to connect to something in it."), False
    if organisation.of(Stream, other) is not None:
        return _("A payment is reached through its stages: add a stage to the payment stream."), False
    if end is None:
        return _nowhere(begin, out=out), False
    supplier, dependent = (begin, end) if out else (end, begin)
    if problem := edits.refusal(organisation, supplier, dependent):
        return messages.sentence(problem), False
    names = {"dependent": name_of(dependent), "supplier": name_of(supplier)}
    if dependent.id in reach(scene.links.values(), [supplier.id], upstream=True):
        return _("{dependent} will need {supplier}, which needs it in turn: a cycle.", **names), True
    return _("{dependent} will need {supplier}.", **names), True


def _nowhere(begin: Element, *, out: bool) -> str:
    name = name_of(begin)
    if out:
        return _("Let go on what needs “{name}”, or on free ground to add it.", name=name)
    return _("Let go on what “{name}” needs, or on free ground to add it.", name=name)
