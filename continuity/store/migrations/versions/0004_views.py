"""Views of the map are kept in the document."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_TEXTS = ("code", "name", "note", "grouping", "direction", "words")
_FLAGS = ("opening", "alone", "in_use_only", "streams")
_LISTS = ("unfolded", "focus", "marks", "kinds", "categories", "sites", "units", "tags")
_PLACE = ("centre_x", "centre_y", "zoom")


def upgrade() -> None:
    """Add the table of views."""
    op.create_table(
        "view",
        sa.Column("id", sa.Text, primary_key=True, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in _TEXTS),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in _FLAGS),
        *(sa.Column(name, sa.JSON(none_as_null=True), nullable=False) for name in _LISTS),
        sa.Column("depth", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.BigInteger) for name in _PLACE),
        sa.UniqueConstraint("code"),
    )
