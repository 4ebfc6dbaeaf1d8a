"""What needs what: needs, their supplies, and cycles."""

from __future__ import annotations

from dataclasses import dataclass

from continuity.model.fields import N_, choice, count, flag, long_text, minutes, permille, ref, refs, text
from continuity.model.kinds.base import ELEMENTS, Evidenced, Record, record_kind

RULES = {
    "all": N_("All of them"),
    "k_of_n": N_("At least k of them"),
    "share": N_("A share of capacity"),
}


@record_kind("need", N_("Need"), N_("Needs"), "N")
@dataclass(frozen=True, slots=True, kw_only=True)
class Need(Evidenced):
    """Something an element cannot do without, and how long it manages all the same."""

    dependent: str = ref(N_("Dependent"), *ELEMENTS, required=True)
    name: str = text(N_("Name"), required=True)
    why: str = long_text(N_("Why"))
    rule: str = choice(N_("Rule"), RULES, default="all")
    k: int = count(N_("How many are enough"), default=1, low=1)
    required: int = count(
        N_("Units required"),
        default=0,
        help=N_("In the unit of the supplies' capacity; for staff, persons."),
    )
    unit: str = text(N_("Unit of capacity"))
    threshold: int = permille(N_("Standby starts below"))
    autonomy: int = minutes(N_("Buffer: manages without for"))
    refill: int | None = permille(
        N_("Buffer regained per minute of full supply"),
        default=None,
        high=1_000_000,
        help=N_("Thousandths of a minute; blank: full again at once."),
    )
    floor: int = permille(N_("What remains without it"), default=0)
    restart_lag: int = minutes(N_("Restart lag"))
    priority: int = count(N_("Priority for shared staff"), default=100)


@record_kind("supply", N_("Supply"), N_("Supplies"), "U", parent="need", children="supplies")
@dataclass(frozen=True, slots=True, kw_only=True)
class Supply(Record):
    """One supplier of a need, ordinary or standby."""

    need: str = ref(N_("Need"), "need", required=True, hidden=True)
    position: int = count(N_("Position"), hidden=True)
    element: str = ref(N_("Supplier"), *ELEMENTS, required=True)
    capacity: int | None = count(
        N_("Capacity"),
        default=None,
        help=N_("In the need's unit; blank for staff: their headcount; blank for a standby: all."),
    )
    standby: bool = flag(N_("Standby"))
    activation_delay: int = minutes(N_("Activation takes"))
    endurance: int | None = minutes(N_("Endurance"), default=None, help=N_("Blank: without end."))
    refill: int | None = permille(
        N_("Endurance regained per minute"),
        default=None,
        high=1_000_000,
        help=N_("Thousandths of a minute; blank: full again after each activation."),
    )
    refiller: str | None = ref(N_("Refilled by"), *ELEMENTS)
    decider: str | None = ref(N_("Who decides"), "role")


@record_kind("cycle", N_("Cycle"), N_("Cycles"), "C")
@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle(Record):
    """Elements that need each other, and the delay of their black start."""

    name: str = text(N_("Name"), required=True)
    members: tuple[str, ...] = refs(N_("Members"), *ELEMENTS, required=True)
    delay: int = minutes(N_("Black-start delay"))
    procedure: str | None = ref(N_("Procedure"), "procedure")
    owner: str | None = ref(N_("Owner"), "role")
    note: str = long_text(N_("Note"))
