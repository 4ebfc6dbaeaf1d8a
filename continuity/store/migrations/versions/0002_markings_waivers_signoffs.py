"""Records may be marked, problems accepted with a reason, versions signed off."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_MARKED = (
    "site", "function", "resource", "staff_group", "need", "stream", "fallback", "scenario", "event",
    "measure", "procedure", "gap",
)  # fmt: skip


def upgrade() -> None:
    """Add the column to what may be marked, and the two new tables."""
    for table in _MARKED:
        op.add_column(table, sa.Column("marking", sa.Text))
    op.create_table(
        "waiver",
        sa.Column("id", sa.Text, primary_key=True, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("name", "about", "rule", "field", "reason", "by")
        ),
        sa.Column("on", sa.Date),
        sa.Column("until", sa.Date),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "signoff",
        sa.Column("id", sa.Text, primary_key=True, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("version", "at", "author", "name", "role", "note", "content")
        ),
    )
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER signoff_{verb.lower()} BEFORE {verb} ON signoff "
            "BEGIN SELECT RAISE(ABORT, 'signoff is append-only'); END"
        )
