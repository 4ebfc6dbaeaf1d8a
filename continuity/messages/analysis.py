"""Sentences for the problems that ``analysis`` reports."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}

MENDS: dict[str, str] = {}
