"""Problems: what is wrong, where, and the facts of it; sentences are made elsewhere."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "hint"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. ``path`` is a place in a file (``records.need[3].rule``) where there is one."""

    code: str
    severity: Severity = "error"
    kind: str = ""
    id: str = ""
    record: str = ""  # code or name of the record, for people
    field: str = ""
    path: str = ""
    facts: dict[str, object] = dataclasses.field(default_factory=dict)


class Refused(Exception):  # noqa: N818 - said of the wish, not of the program
    """A user's wish that cannot be granted, with every reason."""

    def __init__(self, problems: Iterable[Problem], file: object = "") -> None:
        self.problems = tuple(problems)
        self.file = file  # the file it is about, where it is about one
        super().__init__("; ".join(f"{p.code} {p.path or p.record} {p.facts}" for p in self.problems))
