"""Results as JSON text and back, field by field the same; new fields with a default may be missing."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def write_json(result: object) -> str:
    """Return a result (or any of its parts) as JSON text."""
    return msgspec.json.encode(result, enc_hook=_plain_number).decode()


def read_json(of: type[T], text: str) -> T:
    """Return the ``of`` that :func:`write_json` wrote; raise ValueError if it is none."""
    try:
        return msgspec.json.decode(text, type=of)
    except msgspec.DecodeError as error:  # of which wrong types are a kind
        raise ValueError(str(error)) from None


def write_plain(result: object) -> Any:
    """Return a result as plain objects, lists, numbers and texts (dates in ISO form)."""
    return msgspec.json.decode(msgspec.json.encode(result, enc_hook=_plain_number))


def _plain_number(value: Any) -> Any:
    # Figures straight from an array are not Python's own numbers.
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"{type(value).__name__} has no place in a result")
