"""Who and what the agency consists of: agency, sites, functions, resources, staff, roles."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from continuity.model.fields import (
    N_,
    choice,
    choices,
    count,
    date,
    flag,
    long_text,
    milli,
    minutes,
    permille,
    ref,
    refs,
    tag_list,
    text,
    value,
    values,
)
from continuity.model.kinds.base import MARKINGS, Evidenced, Record, record_kind
from continuity.model.values import ImpactCell, Law, QuickAnswer, WorkSpan

CATEGORIES = {
    "ict": N_("ICT"),
    "information": N_("Information"),
    "premises": N_("Premises"),
    "equipment": N_("Equipment"),
    "power": N_("Power"),
    "telecom": N_("Telecommunications"),
    "utility": N_("Heat, water and other utilities"),
    "transport": N_("Transport"),
    "finance": N_("Payment system"),
    "supplier": N_("Supplier or authority"),
}

KNOWN_BY = {"tested": N_("Tested"), "documented": N_("Documented"), "guess": N_("Guess")}


@record_kind("agency", N_("Agency"), N_("Agency"), "A")
@dataclass(frozen=True, slots=True, kw_only=True)
class Agency(Record):
    """The agency itself: one record per document."""

    name: str = text(N_("Name"), required=True)
    short_name: str = text(N_("Short name"))
    mission: str = long_text(N_("Mission"))
    marking: str = choice(N_("Marking"), MARKINGS, default="none")
    marking_law: str = text(N_("Chapter and section"))
    highest_marking: str = choice(N_("Highest allowed marking"), MARKINGS, default="secrecy")
    hardship_days: int = count(
        N_("Days unpaid that count in the headline"),
        default=1,
        help=N_("People in livelihood classes 1-2 who are unpaid for more days than this are counted."),
    )
    priority_decided_by: str = text(N_("Order of priority decided by"), group="law")
    priority_decided_on: dt.date | None = date(N_("Order of priority decided on"), group="law")
    priority_reference: str = text(N_("Reference of the decision"), group="law")
    note: str = long_text(N_("Note"))


@record_kind("site", N_("Site"), N_("Sites"), "S")
@dataclass(frozen=True, slots=True, kw_only=True)
class Site(Evidenced):
    """A place where the agency or a supplier works."""

    name: str = text(N_("Name"), required=True)
    municipality: str = text(N_("Municipality"))
    region: str = text(N_("Region"))
    protected: bool = flag(N_("Protected site"))
    power_area: str = text(N_("Power area"))
    telecom_area: str = text(N_("Telecom area"))
    command: str = choice(
        N_("Command site"),
        {"none": N_("No"), "main": N_("Main command site"), "alternate": N_("Alternate command site")},
        default="none",
    )
    seats: int | None = count(N_("Work places"), default=None)
    leave_trigger: str = long_text(N_("Trigger for leaving"), group="leaving")
    leave_decider: str | None = ref(N_("Who decides to leave"), "role", group="leaving")
    leave_moved: str = long_text(N_("What is moved"), group="leaving")
    leave_destroyed: str = long_text(N_("What is destroyed and how"), group="leaving")
    leave_confirms: str | None = ref(N_("Who confirms"), "role", group="leaving")
    note: str = long_text(N_("Note"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Element(Evidenced):
    """A node of the graph: something with a level that others may need."""

    name: str = text(N_("Name"), required=True)
    tags: tuple[str, ...] = tag_list(N_("Tags"))
    site: str | None = ref(N_("Site"), "site")
    owner: str | None = ref(N_("Owner"), "role")
    deputy: str | None = ref(N_("Deputy"), "role")
    in_use: bool = flag(
        N_("In use"),
        default=True,
        help=N_("What is not in use takes no part in a run; a measure or a variant may switch it on."),
    )
    note: str = long_text(N_("Note"))
    x: int | None = count(N_("Place on the map, x"), default=None, group="map", hidden=True, low=None)
    y: int | None = count(N_("Place on the map, y"), default=None, group="map", hidden=True, low=None)


@record_kind("function", N_("Function"), N_("Functions"), "F")
@dataclass(frozen=True, slots=True, kw_only=True)
class Function(Element):
    """A critical function: what the agency must be able to do."""

    unit: str = text(N_("Unit"))
    service: str = long_text(N_("Service it gives"))
    vital: bool = flag(N_("Vital to society"))
    why_vital: str = long_text(N_("Why it is vital"))
    priority: int = count(N_("Priority class"), default=2, low=1, high=4)
    mtpd: int | None = minutes(N_("Longest tolerable outage (MTPD)"), default=None, group="time")
    mtpd_reason: str = text(N_("Why it differs from what the impacts say"), group="time")
    rto: int | None = minutes(N_("Recovery time needed (RTO)"), default=None, group="time")
    rpo: int | None = minutes(N_("Tolerable data loss (RPO)"), default=None, group="time")
    wrt: int | None = minutes(N_("Time to catch up (WRT)"), default=None, group="time")
    mbco: int = permille(N_("Lowest acceptable level (MBCO)"), default=500, group="time")
    mbco_words: str = text(N_("The lowest acceptable level in words"), group="time")
    achievable_rto: int | None = minutes(N_("Recovery time achievable"), default=None, group="time")
    achievable_known: str | None = choice(N_("How it is known"), KNOWN_BY, default=None, group="time")
    impact: tuple[ImpactCell, ...] = values(N_("Impact over time"), ImpactCell, group="impact")
    quick: tuple[QuickAnswer, ...] = values(N_("Pre-analysis"), QuickAnswer, group="impact")
    arrivals: int = milli(N_("Cases arriving per hour"), group="work")
    capacity: int = milli(N_("Cases done per hour at full level"), group="work")
    hours: tuple[WorkSpan, ...] = values(N_("Working hours"), WorkSpan, group="work")
    manual: str = long_text(N_("Manual alternative"), group="work")
    last_review: dt.date | None = date(N_("Last review"), group="evidence")
    approver: str | None = ref(N_("Approver"), "role", group="evidence")
    signed_by: str | None = ref(N_("Signed off by"), "role", group="evidence")
    signed_on: dt.date | None = date(N_("Signed off on"), group="evidence")
    signed_state: str = text(N_("State that was signed off"), group="evidence", hidden=True)


@record_kind("resource", N_("Resource"), N_("Resources"), "R")
@dataclass(frozen=True, slots=True, kw_only=True)
class Resource(Element):
    """Something a function needs: systems, power, premises, information, suppliers."""

    category: str = choice(N_("Category"), CATEGORIES, default="ict")
    styrel_class: int | None = count(N_("Styrel class"), default=None, low=1, high=8)
    restart_order: int | None = count(N_("Restart order"), default=None, low=1)
    achievable_rto: int | None = minutes(N_("Recovery time achievable"), default=None, group="time")
    achievable_known: str | None = choice(N_("How it is known"), KNOWN_BY, default=None, group="time")
    achievable_rpo: int | None = minutes(
        N_("Data loss achievable"),
        default=None,
        group="time",
        help=N_("The age of the last clean copy when it is needed, not of the last backup."),
    )
    mttf: int | None = minutes(
        N_("Mean time between own failures"), default=None, low=1, high=525_600_000, group="failure"
    )
    repair: Law | None = value(N_("Repair time"), Law, group="failure")
    crew_kind: str = text(N_("Repaired by crew of kind"), group="failure")
    crew_priority: int = count(N_("Priority for the crew"), default=100, group="failure")
    supplier: str = text(N_("Supplier"), group="supplier")
    contract: str = text(N_("Contract reference"), group="supplier")
    sla_hours: int | None = count(N_("Agreed recovery, hours"), default=None, group="supplier")
    support_hours: str = text(N_("Support hours"), group="supplier")
    wartime_clause: str = text(N_("Force majeure and wartime clause"), group="supplier")
    sub_suppliers: str = text(N_("Sub-suppliers"), group="supplier")
    country: str = text(N_("Country"), group="supplier")
    exit_time: int | None = minutes(N_("Time to change supplier"), default=None, group="supplier")


@record_kind("staff_group", N_("Staff group"), N_("Staff groups"), "P")
@dataclass(frozen=True, slots=True, kw_only=True)
class StaffGroup(Element):
    """People with one competence, counted and never named."""

    competence: str = text(N_("Competence"), group="staff")
    headcount: int = count(N_("Headcount"), default=1, group="staff")
    minimum_crew: int = count(N_("Minimum crew per shift"), default=0, group="staff")
    shifts: int = count(N_("Shifts per day"), default=1, low=1, high=4, group="staff")
    remote: bool = flag(N_("Can work remotely"), group="staff")
    stand_ins: tuple[str, ...] = refs(N_("Groups that can stand in"), "staff_group", group="staff")
    endurance: int | None = minutes(N_("Endurance at minimum crew"), default=None, group="staff")
    tired_below: int = count(N_("Tires when so many or fewer are present"), default=0, group="staff")
    fatigue: int = permille(N_("Output when tired"), default=1000, group="staff")
    placed_here: int | None = count(N_("Placed here in war"), default=None, group="placement")
    placed_elsewhere: int | None = count(N_("Placed elsewhere in war"), default=None, group="placement")
    checked_free: int | None = count(N_("Checked and free"), default=None, group="placement")
    not_checked: int | None = count(N_("Not checked"), default=None, group="placement")
    placement_checked: dt.date | None = date(N_("Date of the check"), group="placement")
    notice_given: int | None = count(N_("Have been given notice"), default=None, group="placement")
    trained: int | None = count(N_("Trained for the wartime task"), default=None, group="placement")
    exercised: int | None = count(N_("Exercised in the wartime task"), default=None, group="placement")
    service_duty: int | None = count(N_("Held by general service duty"), default=None, group="placement")
    care_duties: int | None = count(N_("With care duties"), default=None, group="placement")
    consultants: int | None = count(N_("Of which consultants"), default=None, group="placement")
    war_task: str = long_text(N_("Task in war"), group="placement")
    war_site: str | None = ref(N_("Reporting place in war"), "site", group="placement")
    war_when: str = text(N_("When to report in war"), group="placement")
    war_bring: str = long_text(N_("What to bring"), group="placement")


CHANNELS = {
    "phone": N_("Phone"),
    "mobile": N_("Mobile phone"),
    "rakel": N_("Rakel radio"),
    "sgsi": N_("SGSI"),
    "email": N_("E-mail"),
    "satellite": N_("Satellite phone"),
    "runner": N_("Runner"),
}


@record_kind("role", N_("Role"), N_("Roles"), "O")
@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Record):
    """A role in ordinary and wartime organisation."""

    name: str = text(N_("Name"), required=True)
    unit: str = text(N_("Unit"))
    team: str = choice(
        N_("Team"),
        {
            "strategic": N_("Strategic"),
            "tactical": N_("Tactical"),
            "operational": N_("Operational"),
            "external": N_("Outside the agency"),
        },
        default="operational",
    )
    duties: str = long_text(N_("Duties"))
    decides: str = long_text(N_("Decides on"))
    deputies: tuple[str, ...] = refs(N_("Deputies in order"), "role")
    channels: tuple[str, ...] = choices(N_("Channels in order"), CHANNELS)
    site: str | None = ref(N_("Reporting place"), "site")


@record_kind("contact", N_("Contact"), N_("Contacts"), "K")
@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Record):
    """How a role or an outside party is reached. Personal data, left out on demand."""

    name: str = text(N_("Person or desk"), required=True, personal=True)
    role: str | None = ref(N_("Role"), "role")
    organisation: str = text(N_("Organisation"))
    purpose: str = text(N_("Rung for"))
    around_the_clock: bool = flag(N_("Answers round the clock"))
    phone: str = text(N_("Phone"), personal=True)
    mobile: str = text(N_("Mobile phone"), personal=True)
    rakel: str = text(N_("Rakel talk group or number"), personal=True)
    sgsi: str = text(N_("SGSI address"), personal=True)
    email: str = text(N_("E-mail"), personal=True)
    address: str = text(N_("Address"), personal=True)
    tested: dt.date | None = date(N_("Last tested"))
