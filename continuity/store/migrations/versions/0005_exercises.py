"""Exercises, their objectives and injects are planned in the document."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_TABLES = {
    "exercise": """
        name:text scenario:text?>scenario severity:text replication:int? seed:int start:date?
        measures:json purpose:text scope:text played_on:date? place:text director:text?>role length:int
        begins:int ends:int stop_word:text seats:json columns:json note:text
    """,
    "objective": """
        exercise:text>exercise position:int name:text measured:text within:int? evaluator:text
    """,
    "inject": """
        exercise:text>exercise position:int name:text at:int channel:text sender:text to:json message:text
        expected:text objective:text?>objective difficulty:text evaluation:text hint:text hint_after:int?
        about:text? happening:text extra:json
    """,
}
_TYPES: dict[str, Any] = {
    "text": sa.Text,
    "int": sa.BigInteger,
    "date": sa.Date,
    "json": lambda: sa.JSON(none_as_null=True),
}


def upgrade() -> None:
    """Add the three tables."""
    for table, columns in _TABLES.items():
        op.create_table(
            table,
            sa.Column("id", sa.Text, primary_key=True, nullable=False),
            sa.Column("code", sa.Text, nullable=False, unique=True),
            *(_column(words) for words in columns.split()),
        )


def _column(words: str) -> sa.Column[Any]:
    name, rest = words.split(":")
    kind, _, target = rest.partition(">")
    keys = [sa.ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")] if target else []
    return sa.Column(name, _TYPES[kind.rstrip("?")](), *keys, nullable=kind.endswith("?"))
