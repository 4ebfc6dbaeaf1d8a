"""The tables of the first released form.

Frozen: what the kinds say today stands in `tables.py`. A column is written `name:type`, with `*` for the
primary key, `?` where it may be empty, `>table` where it refers to a record of one kind.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_APPLICATION_ID = 0x55544841
_APPEND_ONLY = ("journal", "run")
_TYPES: dict[str, Callable[[], Any]] = {
    "text": sa.Text,
    "int": sa.BigInteger,
    "real": sa.Double,
    "date": sa.Date,
    "bool": sa.Boolean,
    "json": lambda: sa.JSON(none_as_null=True),
    "blob": sa.LargeBinary,
}

RECORDS = {
    "agency": """
        name:text short_name:text mission:text marking:text marking_law:text highest_marking:text
        hardship_days:int priority_decided_by:text priority_decided_on:date? priority_reference:text
        note:text
    """,
    "site": """
        source:text as_of:date? confidence:text? stated_by:text?>role name:text municipality:text
        region:text protected:bool power_area:text telecom_area:text command:text seats:int?
        leave_trigger:text leave_decider:text?>role leave_moved:text leave_destroyed:text
        leave_confirms:text?>role note:text
    """,
    "function": """
        source:text as_of:date? confidence:text? stated_by:text?>role name:text tags:json
        site:text?>site owner:text?>role deputy:text?>role in_use:bool note:text x:int? y:int? unit:text
        service:text vital:bool why_vital:text priority:int mtpd:int? rto:int? rpo:int? wrt:int?
        mbco:int mbco_words:text achievable_rto:int? achievable_known:text? impact:json arrivals:int
        capacity:int hours:json manual:text last_review:date? approver:text?>role
    """,
    "resource": """
        source:text as_of:date? confidence:text? stated_by:text?>role name:text tags:json
        site:text?>site owner:text?>role deputy:text?>role in_use:bool note:text x:int? y:int?
        category:text styrel_class:int? restart_order:int? achievable_rto:int? achievable_known:text?
        mttf:int? repair:json? crew_kind:text crew_priority:int supplier:text contract:text
        sla_hours:int? support_hours:text wartime_clause:text sub_suppliers:text country:text
        exit_time:int?
    """,
    "staff_group": """
        source:text as_of:date? confidence:text? stated_by:text?>role name:text tags:json
        site:text?>site owner:text?>role deputy:text?>role in_use:bool note:text x:int? y:int?
        competence:text headcount:int minimum_crew:int shifts:int remote:bool stand_ins:json
        endurance:int? tired_below:int fatigue:int placed_here:int? placed_elsewhere:int?
        checked_free:int? not_checked:int? placement_checked:date? notice_given:int? trained:int?
        exercised:int? service_duty:int? care_duties:int? consultants:int?
    """,
    "role": """
        name:text unit:text team:text duties:text decides:text deputies:json channels:json
        site:text?>site
    """,
    "contact": """
        name:text role:text?>role organisation:text purpose:text around_the_clock:bool phone:text
        mobile:text rakel:text sgsi:text email:text address:text tested:date?
    """,
    "need": """
        source:text as_of:date? confidence:text? stated_by:text?>role dependent:text name:text why:text
        rule:text k:int required:int unit:text threshold:int autonomy:int refill:int? floor:int
        restart_lag:int priority:int
    """,
    "supply": """
        need:text>need position:int element:text capacity:int? standby:bool activation_delay:int
        endurance:int? refill:int? refiller:text? decider:text?>role
    """,
    "cycle": """
        name:text members:json delay:int procedure:text?>procedure owner:text?>role note:text
    """,
    "stream": """
        source:text as_of:date? confidence:text? stated_by:text?>role name:text benefit:text own:bool
        owner_agency:text entitlement:text livelihood:text hardship_days:int third_parties:text
        priority:int payees:int amount:int pay_days:json weekend_rule:text holiday_rule:text
        published:json published_years:json due:int restart_allowance:int channel:text
        function:text?>function fallbacks:json note:text
    """,
    "stage": """
        stream:text>stream position:int name:text element:text opens_days:int opens_at:int
        cutoff_days:int? cutoff_at:int least_level:int work:int hours:json reaches:text
    """,
    "fallback": """
        source:text as_of:date? confidence:text? stated_by:text?>role name:text kind:text streams:json
        legal_basis:text precondition:text needs_ruling:bool enabled:bool owner_consent:bool
        decider:text?>role decision_time:int down_for:int? set_up:int coverage:int over:int under:int
        cases_per_hour:int staff:int staff_minutes:int elements:json least_level:int standing:bool
        apply_first:json copy:json? counter:json? recoverability:text reconciliation:int wrong_items:int
        note:text
    """,
    "closed_day": """
        date:date name:text source:text
    """,
    "scenario": """
        source:text as_of:date? confidence:text? stated_by:text?>role name:text strain:text summary:text
        start:json? horizon_days:int detection:int declaration:int demand:int crews:json decrees:json
    """,
    "event": """
        source:text as_of:date? confidence:text? stated_by:text?>role scenario:text>scenario
        position:int name:text type:text cause:text elements:json tags:json sites:json categories:json
        power_areas:json telecom_areas:json offset:int after:text?>event after_point:text duration:json?
        draw:text depth:int shape:json probability:real hit_probability:real repeat_every:int?
        repeat_times:int
    """,
    "measure": """
        source:text as_of:date? confidence:text? stated_by:text?>role name:text description:text
        family:text status:text cost_once:int cost_yearly:int owner:text?>role due:date?
        legal_basis:text changes:json
    """,
    "procedure": """
        name:text kind:text about:json trigger:text role:text?>role material:text stop:text
        last_tested:date?
    """,
    "step": """
        procedure:text>procedure position:int what:text role:text?>role takes:int? form:text
    """,
    "gap": """
        source:text as_of:date? confidence:text? stated_by:text?>role name:text about:text? needed:text
        achievable:text measure:text?>measure owner:text?>role due:date? state:text note:text
    """,
    "plan": """
        name:text covers:json version:text owner:text?>role approved_by:text?>role approved_on:date?
        valid_until:date? distribution:text copies:int
    """,
}

OWN = {
    "document": """
        id:text* file:text language:text made:text program:text
    """,
    "journal": """
        id:int* previous:text hash:text schema:int author:text at:text origin:text payload:text
        undoes:int? joins:int?
    """,
    "salt": """
        record:text* salt:text
    """,
    "version": """
        id:text* name:text at:text author:text journal:int content:blob
    """,
    "run": """
        id:text* position:int made:text scenario:text format:int content:blob
    """,
}


def upgrade() -> None:
    """Make every table, and let SQLite itself refuse changes of what may only grow."""
    for name, columns in RECORDS.items():
        op.create_table(
            name, *map(_column, f"id:text* code:text {columns}".split()), sa.UniqueConstraint("code")
        )
    for name, columns in OWN.items():
        op.create_table(name, *map(_column, columns.split()))
    for table in _APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    op.execute(f"PRAGMA application_id={_APPLICATION_ID}")


def _column(written: str) -> sa.Column[Any]:
    declared, _, target = written.partition(">")
    name, type_ = declared.rstrip("*?").split(":")
    made = sa.Integer() if name == "id" and type_ == "int" else _TYPES[type_]()
    references = (sa.ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED"),) if target else ()
    return sa.Column(name, made, *references, primary_key="*" in declared, nullable="?" in declared)
