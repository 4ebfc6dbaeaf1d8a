"""Delegations, recurring duties, holders of numbered copies, tasks in war, order of measures."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_TABLES = {
    "delegation": """
        marking:text? name:text kind:text covers:json giver:text?>role takers:json site:text?>site
        trigger:text limits:text ends:text reference:text decided_on:date?
    """,
    "duty": """
        name:text kind:text each:text? role:text?>role every:int last_done:date? first_due:date?
        source:text note:text
    """,
}
_TYPES: dict[str, Any] = {
    "text": sa.Text,
    "int": sa.BigInteger,
    "date": sa.Date,
    "json": lambda: sa.JSON(none_as_null=True),
}
_WAR = ("war_task", "war_when", "war_bring")


def upgrade() -> None:
    """Add the two tables, and the columns, empty in the records there are."""
    for table, columns in _TABLES.items():
        op.create_table(
            table,
            sa.Column("id", sa.Text, primary_key=True, nullable=False),
            sa.Column("code", sa.Text, nullable=False, unique=True),
            *(_column(words) for words in columns.split()),
        )
    op.add_column("measure", sa.Column("priority", sa.BigInteger))
    _add("plan", ("holders",), sa.JSON(none_as_null=True), "[]")
    _add("staff_group", _WAR, sa.Text(), "")
    with op.batch_alter_table("staff_group", recreate="always") as batch:
        site = sa.ForeignKey("site.id", name="war_site", deferrable=True, initially="DEFERRED")
        batch.add_column(sa.Column("war_site", sa.Text, site))


def _column(words: str) -> sa.Column[Any]:
    name, rest = words.split(":")
    kind, _, target = rest.partition(">")
    keys = [sa.ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")] if target else []
    return sa.Column(name, _TYPES[kind.rstrip("?")](), *keys, nullable=kind.endswith("?"))


def _add(table: str, names: tuple[str, ...], type_: sa.types.TypeEngine[Any], empty: str) -> None:
    """Add columns that may not be null; the default fills the rows there are and is then taken away."""
    with op.batch_alter_table(table) as batch:
        for name in names:
            batch.add_column(sa.Column(name, type_, nullable=False, server_default=empty))
    with op.batch_alter_table(table) as batch:
        for name in names:
            batch.alter_column(name, server_default=None)
