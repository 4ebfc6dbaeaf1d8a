"""What a plan is made of, at hand: the organisation, a run, its structure, and the reader's words."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, Literal

from continuity import messages
from continuity.analysis.restart import RestartStep, restart_order
from continuity.analysis.rollup import RollUp, roll_up
from continuity.analysis.structure import Structure
from continuity.analysis.structure import structure as find_structure
from continuity.model.kinds import KINDS, MARKINGS, Agency, Element, Record, Role, Scenario, Stream, kind_of
from continuity.model.marking import highest
from continuity.model.organisation import Organisation
from continuity.model.payload import write_record
from continuity.model.problems import Problem
from continuity.model.staffing import Promise, promises
from continuity.planning.blocks import Meta, Missing
from continuity.planning.changes import Since
from continuity.planning.dependencies import Dependencies
from continuity.simulation.result import (
    Comparison,
    ElementResult,
    Estimate,
    FunctionResult,
    PayDayResult,
    Proportion,
    RunResult,
)
from continuity.words import Words, local

#: Fields that say nothing about what can happen: places on the map.
_NOT_MODEL = ("x", "y")

Detail = Literal["cards", "team", "full"]


class Material:
    """All that the contents read. Nothing here changes; the same material gives the same plans."""

    def __init__(  # noqa: PLR0913
        self,
        organisation: Organisation,
        words: Words,
        results: RunResult | Comparison | None = None,
        *,
        generated: dt.datetime,
        detail: Detail = "full",
        structure: Structure | Callable[[], Structure] | None = None,
        stale: bool = False,
        since: Since | None = None,
    ) -> None:
        self.organisation = organisation
        self.words = words
        self.comparison = results if isinstance(results, Comparison) else None
        self.run = results.without if isinstance(results, Comparison) else results
        self.generated = generated
        self.detail = detail
        self.stale = stale
        self.since = since
        self._structure = None if callable(structure) else structure
        self._ask_structure = structure if callable(structure) else lambda: find_structure(organisation)

    # --- the organisation ------------------------------------------------------------------------

    @property
    def open_about_weakness(self) -> bool:
        """Whether weak points, buffers and addresses may stand in the plan."""
        return self.detail == "full"

    @cached_property
    def agency(self) -> Agency:
        """The agency's record, an unnamed one where there is none."""
        return self.organisation.agency or Agency(id="", code="A", name=self.words._("The agency"))

    @cached_property
    def fingerprint(self) -> str:
        """First twelve letters of the SHA-256 of all records but contacts and places on the map."""
        rows = []
        for record in sorted(self.organisation, key=lambda r: r.id):
            if kind_of(record).name != "contact":
                plain = {k: v for k, v in write_record(record).items() if k not in _NOT_MODEL}
                row = [kind_of(record).name, record.id, record.code, plain]
                rows.append(json.dumps(row, sort_keys=True, ensure_ascii=False))
        return hashlib.sha256("\n".join(rows).encode("utf-8", "surrogatepass")).hexdigest()[:12]

    @cached_property
    def graph(self) -> Dependencies:
        """Who needs whom."""
        return Dependencies(self.organisation)

    @cached_property
    def structure(self) -> Structure:
        """Weak points, buffers and gaps: what is known without a run. Takes seconds where it is not given."""
        return self._structure or self._ask_structure()

    @cached_property
    def restart(self) -> tuple[RestartStep, ...]:
        """The order of restart."""
        return self._structure.restart if self._structure else restart_order(self.organisation)

    @cached_property
    def roll_up(self) -> RollUp:
        """Needed against achievable of every function and resource."""
        return roll_up(self.organisation)

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """What every staff group is promised to."""
        return promises(self.organisation)

    def name(self, id_: str | None) -> str:
        """The name of a record, a dash where there is none."""
        record = self.organisation.get(id_)
        return str(getattr(record, "name", "") or getattr(record, "code", "")) if record else "–"

    def names(self, ids: Iterable[str]) -> str:
        """Names, comma by comma."""
        return ", ".join(self.name(id_) for id_ in ids) or "–"

    def role(self, id_: str | None) -> str:
        """The name of a role, or an empty text."""
        role = self.organisation.of(Role, id_)
        return role.name if role else ""

    def role_and_deputies(self, id_: str | None) -> str:
        """A role and who stands in, in order."""
        role = self.organisation.of(Role, id_)
        if role is None:
            return ""
        if not role.deputies:
            return role.name
        return self.words._(
            "{role}; stands in: {deputies}", role=role.name, deputies=self.names(role.deputies)
        )

    def label(self, record: Record, field: str) -> str:
        """The label of a field."""
        return self.words._(kind_of(record).specs[field].label)

    def choice(self, record: Record, field: str) -> str:
        """The word of the choice that a field holds."""
        held = getattr(record, field)
        return self.words._(kind_of(record).specs[field].choice_label(held)) if held else "–"

    def missing(self, what: str, kind: str, field: str = "", record: Record | None = None) -> Missing:
        """The mark for something not filled in, naming the place in the program."""
        _ = self.words._
        spec = KINDS[kind].specs.get(field)
        parts = [_("Tables"), _(KINDS[kind].plural)]
        parts += [str(getattr(record, "name", record.code))] if record else []
        parts += [_(spec.label)] if spec else []
        return Missing(what, " › ".join(parts), kind, record.id if record else "", field)

    def element_owner(self, id_: str | None) -> str:
        """The name of the role that owns an element, or an empty text."""
        element = self.organisation.of(Element, id_)
        return self.role(element.owner) if element else ""

    # --- the run ---------------------------------------------------------------------------------

    @cached_property
    def function_results(self) -> dict[str, FunctionResult]:
        """What the run says of each function, by id."""
        return {f.element: f for f in self.run.functions} if self.run else {}

    @cached_property
    def element_results(self) -> dict[str, ElementResult]:
        """What the run says of each element, by id."""
        return {e.element: e for e in self.run.elements} if self.run else {}

    def pay_results(self, stream: str | None = None) -> tuple[PayDayResult, ...]:
        """The pay days of the run, of one stream or of all."""
        found = self.run.pay_days if self.run else ()
        return tuple(p for p in found if stream is None or p.stream == stream)

    @cached_property
    def scenario(self) -> Scenario | None:
        """The scenario of the run."""
        return self.organisation.of(Scenario, self.run.meta.scenario) if self.run else None

    @cached_property
    def source(self) -> str:
        """Where figures of the run come from; empty without a run."""
        if self.run is None:
            return ""
        meta = self.run.meta
        source = self.words._(
            "Source: run of {scenario} with input {input}, seed {seed}, {replications} replications, engine "
            "{engine}, program {version}; {date}",
            input=meta.fingerprint[:8],
            scenario=meta.scenario_code,
            replications=self.words.number(meta.replications),
            seed=meta.seed,
            engine=meta.engine_version,
            version=meta.program_version,
            date=self.words.date(meta.made, "iso"),
        )
        # Plans hold what stands today; what is only planned is told beside it, never instead.
        return source + self.words._(", without the planned measures") if self.comparison else source

    # --- words and figures -----------------------------------------------------------------------

    def at(self, minute: float) -> dt.datetime:
        """The local time of a minute of the run."""
        assert self.run is not None
        return local(self.run.meta.start + dt.timedelta(minutes=round(minute)))

    def moment(self, value: dt.datetime) -> str:
        """A local time with its weekday, such as ``fre 25 sep. 15:00``."""
        return f"{self.words.date(value, 'short')} {self.words.time(value)}".replace(" ", "\u00a0")

    def stamp(self, value: dt.datetime) -> str:
        """A local time as short as can be, such as ``fre 25/9 15:00``."""
        day = local(value)
        if self.words.language != "sv":
            return self.moment(value)
        weekday = self.words.date(value, "short").split(" ")[0]
        return f"{weekday} {day.day}/{day.month} {self.words.time(value)}".replace(" ", "\u00a0")

    def minute(self, minute: float) -> str:
        """The local time of a minute of the run, in words."""
        return self.moment(self.at(minute))

    def day(self, minute: float) -> str:
        """The local day of a minute of the run, in words."""
        return self.words.date(self.at(minute), "short").replace(" ", "\u00a0")

    def share(self, part: Proportion | float | None) -> str:
        """A share of the runs, a dash where there is none."""
        if part is None:
            return "–"
        return self.words.percent(part.share if isinstance(part, Proportion) else part)

    def span(self, estimate: Estimate, form: Callable[[float], str]) -> str:
        """A mean with the span that holds four runs in five."""
        if form(estimate.p10) == form(estimate.p90):
            return form(estimate.mean)
        low, high = form(estimate.p10), form(estimate.p90)
        if not estimate.p10 <= estimate.mean <= estimate.p90:
            # A few bad runs make the mean: an interval beside it would only puzzle.
            return self.words._("{mean} on average, from few but bad runs", mean=form(estimate.mean))
        return self.words._(
            "{mean} (eight runs of ten: {low} to {high})", mean=form(estimate.mean), low=low, high=high
        )

    def minutes(self, value: int | None) -> str:
        """A duration, a dash where none is given."""
        return "–" if value is None else self.words.duration(value)

    def sentence(self, problem: Problem) -> str:
        """What a problem says, in the plan's language."""
        template = messages.SENTENCES.get(problem.code, problem.code)
        return self.words._(template, **problem.facts)

    def people(self, count: float) -> str:
        """A number of people, rounded for reading."""
        size = max(len(str(int(abs(count)))) - 3, 0)
        return self.words.number(round(count, -size))

    # --- the head of each plan -------------------------------------------------------------------

    @cached_property
    def marking(self) -> str:
        """What stands on each page: the highest marking of the agency and of all its records."""
        found = highest(self.organisation)
        if found == "none":
            return ""
        return " ".join(
            part for part in (self.words._(MARKINGS[found]).upper(), self.agency.marking_law) if part
        )

    def meta(self, version: str = "", facts: tuple[tuple[str, str], ...] = ()) -> Meta:
        """The head of a plan."""
        _ = self.words._
        return Meta(
            agency=self.agency.name,
            version=_("Version {version}", version=version) if version else "",
            generated=_("made {time}", time=self.words.datetime(self.generated)),
            model=_("content of the document {fingerprint}", fingerprint=self.fingerprint),
            run=self.source,
            marking=self.marking,
            warning=_("The model has changed since the run: figures from the run may be out of date.")
            if self.stale and self.run
            else "",
            facts=facts,
        )

    def streams(self) -> tuple[Stream, ...]:
        """Payment streams in the decided order of priority."""
        return tuple(sorted(self.organisation.all(Stream), key=lambda s: (s.priority, s.code)))


def asked(value: Any, fallback: str = "–") -> str:
    """The text of ``value``, a dash where it is empty."""
    return str(value).strip() or fallback
