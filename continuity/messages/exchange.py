"""Sentences for the problems that ``exchange`` reports."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}

MENDS: dict[str, str] = {}
