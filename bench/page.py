"""The tables of docs/benchmarks.md from what ``uthallig bench --json`` wrote: python -m bench.page FILE..."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def tables(facts: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of the tables, one column for each size."""
    sizes = [f"{one['size']} ({one['shape']['elements']:,} elements)" for one in facts]
    for part, title in (("full", "All rules, levels throughout"), ("plain", "On or off")):
        yield from ("", f"**{title}**, replications per second and ratio to SimPy", "")
        yield from _row(["", *sizes])
        yield from _row(["---", *("---:" for _ in facts)])
        names = list(dict.fromkeys(row["name"] for one in facts for row in one[part]["rows"]))
        for name in names:
            yield from _row([name, *(_cell(one[part]["rows"], name) for one in facts)])
        yield from _row(["goal", *(f"{one[part]['goal']} ×" for one in facts)])
    yield from ("", "**Beside it**", "")
    yield from _row(["", *sizes])
    yield from _row(["---", *("---:" for _ in facts)])
    yield from _row(["two threads over one", *(f"{one['threads']['ratio']:.2f} ×" for one in facts)])
    yield from _row(
        ["whole run, replications per second", *(f"{one['run']['per_second']:,.0f}" for one in facts)]
    )
    yield from _row(["run after one edit", *(f"{one['rerun']['ratio']:.2f} ×" for one in facts)])
    yield from _row(["levels per element", *(str(one["pieces_per_element"]) for one in facts)])
    yield from _row(["most memory of the process, MB", *(f"{one['memory_mb'] or 0:,.0f}" for one in facts)])


def _row(cells: list[str]) -> Iterator[str]:
    yield f"| {' | '.join(cells)} |"


def _cell(rows: list[dict[str, Any]], name: str) -> str:
    for row in rows:
        if row["name"] == name:
            same = "" if row["same_answers"] else ", OTHER ANSWERS"
            return f"{row['per_second']:,.4g} · {row['ratio']:.3g} ×{same}"
    return "–"


if __name__ == "__main__":
    for line in tables([json.loads(Path(name).read_text("utf-8")) for name in sys.argv[1:]]):
        print(line)
