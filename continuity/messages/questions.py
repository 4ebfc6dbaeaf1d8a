"""What an owner is asked, in words."""

from __future__ import annotations

from continuity.model.kinds import kind_of
from continuity.model.questions import Question
from continuity.words import Words


def question_said(q: Question, words: Words) -> str:
    """Return a question in words."""
    _ = words._
    specs = kind_of(q.record).specs
    fields = ", ".join(_(specs[field].label) for field in q.fields if field in specs)
    match q.why:
        case "missing":
            return _("Fill in: {fields}", fields=fields)
        case "impact":
            return words.ngettext(
                "Judge {n} more cell of the matrix.", "Judge {n} more cells of the matrix.", q.count
            )
        case "quick":
            return words.ngettext(
                "Answer {n} more question of the pre-analysis.",
                "Answer {n} more questions of the pre-analysis.",
                q.count,
            )
        case "old":
            return _("Still true after more than a year? {fields}", fields=fields)
        case "changed":
            return _("Changed since it was signed off: look at it and sign anew.")
        case "unsigned":
            return _("Not signed off yet.")
        case _:
            return _("Rests on a guess, an invented example or nothing: {fields}", fields=fields)
