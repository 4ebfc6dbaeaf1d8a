"""Events may hit by Styrel class."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column, empty in the events there are."""
    with op.batch_alter_table("event") as batch:
        column = sa.Column("styrel_classes", sa.JSON(none_as_null=True), nullable=False, server_default="[]")
        batch.add_column(column)
    with op.batch_alter_table("event") as batch:
        batch.alter_column("styrel_classes", server_default=None)
