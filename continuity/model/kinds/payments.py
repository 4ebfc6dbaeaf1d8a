"""Payment streams, the stages of their runs, fallbacks, and days when banks are closed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from continuity.model.fields import (
    N_,
    choice,
    clock,
    count,
    date,
    flag,
    long_text,
    milli,
    minutes,
    permille,
    ref,
    refs,
    sek,
    text,
    value,
    values,
)
from continuity.model.kinds.base import ELEMENTS, Evidenced, Record, record_kind
from continuity.model.values import (
    ApplyFirst,
    CounterAgreement,
    PayDay,
    PublishedDay,
    PublishedYear,
    VerifiedCopy,
    WorkSpan,
)

ENTITLEMENTS = {
    "FIX": N_("Same amount until something changes"),
    "PREL": N_("Preliminary, settled afterwards"),
    "CLAIM": N_("Claimed for each period"),
}

LIVELIHOODS = {
    "sole": N_("Sole income"),
    "main": N_("Main income"),
    "supplement": N_("Supplement"),
    "provider": N_("To provider or employer"),
}

#: Livelihood classes 1-2: people in need.
IN_NEED = ("sole", "main")

DAY_RULES = {
    "previous": N_("Previous bank day"),
    "next": N_("Next bank day"),
    "nearest": N_("Saturday to Friday, Sunday to Monday"),
}


@record_kind("stream", N_("Payment stream"), N_("Payment streams"), "B")
@dataclass(frozen=True, slots=True, kw_only=True)
class Stream(Evidenced):
    """Payments of one benefit by one calendar and one chain."""

    name: str = text(N_("Name"), required=True)
    benefit: str = text(N_("Benefit"))
    own: bool = flag(N_("The agency's own benefit"), default=True)
    owner_agency: str = text(N_("Owner agency"), help=N_("The agency on whose behalf it is paid."))
    entitlement: str = choice(N_("Entitlement"), ENTITLEMENTS, default="FIX", group="pay")
    livelihood: str = choice(N_("Livelihood class"), LIVELIHOODS, default="main", group="pay")
    hardship_days: int = count(N_("Days until hardship"), default=3, group="pay")
    third_parties: str = text(N_("Third parties hit"), group="pay")
    priority: int = count(N_("Decided order of priority"), default=100, group="pay")
    payees: int = count(N_("Payees per month"), group="pay")
    amount: int = sek(N_("Average amount per payee"), group="pay")
    pay_days: tuple[PayDay, ...] = values(N_("Pay days"), PayDay, group="pay")
    weekend_rule: str = choice(N_("On a weekend"), DAY_RULES, default="previous", group="pay")
    holiday_rule: str = choice(N_("On another holiday"), DAY_RULES, default="previous", group="pay")
    published: tuple[PublishedDay, ...] = values(N_("Published exceptions"), PublishedDay, group="pay")
    published_years: tuple[PublishedYear, ...] = values(
        N_("Years checked against the published table"), PublishedYear, group="pay"
    )
    due: int = clock(N_("Usable by"), default=720, group="pay")
    restart_allowance: int = minutes(N_("Restart allowance"), default=240, group="pay")
    channel: str = text(N_("Channel"), group="pay")
    function: str | None = ref(N_("Function that decides the cases"), "function", group="pay")
    fallbacks: tuple[str, ...] = refs(N_("Fallbacks in order"), "fallback", group="law")
    note: str = long_text(N_("Note"))


REACHES = {
    "none": N_("Nothing yet"),
    "made": N_("File made"),
    "sent": N_("File sent"),
    "received": N_("File received"),
    "executed": N_("File executed"),
    "usable": N_("The payee can use the money"),
    "stop": N_("Stop or recall confirmed (only when asked for)"),
}


@record_kind("stage", N_("Stage"), N_("Stages"), "T", parent="stream", children="stages")
@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Record):
    """One stage of a payment run, from the file to money the payee can use."""

    stream: str = ref(N_("Payment stream"), "stream", required=True, hidden=True)
    position: int = count(N_("Position"), hidden=True)
    name: str = text(N_("Name"), required=True)
    element: str = ref(N_("Done by"), *ELEMENTS, required=True)
    opens_days: int = count(N_("Opens, bank days before"), default=0, high=30)
    opens_at: int = clock(N_("Opens at"), default=0)
    cutoff_days: int | None = count(N_("Cut-off, bank days before"), default=None, high=30)
    cutoff_at: int = clock(N_("Cut-off at"), default=1439)
    least_level: int = permille(N_("Least level"), default=1)
    work: int = minutes(N_("Work at full level"), default=1)
    hours: tuple[WorkSpan, ...] = values(N_("Working hours"), WorkSpan)
    reaches: str = choice(N_("State of the file when done"), REACHES, default="none")


FALLBACK_KINDS = {
    "execute": N_("Execute decisions already in force"),
    "interim": N_("Interim decisions, case by case"),
    "certificate": N_("Pay on showing of a certificate or payment document"),
    "order": N_("Government order on other grounds or in another order"),
    "early": N_("Release the file early"),
}

PRECONDITIONS = {
    "peace": N_("Always, peacetime included"),
    "regulation": N_("Government regulation or war"),
    "war": N_("War"),
}

RECOVERABILITY = {
    "strict": N_("Always repayable"),
    "fault": N_("Repayable if the recipient caused or realised it"),
    "none": N_("Not repayable"),
    "settled": N_("Settled against later payments"),
}


@record_kind("fallback", N_("Fallback"), N_("Fallbacks"), "L")
@dataclass(frozen=True, slots=True, kw_only=True)
class Fallback(Evidenced):
    """Another way to pay when the ordinary run cannot: with its law, hour, cost and errors."""

    name: str = text(N_("Name"), required=True)
    kind: str = choice(N_("Kind"), FALLBACK_KINDS, default="execute", group="law")
    streams: tuple[str, ...] = refs(N_("Legal for"), "stream", group="law")
    legal_basis: str = text(N_("Legal basis"), group="law")
    precondition: str = choice(N_("Precondition"), PRECONDITIONS, default="peace", group="law")
    needs_ruling: bool = flag(N_("Needs a legal ruling"), group="law")
    enabled: bool = flag(N_("Switched on"), default=True, group="law")
    owner_consent: bool = flag(
        N_("The owner agency has consented"),
        group="law",
        help=N_("A fallback for another agency's stream needs that agency's decision."),
    )
    decider: str | None = ref(N_("Who decides"), "role", group="law")
    decision_time: int = minutes(N_("The decision takes"), default=60, group="law")
    down_for: int | None = minutes(
        N_("Own rule: start when the chain has been down for"),
        default=None,
        group="law",
        help=N_("Blank: start when the ordinary run can no longer make it."),
    )
    set_up: int = minutes(N_("Set-up takes"), default=240, group="pay")
    coverage: int = permille(N_("Payees covered"), default=900, group="pay")
    over: int = permille(N_("Overpaid, of the covered amount"), default=0, group="pay")
    under: int = permille(N_("Underpaid, of the covered amount"), default=0, group="pay")
    cases_per_hour: int = milli(N_("Interim decisions per person and hour"), group="pay")
    staff: int = count(N_("Staff deciding"), group="pay")
    staff_minutes: int = minutes(N_("Staff time now, all together"), group="pay")
    elements: tuple[str, ...] = refs(N_("Needs to work"), *ELEMENTS, group="pay")
    least_level: int = permille(N_("At the least level"), default=500, group="pay")
    standing: bool = flag(
        N_("Works only if standing before the event"),
        group="pay",
        help=N_("Such as early release: it must have been decided before the disruption."),
    )
    apply_first: tuple[ApplyFirst, ...] = values(N_("Applied first"), ApplyFirst, group="copy")
    copy: VerifiedCopy | None = value(N_("Verified copy"), VerifiedCopy, group="copy")
    counter: CounterAgreement | None = value(N_("Counter agreement"), CounterAgreement, group="copy")
    recoverability: str = choice(
        N_("Recovery of wrong payments"), RECOVERABILITY, default="fault", group="after"
    )
    reconciliation: int = minutes(N_("Reconciliation per wrong item"), default=3, group="after")
    wrong_items: int = permille(N_("Items to reconcile, of those covered"), default=50, group="after")
    note: str = long_text(N_("Note"))


@record_kind("closed_day", N_("Closed bank day"), N_("Closed bank days"), "D")
@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDay(Record):
    """A day, other than Saturday and Sunday, on which Swedish banks do not settle."""

    date: dt.date | None = date(N_("Date"), required=True)
    name: str = text(N_("Name"), required=True)
    source: str = text(N_("Source"))
