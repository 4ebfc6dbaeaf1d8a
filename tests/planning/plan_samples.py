"""A small agency and runs made by hand: enough for every plan, without an engine."""

from __future__ import annotations

import datetime as dt

from continuity.model.calendar import PlannedPayDay, payment_calendar
from continuity.model.ids import derived_id
from continuity.model.kinds import (
    Agency,
    Contact,
    Fallback,
    Function,
    Need,
    Procedure,
    Record,
    Resource,
    Role,
    Scenario,
    Site,
    StaffGroup,
    Stage,
    Step,
    Stream,
    Supply,
)
from continuity.model.organisation import Organisation
from continuity.model.payments import refusals
from continuity.model.values import ApplyFirst, PayDay, StartRule, VerifiedCopy
from continuity.simulation.result import (
    Cause,
    Comparison,
    ElementResult,
    Estimate,
    FallbackUse,
    FunctionResult,
    Headline,
    LevelSeries,
    Paired,
    PayDayResult,
    Proportion,
    RunMeta,
    RunResult,
    Side,
    SingleRuns,
    StageTimes,
)

DOCUMENT = "0d6f1c52-1111-4a61-9f27-52b0e4a6c913"
GENERATED = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
START = dt.datetime(2027, 1, 15, 5, 0, tzinfo=dt.UTC)
HORIZON = 60
HOSTILE = "# {{ 7*7 }} <script>alert(1)</script> \\frac{a}{b} $x$ #let y = 1 & 🙂 \u202eevil\x07 " + "å" * 200


def id_(kind: str, code: str) -> str:
    """The id of a record of the small agency."""
    return derived_id(DOCUMENT, kind, code)


def small(**agency: str) -> Organisation:
    """One function, one stream with a stop stage, one fallback, one procedure, roles and a contact."""
    return Organisation(DOCUMENT, _records(agency))


def _records(agency: dict[str, str]) -> list[Record]:
    role, function = id_("role", "O-1"), id_("function", "F-1")
    return [
        Agency(id=id_("agency", "A-1"), code="A-1", **{"name": "Provmyndigheten", **agency}),
        Site(id=id_("site", "S-1"), code="S-1", name="Huset", command="main", note="Nyckel i skåp 4"),
        Role(
            id=role,
            code="O-1",
            name="Betalchef",
            team="tactical",
            duties="Leder",
            decides="Släpper filer",
            deputies=(id_("role", "O-2"),),
            site=id_("site", "S-1"),
            channels=("phone", "rakel"),
        ),
        Role(id=id_("role", "O-2"), code="O-2", name="Ersättare", team="strategic", duties="Ersätter"),
        Contact(
            id=id_("contact", "K-1"),
            code="K-1",
            name="Vera Exempel",
            role=role,
            purpose="Stopp av fil",
            phone="08-465 004 01",
            around_the_clock=True,
        ),
        Function(
            id=function,
            code="F-1",
            name="Betala ut",
            service="Pengar i tid",
            owner=role,
            mtpd=2880,
            rto=480,
            mbco=500,
            vital=True,
            why_vital="Enda inkomst",
        ),
        Resource(
            id=id_("resource", "R-1"),
            code="R-1",
            name="Betalsystem",
            owner=role,
            site=id_("site", "S-1"),
            restart_order=2,
            achievable_rto=1440,
        ),
        Resource(id=id_("resource", "R-2"), code="R-2", name="El", category="power", restart_order=1),
        StaffGroup(
            id=id_("staff_group", "P-1"), code="P-1", name="Handläggare", headcount=12, minimum_crew=4
        ),
        *_need("N-1", function, "R-1", autonomy=240),
        *_need("N-2", id_("resource", "R-1"), "R-2", autonomy=480),
        Stream(
            id=id_("stream", "B-1"),
            code="B-1",
            name="Barnbidrag",
            livelihood="sole",
            payees=1000,
            amount=1250,
            pay_days=(PayDay(day=20, share=1000, who="Alla"),),
            function=function,
            fallbacks=(id_("fallback", "L-1"), id_("fallback", "L-2")),
        ),
        *_stages(function),
        Fallback(
            id=id_("fallback", "L-1"),
            code="L-1",
            name="Verkställ ur valvet",
            legal_basis="SFB 112:5",
            streams=(id_("stream", "B-1"),),
            decider=role,
            coverage=900,
            over=8,
            set_up=2400,
            apply_first=(ApplyFirst(what="deaths", copy_age=4320, how="Stryk döda"),),
            copy=VerifiedCopy(where="Valvet", age=10080, readable_without="Nätet"),
        ),
        Fallback(
            id=id_("fallback", "L-2"),
            code="L-2",
            name="Förmånsbevis",
            kind="certificate",
            streams=(id_("stream", "B-1"),),
            precondition="war",
            legal_basis="SFB 117:7",
            decider=role,
        ),
        Procedure(
            id=id_("procedure", "H-1"),
            code="H-1",
            name="Stoppa filen",
            about=(id_("stream", "B-1"),),
            trigger="Kvittens saknas",
            role=role,
            material="Kodord",
            stop="Banken har bekräftat",
        ),
        Step(
            id=id_("step", "H-1/1"),
            code="H-1/1",
            procedure=id_("procedure", "H-1"),
            position=0,
            what="Ring banken",
            role=role,
            takes=10,
        ),
        Scenario(
            id=id_("scenario", "X-1"),
            code="X-1",
            name="Strömmen borta",
            strain="severe",
            summary="Mörkt",
            start=StartRule(on_or_after=dt.date(2027, 1, 15)),
        ),
    ]


def _need(code: str, dependent: str, supplier: str, **fields: int) -> list[Record]:
    need = id_("need", code)
    return [
        Need(id=need, code=code, dependent=dependent, name=f"Behov {code}", **fields),
        Supply(
            id=id_("supply", f"{code}/1"),
            code=f"{code}/1",
            need=need,
            position=0,
            element=id_("resource", supplier),
        ),
    ]


def _stages(function: str) -> list[Record]:
    rows = (
        ("Skapa filen", id_("resource", "R-1"), 3, 1080, None, "made"),
        ("Sänd filen", function, 2, 600, (2, 900), "sent"),
        ("Pengarna på kontot", function, 0, 480, None, "usable"),
        ("Banken bekräftar stopp", id_("resource", "R-1"), 3, 480, (1, 840), "stop"),
    )
    found: list[Record] = []
    for place, (name, element, days, at, cutoff, reaches) in enumerate(rows):
        found.append(
            Stage(
                id=id_("stage", f"B-1/{place + 1}"),
                code=f"B-1/{place + 1}",
                stream=id_("stream", "B-1"),
                position=place,
                name=name,
                element=element,
                opens_days=days,
                opens_at=at,
                work=60,
                reaches=reaches,
                cutoff_days=cutoff[0] if cutoff else None,
                cutoff_at=cutoff[1] if cutoff else 1439,
            )
        )
    return found


def estimate(mean: float, spread: float = 0.2) -> Estimate:
    """An estimate with a span of ``spread`` to each side."""
    return Estimate(mean, mean / 30, mean * (1 - spread), mean, mean * (1 + spread))


def proportion(share: float, of: int = 1000) -> Proportion:
    """A share of ``of`` runs."""
    return Proportion(round(share * of), of, max(share - 0.02, 0), min(share + 0.02, 1))


def sample_run(organisation: Organisation, *, better: bool = False) -> RunResult:
    """A run of sixty days: half down for three weeks; ``better`` halves the harm."""
    scenario = next(iter(organisation.all(Scenario)))
    grid = tuple(range(0, HORIZON * 1440 + 1, 360))
    factor = 0.5 if better else 1.0
    days = payment_calendar(organisation, START.date(), START.date() + dt.timedelta(days=HORIZON - 1))
    meta = RunMeta(
        id="5f0c1d7e-0000-4000-8000-000000000001",
        program_version="0.1.0",
        engine_version=1,
        seed=1,
        replications=1000,
        start=START,
        horizon_days=HORIZON,
        scenario=scenario.id,
        scenario_code=scenario.code,
        measures=(),
        measure_codes=(),
        fingerprint="ab" * 32,
        made=GENERATED,
    )
    side = Side(100_000, 250_000_000, estimate(0.8, 0.05), estimate(0.82, 0.05), estimate(5e8))
    headline = Headline(
        1,
        90_000,
        estimate(20_000 * factor),
        estimate(90_000 * factor),
        estimate(6 * factor),
        side,
        side,
        side,
        estimate(1_000_000 * factor),
        estimate(3_000_000 * factor),
        estimate(400),
        estimate(900),
    )
    return RunResult(
        meta=meta,
        grid=grid,
        headline=headline,
        functions=tuple(
            sorted((_function(f, grid, factor) for f in organisation.all(Function)), key=lambda f: f.element)
        ),
        elements=tuple(
            sorted((_element(e.id, grid) for e in organisation.elements), key=lambda e: e.element)
        ),
        pay_days=tuple(
            sorted((_pay_day(organisation, scenario, d) for d in days), key=lambda p: (p.due, p.stream))
        ),
        single=SingleRuns(3, 5, 7),
    )


def sample_comparison(organisation: Organisation) -> Comparison:
    """Without and with measures."""
    paired = Paired(-10_000, -12_000, -8_000)
    share = Paired(0.1, 0.08, 0.12)
    return Comparison(
        sample_run(organisation), sample_run(organisation, better=True), paired, paired, share, share
    )


def _series(grid: tuple[int, ...]) -> LevelSeries:
    typical = tuple(1000 if m < 2880 or m > 30_000 else 300 if m < 15_000 else 700 for m in grid)
    bad = tuple(1000 if m < 2880 else 0 if m < 40_000 else 500 for m in grid)
    return LevelSeries(typical, bad, typical, bad)


def _function(function: Function, grid: tuple[int, ...], factor: float) -> FunctionResult:
    return FunctionResult(
        function.id,
        _series(grid),
        proportion(0.9),
        estimate(12_000 * factor),
        estimate(9_000 * factor),
        estimate(2_900, 0.1),
        proportion(0.7 * factor),
        proportion(0.4 * factor),
        estimate(3_400),
        estimate(5_800),
        estimate(30_000),
        (Cause(function.id, "buffer_empty", 2_900, 0.8),),
    )


def _element(element: str, grid: tuple[int, ...]) -> ElementResult:
    return ElementResult(element, _series(grid), proportion(0.4), estimate(5_000), estimate(2_900))


def _minute(when: dt.datetime) -> int:
    return round((when - START).total_seconds() / 60)


def _pay_day(organisation: Organisation, scenario: Scenario, day: PlannedPayDay) -> PayDayResult:
    stream = organisation.of(Stream, day.stream)
    assert stream is not None
    uses = []
    for planned in day.fallbacks:
        fallback = organisation.of(Fallback, planned.fallback)
        assert fallback is not None
        why = tuple(p.code for p in refusals(organisation, scenario, stream, fallback))
        uses.append(
            FallbackUse(
                fallback.id,
                _minute(planned.decide_by),
                not why,
                why,
                proportion(0 if why else 0.5),
                proportion(0.02),
                proportion(0.05),
                (("receipt_unknown", 0.1),),
                estimate(0 if why else day.payees * 0.4),
            )
        )
    early = day.date < (START + dt.timedelta(days=30)).date()
    return PayDayResult(
        stream=day.stream,
        nominal=day.nominal,
        date=day.date,
        computed=day.computed,
        due=_minute(day.due),
        payees=day.payees,
        sek=day.sek,
        on_time=estimate(0.75 if early else 1.0, 0.0),
        ordinary_on_time=proportion(0.4 if early else 1.0),
        paid_by_horizon=proportion(0.98),
        late_days=estimate(4.5),
        file_state=(("not_made", 0.5), ("receipt_unknown", 0.1), ("executed", 0.4)),
        stages=tuple(
            StageTimes(
                s.stage,
                _minute(s.opens),
                _minute(s.cutoff) if s.cutoff else None,
                estimate(_minute(s.opens) + 90, 0.0),
                proportion(0.3 if s.cutoff else 0.0),
            )
            for s in day.stages
        ),
        fallbacks=tuple(uses),
        wrong_sek=estimate(day.sek * 0.004),
        double_exposed_sek=estimate(day.sek * 0.1),
        staff_hours=estimate(300),
        reconciliation_hours=estimate(700),
        foresight_gap=estimate(day.payees * 0.05),
        causes=(Cause(next(e.id for e in organisation.elements), "outage", 2_880, 0.6),),
    )
