"""Organisations as JSON files: what is written is read again as the same, field by field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from continuity.exchange.files import read_text, write_text
from continuity.exchange.json_text import dumps, loads
from continuity.exchange.reading import read_plain
from continuity.exchange.writing import write_plain
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused


def read_organisation(source: Path | str | dict[str, Any]) -> Organisation:
    """Return the organisation of a file or of its parsed content.

    Raises :class:`Refused` with every problem of the file at once, each with its path.
    """
    return read_plain(source) if isinstance(source, dict) else read_file(source)[0]


def read_file(path: Path | str) -> tuple[Organisation, str]:
    """Return the organisation of a file, and the language of its texts (empty where it says none)."""
    try:
        plain = loads(read_text(Path(path)))
        return read_plain(plain), plain.get("language", "")
    except Refused as refused:
        named = any("file" in problem.facts for problem in refused.problems)
        raise Refused(refused.problems, "" if named else path) from None


def write_organisation(
    organisation: Organisation, path: Path | str | None = None, *, language: str | None = None
) -> str:
    """Return ``organisation`` as JSON text and put it whole in the file ``path`` if that is given.

    ``language`` (``sv``, ``en``) is noted as the language of its texts.
    """
    text = dumps(write_plain(organisation, language))
    if path is not None:
        write_text(Path(path), text)
    return text
