"""The reference agency and the scenario library that come with the program, in one language."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from continuity import places
from continuity.exchange.files import read_text
from continuity.exchange.json_text import loads
from continuity.exchange.reading import Gathering, read_head
from continuity.exchange.writing import KIND
from continuity.model.edits import Add, Group
from continuity.model.ids import new_id
from continuity.model.kinds import Event, ImpactScale, Record, Scenario, kind_of
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.model.signing import sealed

_FOLDERS = ("reference", "scenarios")
_LANGUAGES = ("sv", "en")


def load_reference(lang: str, root: Path | None = None) -> Organisation:
    """Return the reference agency with the scenario library, its texts in ``lang``.

    Raises :class:`Refused` with every problem, each naming file and place. ``root`` is the folder
    that holds ``reference/`` and ``scenarios/``; the program's own where None.
    """
    files, problems = _files(root or places.resources())
    heads = [plain for plain in files.values() if isinstance(plain, dict) and "document" in plain]
    document = read_head(heads[0]) if heads else read_head({"format": 1, "kind": KIND, "records": {}})
    gathering = Gathering(document)
    gathering.reader.problems += problems
    for name, plain in files.items():
        records = plain.get("records") if isinstance(plain, dict) else plain
        gathering.records(in_language(records, lang), f"{name}: records")
    return sealed(gathering.organisation(), document)


def load_scale(lang: str, root: Path | None = None) -> ImpactScale:
    """Return the usual impact scale, for a document that has none yet; its id is new."""
    path = (root or places.resources()) / "reference" / "impact_scale.json"
    gathering = Gathering(new_id())
    gathering.records(in_language(loads(read_text(path))["records"], lang), f"{path.name}: records")
    return gathering.organisation().all(ImpactScale)[0]


def load_scenarios(lang: str, root: Path | None = None) -> tuple[Record, ...]:
    """Return the scenarios and events of the library, ids as in the reference agency."""
    organisation = load_reference(lang, root)
    return (*organisation.all(Scenario), *organisation.all(Event))


def _files(root: Path) -> tuple[dict[str, Any], list[Problem]]:
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    for folder in _FOLDERS:
        for path in sorted((root / folder).glob("*.json")):
            name = f"{folder}/{path.name}"
            try:
                found[name] = loads(read_text(path))
            except Refused as refused:
                problems += [_in_file(name, problem) for problem in refused.problems]
    return found, problems


def _in_file(name: str, problem: Problem) -> Problem:
    return dataclasses.replace(problem, path=f"{name}: {problem.path}" if problem.path else name)


def in_language(plain: Any, lang: str) -> Any:
    """Return ``plain`` with each text in several languages replaced by the one in ``lang``."""
    if isinstance(plain, list):
        return [in_language(one, lang) for one in plain]
    if not isinstance(plain, dict):
        return plain
    if plain and all(name in _LANGUAGES for name in plain):
        return plain.get(lang, next(iter(plain.values())))
    return {name: in_language(one, lang) for name, one in plain.items()}


def scenario_edits(library: tuple[Record, ...], wanted: set[str], organisation: Organisation) -> Group:
    """Return the edit that takes the scenarios ``wanted`` (ids) of a library into ``organisation``.

    What they hit and the organisation does not have is left out of them; scenarios that it has already
    are not taken again.
    """
    taken = [r for r in library if isinstance(r, Scenario) and r.id in wanted and r.id not in organisation]
    ids = {record.id for record in taken}
    events = [r for r in library if isinstance(r, Event) and r.scenario in ids]
    known = ids | {event.id for event in events} | {record.id for record in organisation}
    return Group("add", tuple(Add(_within(record, known)) for record in (*taken, *events)))


def _within(record: Record, known: set[str]) -> Record:
    """Return ``record`` without references to what is not ``known``."""
    values: dict[str, Any] = {}
    for name in kind_of(record).reference_fields:
        held = getattr(record, name)
        if isinstance(held, tuple):
            values[name] = tuple(id_ for id_ in held if id_ in known)
        else:
            values[name] = held if held in known else None
    return dataclasses.replace(record, **values)
