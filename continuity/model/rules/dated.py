"""Rules about what grows old: reviews, tests, plans, promises. They need to know what day it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from continuity.model.duties import due_of
from continuity.model.kinds import Contact, Duty, Fallback, Function, Gap, Measure, Plan, Procedure
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.model.rules.said import said

_YEAR = dt.timedelta(days=365)
_SOON = dt.timedelta(days=60)


def is_old(date: dt.date | None, today: dt.date) -> bool:
    """Tell whether ``date`` is more than twelve months ago."""
    return date is not None and today - date > _YEAR


def functions_are_reviewed(organisation: Organisation, today: dt.date) -> Iterator[Problem]:
    """A function is looked at anew within twelve months."""
    for function in organisation.all(Function):
        if function.last_review is None:
            yield said("never-reviewed", "hint", function, "last_review")
        elif is_old(function.last_review, today):
            yield said("stale-review", "warning", function, "last_review", date=str(function.last_review))


def contacts_are_tested(organisation: Organisation, today: dt.date) -> Iterator[Problem]:
    """A number that nobody has rung within twelve months may be nobody's."""
    for contact in organisation.all(Contact):
        if contact.tested is None:
            yield said("contact-untested", "hint", contact, "tested")
        elif is_old(contact.tested, today):
            yield said("contact-test-old", "warning", contact, "tested", date=str(contact.tested))


def procedures_are_tested(organisation: Organisation, today: dt.date) -> Iterator[Problem]:
    """A procedure is tried within twelve months."""
    for procedure in organisation.all(Procedure):
        if procedure.last_tested is None:
            yield said("procedure-untested", "hint", procedure, "last_tested")
        elif is_old(procedure.last_tested, today):
            yield said(
                "procedure-test-old", "warning", procedure, "last_tested", date=str(procedure.last_tested)
            )


def copies_are_tested(organisation: Organisation, today: dt.date) -> Iterator[Problem]:
    """A verified copy has been restored within twelve months."""
    for fallback in organisation.all(Fallback):
        if fallback.copy is None:
            continue
        if not fallback.copy.present:
            yield said("copy-not-there", "warning", fallback, "copy")
        elif fallback.copy.tested is None or is_old(fallback.copy.tested, today):
            yield said("copy-untested", "warning", fallback, "copy")


def plans_are_valid(organisation: Organisation, today: dt.date) -> Iterator[Problem]:
    """A plan is approved and has not run out."""
    for plan in organisation.all(Plan):
        if plan.approved_on is None:
            yield said("plan-not-approved", "hint", plan, "approved_on")
        if plan.valid_until is None:
            continue
        if plan.valid_until < today:
            yield said("plan-expired", "warning", plan, "valid_until", date=str(plan.valid_until))
        elif plan.valid_until - today < _SOON:
            yield said("plan-expires", "hint", plan, "valid_until", date=str(plan.valid_until))


def promises_are_kept(organisation: Organisation, today: dt.date) -> Iterator[Problem]:
    """What was to be done by a day that has passed is done, or has another day."""
    for gap in organisation.all(Gap):
        if gap.state in ("open", "started") and gap.due is not None and gap.due < today:
            yield said("overdue", "warning", gap, "due", date=str(gap.due))
    for measure in organisation.all(Measure):
        if measure.status == "decided" and measure.due is not None and measure.due < today:
            yield said("overdue", "warning", measure, "due", date=str(measure.due))
    for duty in organisation.all(Duty):
        due = due_of(duty)
        if due is not None and due < today:
            yield said("overdue", "warning", duty, "last_done", date=str(due))


RULES = (
    functions_are_reviewed,
    contacts_are_tested,
    procedures_are_tested,
    copies_are_tested,
    plans_are_valid,
    promises_are_kept,
)
