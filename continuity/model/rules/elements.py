"""Rules about functions, resources, staff and what they need."""

from __future__ import annotations

from collections.abc import Iterator

from continuity.model.durations import format_duration
from continuity.model.kinds import Cycle, Element, Function, Need, Resource, StaffGroup, Supply
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.model.rules.said import said


def functions_have_owner_and_deputy(organisation: Organisation) -> Iterator[Problem]:
    """Every function has somebody to answer for it, and a deputy."""
    for function in organisation.all(Function):
        if function.owner is None:
            yield said("no-owner", "warning", function, "owner")
        if function.deputy is None:
            yield said("no-deputy", "warning", function, "deputy")


def time_demands_agree(organisation: Organisation) -> Iterator[Problem]:
    """RTO + WRT fit into MTPD; what is achievable fits into what is needed."""
    for function in organisation.all(Function):
        needed, achievable = function.rto, function.achievable_rto
        if function.mtpd is None:
            yield said("no-mtpd", "warning", function, "mtpd")
        elif needed is not None and needed + (function.wrt or 0) > function.mtpd:
            facts = {"rto": needed, "wrt": function.wrt or 0, "mtpd": function.mtpd}
            yield said("rto-over-mtpd", "error", function, "rto", **_spans(facts))
        if needed is not None and achievable is not None and achievable > needed:
            facts = {"needed": needed, "achievable": achievable}
            yield said("needed-under-achievable", "warning", function, "achievable_rto", **_spans(facts))


def _spans(minutes: dict[str, int]) -> dict[str, str]:
    return {name: format_duration(span) for name, span in minutes.items()}


def functions_need_something(organisation: Organisation) -> Iterator[Problem]:
    """A function that needs nothing has not been described yet."""
    dependents = {need.dependent for need in organisation.all(Need)}
    for function in organisation.all(Function):
        if function.in_use and function.id not in dependents:
            yield said("needs-nothing", "warning", function)


def resources_serve_something(organisation: Organisation) -> Iterator[Problem]:
    """A resource or group that nobody needs is an orphan."""
    for element in organisation.elements:
        if isinstance(element, Resource | StaffGroup) and element.in_use:
            holders = organisation.referrers(element.id)
            if not any(type(h).__name__ in ("Supply", "Stage", "Fallback") for h in holders):
                yield said("orphan", "hint", element)


def needs_have_suppliers(organisation: Organisation) -> Iterator[Problem]:
    """A need has suppliers, and enough of them."""
    for need in organisation.all(Need):
        supplies = organisation.parts(need.id, Supply)
        primary = [s for s in supplies if not s.standby]
        if not primary:
            yield said("need-without-supply", "error", need)
        elif need.rule == "k_of_n" and need.k > len(primary):
            yield said("k-over-n", "error", need, "k", k=need.k, n=len(primary))


def buffers_outlast_activation(organisation: Organisation) -> Iterator[Problem]:
    """The buffer of a need bridges the activation of its standby."""
    for need in organisation.all(Need):
        standbys = [s for s in organisation.parts(need.id, Supply) if s.standby]
        slowest = min((s.activation_delay for s in standbys), default=0)
        if standbys and need.autonomy < slowest:
            facts = {"buffer": need.autonomy, "activation": slowest}
            yield said("buffer-under-activation", "warning", need, "autonomy", **_spans(facts))


def vital_functions_have_no_single_supplier(organisation: Organisation) -> Iterator[Problem]:
    """A vital function that needs one thing without standby or buffer hangs by a thread."""
    vital = {function.id: function for function in organisation.all(Function) if function.vital}
    for need in organisation.all(Need):
        function = vital.get(need.dependent)
        if function is None or need.autonomy:
            continue
        supplies = organisation.parts(need.id, Supply)
        supplier = organisation.of(Element, supplies[0].element) if len(supplies) == 1 else None
        if isinstance(supplier, Resource):
            yield said("single-supplier", "warning", function, supplier=supplier.name, need=need.name)


def staff_numbers_agree(organisation: Organisation) -> Iterator[Problem]:
    """Minimum crews and wartime placements fit into the headcount."""
    for group in organisation.all(StaffGroup):
        if group.minimum_crew > group.headcount:
            facts = {"crew": group.minimum_crew, "headcount": group.headcount}
            yield said("crew-over-headcount", "error", group, "minimum_crew", **facts)
        placed = (group.placed_here, group.placed_elsewhere, group.checked_free, group.not_checked)
        total = sum(number or 0 for number in placed)
        if any(number is not None for number in placed) and total != group.headcount:
            facts = {"placed": total, "headcount": group.headcount}
            yield said("placement-sum", "warning", group, "placed_here", **facts)


def cycles_have_a_procedure(organisation: Organisation) -> Iterator[Problem]:
    """A black start is practised by a procedure and owned by a role."""
    for cycle in organisation.all(Cycle):
        if cycle.procedure is None or cycle.owner is None:
            yield said("cycle-without-procedure", "warning", cycle)


RULES = (
    functions_have_owner_and_deputy,
    time_demands_agree,
    functions_need_something,
    resources_serve_something,
    needs_have_suppliers,
    buffers_outlast_activation,
    vital_functions_have_no_single_supplier,
    staff_numbers_agree,
    cycles_have_a_procedure,
)
