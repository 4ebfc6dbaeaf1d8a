"""Statistics of a variant so far, as one thing that can be set aside and gone on with."""

from __future__ import annotations

import copy
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")


def twin(thing: T) -> T:
    """Return statistics of their own with the same figures; the facts of the model are shared."""
    made = copy.copy(thing)
    for name, value in vars(thing).items():
        setattr(made, name, _twin(value))
    return made


def size(thing: Any) -> int:
    """Return the bytes in the figures of statistics."""
    if isinstance(thing, np.ndarray):
        return thing.nbytes
    if isinstance(thing, dict):
        return sum(size(value) for value in thing.values())
    if isinstance(thing, list):
        return sum(size(value) for value in thing)
    return size(vars(thing)) if _grows(thing) else 0


def _twin(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, list):
        return list(value)
    if isinstance(value, dict):
        return {key: _twin(one) for key, one in value.items()}
    return twin(value) if _grows(value) else value


def _grows(thing: Any) -> bool:
    """Tell whether blocks are added to ``thing``; all else in statistics is facts of the model."""
    return callable(getattr(thing, "add", None)) and type(thing).__module__.startswith(__package__ or "")
