"""Sentences for the problems that ``store`` reports."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}

MENDS: dict[str, str] = {}
