"""Where words that are wider than their place are broken on paper."""

from __future__ import annotations

import re

from continuity.planning.blocks import plain
from continuity.planning.typeface import shown, text_width

_LONG_WORD = re.compile(r"\S{36,}")


def broken(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Return ``text`` with places to break in each word wider than ``width``."""
    if all(text_width(word, size, bold=bold) <= width for word in text.split()):
        return text
    every = max(int(width / size * 1.4), 2)

    def mend(match: re.Match[str]) -> str:
        word = match[0]
        if text_width(word, size, bold=bold) <= width:
            return word
        if _is_address(word):
            return word if "\u200b" in word else _address(word)
        return "\u00ad".join(word[i : i + every] for i in range(0, len(word), every))

    return re.sub(r"\S+", mend, text)


def paper_text(text: str) -> str:
    """Text that the typeface can show, with places to break in endless words."""
    clean = shown(plain(text)).replace("\t", " ")
    return _LONG_WORD.sub(
        lambda m: _address(m[0]) if _is_address(m[0]) else "\u00ad".join(re.findall(r".{1,12}", m[0])), clean
    )


def _is_address(word: str) -> bool:
    return "/" in word and "." in word


def _address(word: str) -> str:
    """An address with places to break after its slashes, and in parts that are too long for a line."""
    parts = re.findall(r"[^/]*/+|[^/]+", word)
    return "\u200b".join(piece for part in parts for piece in re.findall(r".{1,48}", part))
