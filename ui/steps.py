"""What a step of the history is called: "Move 3 functions"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from continuity.model.kinds import KINDS
from continuity.words import N_, _, ngettext
from ui.forms.form import CODE
from ui.making import as_inside

if TYPE_CHECKING:
    from continuity.session import Step

#: Verb of an edit or a group → its sentence; {what} is a name or "3 functions".
VERBS: dict[str, str] = {
    "add": N_("Add {what}"),
    "create": N_("Add {what}"),
    "remove": N_("Delete {what}"),
    "replace": N_("Change {what}"),
    "change": N_("Change {what}"),
    "move": N_("Move {what}"),
    "layout": N_("Arrange {what}"),
    "rename": N_("Rename {what}"),
    "connect": N_("Connect {what}"),
    "disconnect": N_("Disconnect {what}"),
    "duplicate": N_("Duplicate {what}"),
    "paste": N_("Paste {what}"),
    "align": N_("Align {what}"),
    "cut": N_("Cut {what}"),
    "view": N_("Keep {what}"),
    "order": N_("Reorder {what}"),
    "import": N_("Import {what}"),
    "merge": N_("Merge {what}"),
    "restore": N_("Restore {what}"),
    "put_back": N_("Put back {what}"),
    "ask-loss": N_("Keep the question {what}"),
    "mend": N_("Mend {what}"),
    "accept": N_("Accept {what}"),
    "fill": N_("Fill {what}"),
    "replace_all": N_("Replace in {what}"),
    "clear": N_("Empty cells of {what}"),
    "make-exercise": N_("Make an exercise: {what}"),
    "rewrite-injects": N_("Write the event list anew: {what}"),
    "improvements": N_("Take up improvements: {what}"),
    "observed-times": N_("Take observed times: {what}"),
}

_LONGEST_NAME = 40
_FIELDS = 2  # named; that there are more is shown


def step_text(step: Step | None) -> str:
    """Return the step in words, or an empty text for None."""
    if step is None:
        return ""
    sentence = VERBS.get(step.verb, VERBS["change"])
    if sentence == VERBS["change"] and (fields := _fields(step)):
        return _("Change {fields} of {what}", fields=fields, what=_what(step))
    return _(sentence, what=_what(step))


def _fields(step: Step) -> str:
    """Return what changed of the one record that did, in words; an empty text where it cannot be told."""
    if len(step.kinds) != 1 or step.kinds[0] not in KINDS:
        return ""
    specs = {"code": CODE, **KINDS[step.kinds[0]].specs}
    labels = [as_inside(_(specs[name].label)) for name in step.fields if name in specs]
    return ", ".join(labels[:_FIELDS]) + (" …" if len(labels) > _FIELDS else "")


def _what(step: Step) -> str:
    if step.names and (step.count == 1 or step.verb == "ask-loss"):
        name = str(step.names[0])
        short = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
        return _("“{name}”", name=short)
    kinds = tuple(step.kinds)
    if len(kinds) == 1 and kinds[0] in KINDS:
        kind = KINDS[kinds[0]]
        noun = kind.label if step.count == 1 else kind.plural
        return _("{count} {things}", count=step.count, things=_(noun).lower())
    return ngettext("{n} record", "{n} records", step.count)
