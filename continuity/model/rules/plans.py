"""Rules about what the plans are made of: agency, roles, contacts, procedures, gaps."""

from __future__ import annotations

from collections.abc import Iterator

from continuity.model.kinds import Agency, Contact, Delegation, Gap, Procedure, Role, Step
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.model.rules.said import said


def there_is_an_agency(organisation: Organisation) -> Iterator[Problem]:
    """A document describes one agency, whose order of priority somebody has decided."""
    agencies = organisation.all(Agency)
    if not agencies:
        yield Problem("no-agency", "warning")
    for agency in agencies:
        if not agency.priority_decided_by or agency.priority_decided_on is None:
            yield said("priority-not-decided", "warning", agency, "priority_decided_by")


def procedures_can_be_followed(organisation: Organisation) -> Iterator[Problem]:
    """A procedure has steps, somebody who leads, and a stop condition."""
    for procedure in organisation.all(Procedure):
        if not organisation.parts(procedure.id, Step):
            yield said("no-steps", "warning", procedure)
        if procedure.role is None:
            yield said("nobody-leads", "warning", procedure, "role")
        if not procedure.stop:
            yield said("no-stop-condition", "hint", procedure, "stop")


def outside_roles_can_be_reached(organisation: Organisation) -> Iterator[Problem]:
    """A role outside the agency has a contact."""
    reached = {contact.role for contact in organisation.all(Contact)}
    for role in organisation.all(Role):
        if role.team == "external" and role.id not in reached:
            yield said("no-contact", "warning", role)


def own_roles_have_deputies(organisation: Organisation) -> Iterator[Problem]:
    """A role of the agency's own that answers for something has a deputy, and can be reached."""
    reached = {contact.role for contact in organisation.all(Contact)}
    for role in organisation.all(Role):
        if role.team == "external" or not organisation.referrers(role.id):
            continue
        if not role.deputies:
            yield said("role-without-deputy", "warning", role, "deputies")
        if role.id not in reached:
            yield said("role-without-contact", "hint", role)


def gaps_have_owner_and_date(organisation: Organisation) -> Iterator[Problem]:
    """An open gap has an owner and a date."""
    for gap in organisation.all(Gap):
        if gap.state in ("open", "started") and (gap.owner is None or gap.due is None):
            yield said("gap-without-owner", "warning", gap, "owner")


def delegations_can_be_used(organisation: Organisation) -> Iterator[Problem]:
    """An authority that passes says to whom, on which trigger, within which limits and until when."""
    for delegation in organisation.all(Delegation):
        for field in ("takers", "trigger", "limits", "ends"):
            if not getattr(delegation, field):
                yield said("delegation-open", "warning", delegation, field)
                break


RULES = (
    there_is_an_agency,
    procedures_can_be_followed,
    outside_roles_can_be_reached,
    own_roles_have_deputies,
    gaps_have_owner_and_date,
    delegations_can_be_used,
)
