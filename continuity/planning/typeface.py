"""The house's typeface: how wide text runs in it, which characters it has, its Latin part for pages."""

from __future__ import annotations

import io
import unicodedata
from functools import cache
from typing import Final

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from continuity import places


@cache
def _face(bold: bool) -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    font = TTFont(places.fonts()["Semibold" if bold else "Regular"], lazy=True)
    advances: dict[str, tuple[int, int]] = dict(font["hmtx"].metrics)
    return dict(font.getBestCmap()), advances, int(font["head"].unitsPerEm)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of one line of ``text`` in the unit of ``size`` (kerning left out)."""
    glyphs, advances, em = _face(bold)
    spread = em // 2
    return sum(advances[glyphs[ord(c)]][0] if ord(c) in glyphs else spread for c in text) * size / em


def shown(text: str) -> str:
    """Return ``text`` with each character that the typeface lacks written out as its name in brackets."""
    glyphs = _face(False)[0]
    if text.isascii() or all(ord(c) in glyphs or c in "\n\t" for c in text):
        return text
    return "".join(c if ord(c) in glyphs or c in "\n\t" else _named(c) for c in text)


def _named(character: str) -> str:
    if unicodedata.category(character) in ("Cf", "Mn", "Cc", "Cs"):
        return ""  # joiners, variation selectors and loose accents carry nothing alone
    name = unicodedata.name(character, "").lower()
    return f"[{name}]" if name else "[?]"


def fitted(text: str, width: float, size: float, *, lines: int = 2, bold: bool = False) -> list[str]:
    """Return ``text`` broken into at most ``lines`` lines of ``width``, cut with an ellipsis at the end."""
    found: list[str] = []
    rest = " ".join(text.split())
    while rest and len(found) < lines:
        line, rest = _first_line(rest, width, size, bold)
        found.append(line)
    if rest and found:
        found[-1] = _cut(found[-1], width, size, bold)
    return found


def _first_line(text: str, width: float, size: float, bold: bool) -> tuple[str, str]:
    words, line = text.split(" "), ""
    for place, word in enumerate(words):
        longer = f"{line} {word}".strip()
        if text_width(longer, size, bold=bold) > width:
            if not line:
                return _halved(text, width, size, bold)
            return line, " ".join(words[place:])
        line = longer
    return line, ""


def _halved(text: str, width: float, size: float, bold: bool) -> tuple[str, str]:
    end = 1
    while end < len(text) and text_width(text[: end + 1] + "-", size, bold=bold) <= width:
        end += 1
    end = _syllable(text.split(" ")[0], end)
    return text[:end] + "-", text[end:].lstrip()


def _syllable(word: str, end: int) -> int:
    """The last place at or before ``end`` where a syllable may begin: a consonant with a vowel after it."""
    for place in range(min(end, len(word) - 3), 2, -1):
        if (
            word[place].lower() not in _VOWELS
            and word[place + 1].lower() in _VOWELS
            and word[place - 2 : place].isalpha()
            and any(c.lower() in _VOWELS for c in word[:place])
        ):
            return place
    return end


_VOWELS: Final = "aeiouyåäöéü"


def _cut(line: str, width: float, size: float, bold: bool) -> str:
    while line and text_width(line + "…", size, bold=bold) > width:
        line = line[:-1].rstrip(" -")
    return line.rstrip(" -") + "…"


_SIGNS: Final = (
    0x202F, 0x2030, 0x2039, 0x203A, 0x20AC, 0x2212, 0x2248, 0x2264, 0x2265, 0x2610, 0x2611, 0x2713,
)  # fmt: skip
_LATIN: Final = (*range(0x20, 0x180), *range(0x2010, 0x2027), *range(0x2190, 0x2194), *_SIGNS)


@cache
def web_font(face: str) -> bytes:
    """Return the Latin part of ``face`` as WOFF, small enough to go with every page."""
    font = TTFont(places.fonts()[face])
    options = subset.Options(layout_features=["kern", "tnum", "liga"], hinting=False)
    maker = subset.Subsetter(options)
    maker.populate(unicodes=_LATIN)
    maker.subset(font)
    font.flavor = "woff"
    held = io.BytesIO()
    font.save(held)
    return held.getvalue()
