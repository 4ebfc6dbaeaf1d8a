"""SVG by hand: shapes in named colours, text as text, patterns for states. Lengths are points."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from continuity.planning.blocks import plain
from continuity.planning.palette import LIGHT

FONT: Final = "Source Sans Pro"

#: Patterns that tell the states apart without colour; full level is plain.
PATTERNS: Final = (
    '<defs><pattern id="reduced" width="5" height="5" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="5" height="5" fill="{paper}" class="f-paper"/>'
    '<rect width="2" height="5" fill="{reduced}" class="f-reduced"/></pattern></defs>'
).format(**LIGHT)

_STATE_FILL: Final = {"full": "full", "reduced": "url(#reduced)", "lost": "lost"}


def number(value: float) -> str:
    """A length with at most one decimal."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def paint(fill: str = "", stroke: str = "", width: float = 1.0) -> str:
    """Attributes that fill and stroke with named colours; pages in the dark change them by class."""
    classes = [f"f-{fill}"] if fill else []
    parts = [f'fill="{LIGHT[fill]}"' if fill else 'fill="none"']
    if stroke:
        classes.append(f"s-{stroke}")
        parts.append(f'stroke="{LIGHT[stroke]}" stroke-width="{number(width)}"')
    return " ".join([*parts, f'class="{" ".join(classes)}"'])


def state_paint(state: str) -> str:
    """Attributes that fill with the colour and pattern of ``full``, ``reduced`` or ``lost``."""
    fill = _STATE_FILL[state]
    return f'fill="{fill}"' if fill.startswith("url") else paint(fill)


def rect(x: float, y: float, width: float, height: float, look: str, *, radius: float = 0) -> str:
    """A rectangle; ``look`` is made by :func:`paint` or :func:`state_paint`."""
    round_ = f' rx="{number(radius)}"' if radius else ""
    size = f'width="{number(max(width, 0))}" height="{number(max(height, 0))}"'
    return f'<rect x="{number(x)}" y="{number(y)}" {size}{round_} {look}/>'


def line(x1: float, y1: float, x2: float, y2: float, colour: str, *, width: float = 1, dash: str = "") -> str:
    """A straight line."""
    ends = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f"<line {ends} {paint(stroke=colour, width=width)}{dashed}/>"


def path(d: str, look: str, *, dash: str = "") -> str:
    """A path."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{d}" {look}{dashed}/>'


def text(
    x: float,
    y: float,
    words: str,
    size: float,
    *,
    anchor: str = "start",
    bold: bool = False,
    colour: str = "ink",
) -> str:
    """One line of text with its base line at ``y``."""
    weight = ' font-weight="600"' if bold else ""
    place = f'x="{number(x)}" y="{number(y)}" text-anchor="{anchor}"'
    face = f'font-family="{FONT}" font-size="{number(size)}"{weight}'
    return f"<text {place} {face} {paint(colour)}>{escape(plain(words))}</text>"


def picture(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    """The whole picture, its title for those who listen."""
    box = f'viewBox="0 0 {number(width)} {number(height)}"'
    name = escape(plain(title))
    inner = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" aria-label="{name}">'
        f"{PATTERNS}{inner}</svg>"
    )
