"""The impact scale is data of the document; figures have sources of their own; owners sign functions off."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_EVIDENCED = (
    "site", "function", "resource", "staff_group", "need", "stream", "fallback", "scenario", "event",
    "measure", "gap",
)  # fmt: skip
_LISTS = {table: ["estimates"] for table in _EVIDENCED} | {"function": ["estimates", "quick"]}
_TEXTS = {"function": ["mtpd_reason", "signed_state"]}
_GRADES = tuple(f"grade_{n}" for n in range(5))


def upgrade() -> None:
    """Add the columns, each empty in the records there are, and the table of the scale."""
    for table, names in _LISTS.items():
        _add(table, names, sa.JSON(none_as_null=True), "[]")
    for table, names in _TEXTS.items():
        _add(table, names, sa.Text(), "")
    op.add_column("resource", sa.Column("achievable_rpo", sa.BigInteger))
    op.add_column("function", sa.Column("signed_on", sa.Date))
    with op.batch_alter_table("function", recreate="always") as batch:
        role = sa.ForeignKey("role.id", name="signer", deferrable=True, initially="DEFERRED")
        batch.add_column(sa.Column("signed_by", sa.Text, role))
    op.create_table(
        "impact_scale",
        sa.Column("id", sa.Text, primary_key=True, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("code", "name", *_GRADES, "source")),
        sa.Column("intolerable", sa.BigInteger, nullable=False),
        *(
            sa.Column(name, sa.JSON(none_as_null=True), nullable=False)
            for name in ("steps", "types", "classes", "questions")
        ),
        sa.UniqueConstraint("code"),
    )


def _add(table: str, names: list[str], type_: sa.types.TypeEngine[Any], empty: str) -> None:
    """Add columns that may not be null; the default fills the rows there are and is then taken away."""
    with op.batch_alter_table(table) as batch:
        for name in names:
            batch.add_column(sa.Column(name, type_, nullable=False, server_default=empty))
    with op.batch_alter_table(table) as batch:
        for name in names:
            batch.alter_column(name, server_default=None)
