"""Plans for teams, sites, losses, war, return and reports: what they say, and the calendar file."""

import dataclasses
import datetime as dt
from functools import cache

import pytest

from continuity.exchange.library import load_reference
from continuity.model.edits import Add, amend
from continuity.model.kinds import (
    Delegation,
    Duty,
    Function,
    Gap,
    Measure,
    Plan,
    Record,
    Resource,
    Role,
    Site,
    StaffGroup,
    Stage,
)
from continuity.model.organisation import Organisation
from continuity.model.values import CopyHolder
from continuity.planning.blocks import (
    Callout,
    Document,
    Facts,
    Form,
    Heading,
    Missing,
    Signature,
    Steps,
    Table,
)
from continuity.planning.catalogue import pieces
from continuity.planning.changes import FieldChanged, RecordChanged, Since
from continuity.planning.contents.call_tree import branches
from continuity.planning.contents.evidence import unverified
from continuity.planning.contents.hours import buffer_rows
from continuity.planning.contents.pay_day import chosen
from continuity.planning.contents.rsa import next_rsb
from continuity.planning.contents.sheet import decision_sheet
from continuity.planning.contents.year_wheel import occasions
from continuity.planning.ics import year_wheel_ics
from continuity.planning.material import Material
from continuity.planning.writers.pdf import pages_in, write_pdf
from continuity.simulation.result import Backlog, BacklogSeries
from tests.planning.plan_samples import GENERATED, HOSTILE, estimate, id_, proportion, sample_run, small
from tests.planning.test_contents import made, material, said

NEW = (
    "call-tree", "buffers", "team/strategic", "team/tactical", "team/operational", "site/S-1", "staff-loss",
    "ict-loss", "supplier-loss", "payment-chain", "return", "war", "succession", "leaflets", "brief",
    "actions", "year-wheel", "rsa", "rsb", "changes", "public",
)  # fmt: skip


@cache
def reference(lang: str = "sv", run: bool = True) -> Material:
    return material(load_reference(lang), lang, run=run)


def rows_of(document: Document, head: str) -> list[tuple[str, ...]]:
    """The rows of the first table whose first column is called ``head``."""
    return next(
        list(b.rows) for b in document.blocks() if isinstance(b, Table) and b.columns[0].title == head
    )


def with_(*records: Record) -> Organisation:
    organisation = small()
    for record in records:
        organisation.apply(Add(record))
    return organisation


# --- teams, succession ---------------------------------------------------------------------------


def test_that_each_team_has_a_plan_with_the_sections_of_the_standard() -> None:
    for team in ("strategic", "tactical", "operational"):
        titles = [s.title for s in made(reference(), f"team/{team}").sections]
        for wanted in (
            "Syfte, mål och antaganden", "Aktivering och samling", "Medlemmar, ansvar och ersättare", "Rytm",
            "Uppgifter: de kort som laget leder", "Kommunikation", "Andra planer och resurser", "Avveckling",
            "Versionshantering och sändlista",
        ):  # fmt: skip
            assert wanted in titles, (team, wanted)


def test_that_a_delegation_says_trigger_limits_and_end_or_where_to_fill_them_in() -> None:
    whole = Delegation(
        id=id_("delegation", "DG1"),
        code="DG1",
        name="Släppa fil",
        giver=id_("role", "O-1"),
        takers=(id_("role", "O-2"),),
        trigger="Nås inte på 20 minuter",
        limits="En fil i taget",
        ends="När chefen nås",
        reference="Dnr 1",
    )
    words = said(made(material(with_(whole)), "succession"))
    for wanted in ("Släppa fil (DG1)", "Nås inte på 20 minuter", "En fil i taget", "När chefen nås", "Dnr 1"):
        assert wanted in words
    bare = dataclasses.replace(whole, limits="", ends="")
    marks = [b for b in made(material(with_(bare)), "succession").blocks() if isinstance(b, Missing)]
    assert "Inte angivet: gränser, upphör när." in [b.what for b in marks]


def test_that_a_role_whose_deputies_share_its_place_is_warned_of() -> None:
    organisation = small()
    for code in ("O-1", "O-2"):
        role = organisation.find("role", code)
        assert isinstance(role, Role)
        organisation.apply(amend(role, site=id_("site", "S-1"), team="strategic"))
    warnings = [
        b.title for b in made(material(organisation), "succession").blocks() if isinstance(b, Callout)
    ]
    assert "Rollen och alla dess ersättare har samma plats: Betalchef." in warnings


def test_that_each_role_of_the_agency_is_rung_once() -> None:
    m = reference()
    held = branches(m)
    rung = [role.id for _caller, roles in held for role in roles]
    own = {r.id for r in m.organisation.all(Role) if r.team != "external"}
    assert len(rung) == len(set(rung))
    assert {held[0][0].id, *rung} == own
    assert held[0][0].code == "O-TIB"


# --- sites, staff, buffers -----------------------------------------------------------------------


def test_that_the_plan_of_a_site_says_who_leaves_when_and_how_it_is_confirmed() -> None:
    document = made(reference(), "site/S-HK")
    leaving = next(s for s in document.sections if s.title == "Lämna platsen")
    facts = dict(next(b.rows for b in leaving.blocks if isinstance(b, Facts)))
    for label in ("Lämnas när", "Vem som beslutar", "Vem som bekräftar"):
        assert facts[label] not in ("", "–")
    protocol = next(s for s in document.sections if s.title.startswith("Protokoll"))
    signature = next(b for b in protocol.blocks if isinstance(b, Signature))
    assert len(signature.roles) == 4
    words = said(document)
    assert "beslutet är förbehållet regeringen" in words
    assert "K-COUNTY-N" in words


def test_that_a_site_says_what_falls_with_it_and_marks_what_is_not_stated() -> None:
    document = made(material(small()), "site/S-1")
    assert rows_of(document, "Funktion")[0][0] == "Betala ut"
    marks = {b.what for b in document.blocks() if isinstance(b, Missing)}
    assert "Inte angivet: lämnas när." in marks


def test_that_minimum_crews_by_day_mark_days_below_the_least() -> None:
    document = made(material(small()), "staff-loss")
    [row] = [
        row
        for b in document.blocks()
        if isinstance(b, Table) and any(c.title.startswith("Dag ") for c in b.columns)
        for row in b.rows
    ]
    # Twelve persons; four on one shift is the least. One run of ten loses all from the second day on.
    assert row[:3] == ("Handläggare", "4", "12")
    assert row[4] == "0 !"


def test_that_buffers_stand_in_the_order_in_which_they_run_empty() -> None:
    m = material(small())
    found = buffer_rows(m, lambda _need: True, by_hour=True)
    assert [row[3] for row in found.rows] == ["4\u00a0h", "8\u00a0h"]
    # The supply falls 2 900 minutes after Friday 06:00, that is Sunday 06:20.
    assert [row[5].replace("\u00a0", " ") for row in found.rows] == ["sön 17 jan. 10:20", "sön 17 jan. 14:20"]
    assert "buffers" not in {p.code for p in pieces(material(small(), detail="team"))}


def test_that_leaflets_say_what_where_when_and_what_to_bring() -> None:
    group = small().find("staff_group", "P-1")
    assert isinstance(group, StaffGroup)
    organisation = small()
    told = {"war_task": "Betala", "war_site": id_("site", "S-1"), "war_when": "Genast", "war_bring": "Kort"}
    organisation.apply(amend(group, **told))
    document = made(material(organisation), "leaflets")
    [leaflet] = [s for s in document.sections if s.title == "Handläggare"]
    assert leaflet.new_page
    rows = dict(next(b.rows for b in leaflet.blocks if isinstance(b, Facts)))
    assert [rows[k] for k in ("Vad", "Var", "När", "Ta med")] == ["Betala", "Huset", "Genast", "Kort"]
    organisation.apply(amend(organisation.of(StaffGroup, group.id), headcount=4))
    assert "Handläggare" not in {s.title for s in made(material(organisation), "leaflets").sections}


def test_that_the_team_is_not_told_when_sites_are_left_nor_what_contracts_lack() -> None:
    team = material(load_reference("sv"), detail="team")
    codes = {p.code for p in pieces(team)}
    assert not {c for c in codes if c.startswith("site/")} | (
        {"supplier-loss", "rsa", "rsb", "buffers"} & codes
    )
    assert "väpnat hot" in said(made(reference(), "war"))
    assert "väpnat hot" not in said(made(team, "war"))
    assert "alla dess ersättare har samma plats" not in said(made(team, "succession"))


# --- suppliers, chain, return ---------------------------------------------------------------------


def test_that_a_supplier_that_promises_too_little_is_warned_of() -> None:
    organisation = small()
    system = organisation.find("resource", "R-1")
    assert isinstance(system, Resource)
    organisation.apply(amend(system, supplier="Bolaget", contract="A1", sla_hours=48, wartime_clause="Ingen"))
    document = made(material(organisation), "supplier-loss")
    words = said(document)
    assert "Utfästelsen är långsammare än behovet: avtalet räddar oss inte." in words
    assert "Ingen" in words
    marks = [b for b in document.blocks() if isinstance(b, Missing)]
    assert any("supporttider" in mark.what for mark in marks)


def test_that_the_payment_chain_names_each_link_and_what_goes_round_it() -> None:
    document = made(reference(), "payment-chain")
    assert document.sections[1].title == "Var är originalfilen?"
    links = [s for s in document.sections if s.title.startswith("Om länken faller: ")]
    stages = {s.element for s in reference().organisation.all(Stage) if s.reaches != "stop"}
    assert len(links) == len(stages)
    system = next(s for s in links if s.title.endswith("Betalsystem"))
    rows = dict(next(b.rows for b in system.blocks if isinstance(b, Facts)))
    assert rows["Reservrutiner som går runt den"] not in ("", "–")


def test_that_return_tells_the_backlog_of_the_run() -> None:
    organisation = small()
    function = organisation.find("function", "F-1")
    assert isinstance(function, Function)
    organisation.apply(amend(function, arrivals=10_000, capacity=15_000))
    run = sample_run(organisation)
    series = BacklogSeries((0,), (0,), (0,), (0,), (0,), (0,))
    backlog = Backlog(
        series, estimate(500), estimate(9_000), estimate(0), proportion(0.9), proportion(0.0),
        estimate(20_000), estimate(2_880), None, None,
    )  # fmt: skip
    functions = tuple(dataclasses.replace(f, backlog=backlog) for f in run.functions)
    results = dataclasses.replace(run, functions=functions)
    m = Material(organisation, reference().words, results, generated=GENERATED)
    document = made(m, "return")
    row = rows_of(document, "Funktion, arbetas av i denna ordning")[0]
    assert row[:2] == ("Betala ut", "500")
    # 500 cases, five more done than come in each hour.
    assert "100 timmar vid full nivå" in said(document)


# --- the year ---------------------------------------------------------------------------------------


def duty(code: str, **fields: object) -> Duty:
    return Duty(id=id_("duty", code), code=code, name=f"Uppgift {code}", **fields)  # type: ignore[arg-type]


def test_that_a_duty_is_due_so_many_months_after_it_was_done() -> None:
    m = material(with_(duty("RD1", kind="exercise", every=6, last_done=dt.date(2026, 8, 31))))
    [found] = [o for o in occasions(m) if o.what == "Uppgift RD1"]
    assert found.due == dt.date(2027, 2, 28)
    assert "Uppgift RD1" in said(made(m, "year-wheel"))


def test_that_a_stated_day_after_the_last_time_goes_before_the_rule() -> None:
    told = {"last_done": dt.date(2026, 9, 28), "first_due": dt.date(2028, 9, 30)}
    m = material(with_(duty("RD1", kind="report", every=24, **told)))
    assert next(o.due for o in occasions(m) if o.what == "Uppgift RD1") == dt.date(2028, 9, 30)


def test_that_records_are_due_by_their_own_dates_and_their_duty() -> None:
    organisation = with_(duty("RD1", kind="contacts", each="contacts", every=3, role=id_("role", "O-2")))
    contact = organisation.find("contact", "K-1")
    assert contact is not None
    organisation.apply(amend(contact, tested=dt.date(2026, 11, 1)))
    found = next(o for o in occasions(material(organisation)) if o.key.startswith("contacts/"))
    assert (found.due, found.who, found.what) == (
        dt.date(2027, 2, 1),
        "Ersättare",
        "Ring och kontrollera: K-1",
    )


def test_that_what_is_overdue_stands_first() -> None:
    late = Gap(id=id_("gap", "G1"), code="G1", name="Sen brist", due=dt.date(2026, 1, 1))
    document = made(material(with_(late)), "year-wheel")
    overdue = next(s for s in document.sections if s.title == "Försenat")
    assert any("Sen brist" in row for b in overdue.blocks if isinstance(b, Table) for row in b.rows)


def test_that_the_calendar_file_is_what_calendars_read() -> None:
    organisation = with_(duty("RD1", kind="exercise", every=12, first_due=dt.date(2027, 4, 20)))
    record = organisation.find("duty", "RD1")
    assert record is not None
    organisation.apply(amend(record, name="Öva; larm, igen\n" + "å" * 90))
    data = year_wheel_ics(material(organisation))
    text = data.decode()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    unfolded = text.replace("\r\n ", "").split("\r\n")
    assert unfolded[0] == "BEGIN:VCALENDAR"
    assert unfolded[-2:] == ["END:VCALENDAR", ""]
    assert (
        unfolded.count("BEGIN:VEVENT")
        == unfolded.count("END:VEVENT")
        == len(occasions(material(organisation)))
    )
    at = unfolded.index("SUMMARY:Öva\\; larm\\, igen\\n" + "å" * 90)
    assert "DTSTART;VALUE=DATE:20270420" in unfolded[:at]
    assert unfolded[at + 1] == "RRULE:FREQ=MONTHLY;INTERVAL=12"
    uids = [line for line in unfolded if line.startswith("UID:")]
    assert len(uids) == len(set(uids))


def test_that_the_assessment_is_due_at_the_end_of_september_of_even_years() -> None:
    assert next_rsb(dt.date(2026, 9, 30)) == dt.date(2026, 9, 30)
    assert next_rsb(dt.date(2026, 10, 1)) == dt.date(2028, 9, 30)
    assert next_rsb(dt.date(2027, 1, 1)) == dt.date(2028, 9, 30)


# --- reports ------------------------------------------------------------------------------------------


def test_that_measures_are_reported_in_their_order_of_priority() -> None:
    document = made(reference(), "rsb")
    section = next(s for s in document.sections if s.title == "Hur åtgärderna prioriteras")
    table = next(b for b in section.blocks if isinstance(b, Table))
    assert [row[0] for row in table.rows] == [str(n) for n in range(1, len(table.rows) + 1)]


def test_that_the_tables_of_the_analysis_hold_what_is_asked_for() -> None:
    titles = [s.title for s in made(reference(), "rsa").sections]
    for wanted in (
        "Identifierad samhällsviktig verksamhet", "Kritiska beroenden", "Sårbarheter", "Förmåga",
        "Vidtagna åtgärder", "Planerade åtgärder", "Ytterligare åtgärder som behövs",
    ):  # fmt: skip
        assert wanted in titles


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_that_the_brief_is_at_most_two_pages_and_asks_for_decisions(lang: str) -> None:
    document = made(reference(lang), "brief")
    assert pages_in(write_pdf(document, GENERATED)) <= 2
    assert any(isinstance(b, Steps) for b in document.sections[-1].blocks)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_that_the_front_pages_are_few(lang: str) -> None:
    lying_first = ("first-hour", "contacts", "call-tree")
    counted = [pages_in(write_pdf(made(reference(lang), code), GENERATED)) for code in lying_first]
    assert sum(counted) <= 20


def test_that_the_front_pages_hold_thirteen_months_of_pay_days_with_their_hours() -> None:
    section = next(s for s in made(reference(), "first-hour").sections if s.title.startswith("Tretton"))
    assert [b.text for b in section.blocks if isinstance(b, Heading)][::12] == [
        "November 2026",
        "November 2027",
    ]
    december = [b for b in section.blocks if isinstance(b, Table)][1]
    [row] = [row for row in december.rows if row[0] == "ons\u00a023" and "Föräldrapenning\u00a0*" in row[1]]
    assert row[2].replace("\u00a0", " ") == "mån 21/12 15:00"


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_that_the_first_page_of_each_sheet_carries_the_decision(lang: str) -> None:
    for view in chosen(reference(lang), 12)[0]:
        sheet = decision_sheet(view)
        first = dataclasses.replace(sheet, sections=sheet.sections[:2])
        assert pages_in(write_pdf(first, GENERATED)) == 1, view.code


def test_that_overdue_gaps_are_counted() -> None:
    late = Gap(id=id_("gap", "G1"), code="G1", name="Sen brist", due=dt.date(2026, 1, 1))
    rows = dict(next(b.rows for b in made(material(with_(late)), "actions").blocks() if isinstance(b, Facts)))
    assert rows["Varav försenade"] == "1"
    assert rows["Utan ägare eller datum"] == "1"


# --- changes, evidence, control -----------------------------------------------------------------------


def test_that_changes_since_the_approved_version_are_told_field_by_field() -> None:
    change = RecordChanged(
        "changed",
        "function",
        "F-1",
        "Betala ut",
        (FieldChanged("mtpd", 2880, 1440), FieldChanged("impact", (), ())),
    )
    m = material(small(), since=Since("Hösten", "Vera", dt.date(2026, 9, 14), (change,)))
    document = made(m, "changes")
    [row] = rows_of(document, "Slag")
    assert row[1:3] == ("F-1 Betala ut", "ändrad")
    assert "2\u00a0d → 1\u00a0d" in row[3]
    assert "Hösten, fastställd av Vera" in said(document)
    assert "F-1 Betala ut" in said(made(m, "agency"))
    assert "Ingen version av modellen är fastställd" in said(made(material(small()), "changes"))


def test_that_a_figure_without_source_or_older_than_two_years_is_called_unverified() -> None:
    organisation = small()
    function = organisation.find("function", "F-1")
    assert isinstance(function, Function)
    m = material(organisation)
    assert unverified(m, function, "mtpd") == "overifierat, utan datum"
    old = dataclasses.replace(function, confidence="measured", as_of=dt.date(2024, 11, 1))
    assert unverified(m, old, "mtpd") == "overifierat, 2024-11-01"
    fresh = dataclasses.replace(old, as_of=dt.date(2025, 11, 1))
    assert unverified(m, fresh, "mtpd") == ""


def test_that_numbered_copies_have_holders_and_their_places_in_the_full_plan_only() -> None:
    plan = Plan(
        id=id_("plan", "Z1"),
        code="Z1",
        name="Plan",
        version="2",
        covers=(id_("function", "F-1"),),
        holders=(CopyHolder(number=1, holder="Chefen", place="Skåp 4"),),
    )
    full = made(material(with_(plan)), "agency")
    assert rows_of(full, "Ex. nr")[0][:3] == ("1", "Chefen", "Skåp 4")
    assert "Skåp 4" not in said(made(material(with_(plan), detail="team"), "agency"))


def test_that_the_manual_payment_list_carries_control_totals() -> None:
    forms = made(material(small()), "forms")
    section = next(s for s in forms.sections if s.title == "Manuell betallista")
    tables = [b for b in section.blocks if isinstance(b, Table)]
    assert len(tables[0].rows) == 22
    assert [row[0] for row in tables[1].rows] == ["Detta blad", "Tidigare blad", "Överförs"]


def test_that_requests_to_the_government_name_the_rule_and_have_a_number() -> None:
    drafts = made(reference(), "drafts")
    for rule in ("SFB 117:3", "SFB 117:9", "2022:524 20 § 12"):
        section = next(s for s in drafts.sections if rule in s.title)
        labels = [blank.label for b in section.blocks if isinstance(b, Form) for blank in b.blanks]
        assert "Beslutsnummer" in labels
        assert "K-GOV" in said(dataclasses.replace(drafts, sections=(section,)))


def test_that_the_public_is_told_in_both_languages_with_a_warning_of_fraud_each_time() -> None:
    document = made(material(small()), "public")
    texts = [s for s in document.sections if any(isinstance(b, Callout) for b in s.blocks)][1:]
    assert len(texts) == 11
    for section in texts:
        warnings = [b.title for b in section.blocks if isinstance(b, Callout)]
        assert len(warnings) == 2
        assert "e-legitimation" in warnings[0]
        assert "e-ID" in warnings[1]


# --- all of them --------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", NEW)
def test_that_hostile_text_comes_out_as_it_is(code: str) -> None:
    organisation = small()
    hostile = HOSTILE + "x" * 10_000
    for record in (*organisation.all(Role), *organisation.all(Site), *organisation.all(Resource)):
        organisation.apply(amend(record, name=hostile[:10_000]))
    for record in (*organisation.all(Function), *organisation.all(StaffGroup)):
        organisation.apply(amend(record, name=HOSTILE))
    organisation.apply(Add(Measure(id=id_("measure", "M1"), code="M1", name=HOSTILE, description=HOSTILE)))
    organisation.apply(Add(Gap(id=id_("gap", "G1"), code="G1", name=HOSTILE, needed=HOSTILE)))
    document = made(material(organisation), code)
    assert document.sections
    if code in ("war", "staff-loss", "actions", "ict-loss", "rsa"):
        assert HOSTILE in said(document)
    if code in ("succession", "brief"):
        assert pages_in(write_pdf(document, GENERATED)) > 0


@pytest.mark.parametrize("code", NEW)
def test_that_without_a_run_each_plan_says_so_or_needs_none(code: str) -> None:
    document = made(material(small(), run=False), code)
    assert all(section.blocks for section in document.sections)
