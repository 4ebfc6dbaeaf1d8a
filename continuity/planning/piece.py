"""A plan that can be made, and who gets it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from continuity.planning.blocks import Document

EVERY: Final = frozenset(("cards", "team", "full"))
TEAM: Final = frozenset(("team", "full"))
FULL: Final = frozenset(("full",))


@dataclass(frozen=True, slots=True)
class Piece:
    """One plan that can be made. ``text``: as plain text too; ``file``: words of its file name."""

    code: str
    group: str
    title: str
    what: str
    make: Callable[[], Document]
    profiles: frozenset[str] = TEAM
    text: bool = False
    file: str = ""
