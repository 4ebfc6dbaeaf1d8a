"""Named colours of the three themes, and the scale of levels. No colour is named anywhere else.

Contrast promises (checked in the tests): ink and muted on surface, raised and sunken as text (7 and
4.5 to 1), accent, warn and breach as text (4.5), border and the state colours as shapes (3).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

#: The grid in pixels at 100 %; every distance is a multiple (or a half, a quarter) of it.
GRID: Final = 8


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme as ``#rrggbb``."""

    name: str
    dark: bool
    surface: str  # the paper on which everything lies
    raised: str  # fields, cards, tables
    sunken: str  # rail, headers, bars
    ink: str  # text
    muted: str  # secondary text
    line: str  # hair lines between things
    border: str  # edges of fields and buttons
    accent: str  # what can be acted on, what is chosen
    on_accent: str  # text on accent
    chosen: str  # background of chosen rows
    hover: str  # background under the pointer
    full: str  # state: full level
    reduced: str  # state: reduced
    lost: str  # state: lost
    unknown: str  # state: not known
    warn: str  # something to mend; never a breach
    breach: str  # a breach, and nothing else
    function: str  # heavy edge of functions on the map
    staff: str  # rim of staff groups
    pay: str  # calendar tiles
    edge: str  # lines of supply
    exercise: str  # the frame around what is only an exercise, and nothing else


LIGHT: Final = Tokens(
    name="light", dark=False,
    surface="#f5f4ef", raised="#fffefb", sunken="#eae8e0",
    ink="#1a232c", muted="#535e69", line="#dad7cc", border="#7a8082",
    accent="#14597d", on_accent="#ffffff", chosen="#d3e4ec", hover="#e3e9ea",
    full="#2c7a69", reduced="#a87213", lost="#4f2440", unknown="#7b7f86",
    warn="#8f4a00", breach="#b3201b",
    function="#14597d", staff="#5c6b2f", pay="#7a4a1c", edge="#6f7a82",
    exercise="#7b2d8e",
)  # fmt: skip

DARK: Final = Tokens(
    name="dark", dark=True,
    surface="#161d24", raised="#1e2730", sunken="#11171d",
    ink="#e7e6e0", muted="#a3adb6", line="#2e3943", border="#71808c",
    accent="#74b8d8", on_accent="#0c1720", chosen="#1f3e50", hover="#263440",
    full="#58b39c", reduced="#d9a441", lost="#c490b4", unknown="#8f979f",
    warn="#f0a860", breach="#ff7b6e",
    function="#74b8d8", staff="#a9bb6c", pay="#d5a06a", edge="#7d8b97",
    exercise="#d79aeb",
)  # fmt: skip

HIGH_CONTRAST: Final = Tokens(
    name="contrast", dark=True,
    surface="#000000", raised="#000000", sunken="#000000",
    ink="#ffffff", muted="#e0e0e0", line="#8a8a8a", border="#ffffff",
    accent="#ffe600", on_accent="#000000", chosen="#003f7f", hover="#1f2a33",
    full="#4df0c4", reduced="#ffc400", lost="#ff9ee2", unknown="#c8c8c8",
    warn="#ffb000", breach="#ff6b5e",
    function="#6fd3ff", staff="#c9f06a", pay="#ffb86b", edge="#d0d0d0",
    exercise="#ff8cff",
)  # fmt: skip

THEMES: Final[dict[str, Tokens]] = {t.name: t for t in (LIGHT, DARK, HIGH_CONTRAST)}

#: The scale of levels in OKLCH (lightness, chroma, hue): even steps of lightness, dark when lost.
_SCALE: Final = ((0, (0.30, 0.09, 340.0)), (500, (0.61, 0.11, 50.0)), (1000, (0.90, 0.05, 170.0)))


@cache
def level_colour(permille: int) -> str:
    """Return the colour of a level 0-1000: one scale in every theme, on screen and on paper."""
    from ui.theme.colour import oklch_to_hex

    level = min(1000, max(0, permille))
    (low, a), (high, b) = next((one, two) for one, two in pairwise(_SCALE) if level <= two[0])
    part = (level - low) / (high - low)
    turn = (b[2] - a[2] + 180) % 360 - 180
    return oklch_to_hex(a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part, (a[2] + turn * part) % 360)
