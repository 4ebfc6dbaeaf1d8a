"""What the plans say: of the small agency by the letter, of the reference agency that all is there."""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator

import pytest

from continuity.exchange.library import load_reference
from continuity.model.edits import amend
from continuity.model.kinds import Agency, Fallback, Function, Procedure, Stage
from continuity.model.organisation import Organisation
from continuity.planning.blocks import (
    Block,
    Bullets,
    Callout,
    Document,
    Facts,
    Figure,
    Form,
    Heading,
    Missing,
    Paragraph,
    Signature,
    Steps,
    Table,
)
from continuity.planning.catalogue import GROUPS, Piece, pieces
from continuity.planning.contents.pay_day import chosen, of_run
from continuity.planning.material import Material
from continuity.words import words_in
from tests.planning.plan_samples import GENERATED, HOSTILE, id_, sample_comparison, sample_run, small


def material(organisation: Organisation, lang: str = "sv", run: bool = True, **facts: object) -> Material:
    results = sample_run(organisation) if run else None
    return Material(organisation, words_in(lang), results, generated=GENERATED, **facts)


def made(m: Material, code: str) -> Document:
    return next(piece for piece in pieces(m) if piece.code == code).make()


def said(document: Document) -> str:
    """All words of a document."""
    texts = [document.title, document.subtitle]
    for section in document.sections:
        texts += [section.title, *(text for block in section.blocks for text in _texts(block))]
    return "\n".join(texts)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading(text) | Paragraph(text):
            yield text
        case Bullets(items) | Signature(items):
            yield from items
        case Steps(items):
            yield from (t for step in items for t in (step.title, step.what, step.who, step.note))
        case Table(columns, rows, caption):
            yield from (caption, *(c.title for c in columns), *(cell for row in rows for cell in row))
        case Facts(rows):
            yield from (cell for row in rows for cell in row)
        case Figure():
            yield from (block.alternative, block.caption)
        case Form(blanks):
            yield from (blank.label for blank in blanks)
        case Callout(_, title, lines):
            yield from (title, *lines)
        case Missing(what, where):
            yield from (what, where)


# --- the decision sheet --------------------------------------------------------------------------


@pytest.fixture
def sheet() -> Document:
    return made(material(small()), "sheet/B-1/2027-01-20")


def test_that_a_sheet_begins_with_where_the_original_file_is(sheet: Document) -> None:
    first = sheet.sections[0]
    assert first.title == "Var är originalfilen?"
    halt = first.blocks[0]
    assert isinstance(halt, Callout)
    assert halt.kind == "halt"
    assert "Betalchef (kontaktsidan: K-1)" in halt.lines[0]
    assert "Stoppa filen (H-1)" in halt.lines[0]
    # The stop stage closes at 14:00 one bank day before the pay day.
    assert "tis\u00a019\u00a0jan.\u00a014:00" in halt.lines[1]
    states = next(b for b in first.blocks if isinstance(b, Steps))
    assert [tick.title for tick in states.items] == [
        "Inte gjord",
        "Gjord, inte sänd",
        "Sänd, kvittens okänd",
        "Mottagen av banken, inte utförd",
        "Utförd till en del",
        "Utförd",
    ]
    # The first page also carries what can be decided, the second the decision and two persons' names.
    assert [s.title for s in sheet.sections[:3]] == [
        "Var är originalfilen?",
        "Vad som kan beslutas",
        "Utkast till beslut",
    ]
    assert [s.new_page for s in sheet.sections[:3]] == [False, False, True]
    labels = [b.label for f in sheet.sections[2].blocks if isinstance(f, Form) for b in f.blanks]
    assert any("1\u00a0000" in label for label in labels)
    assert sum("Person" in label for label in labels) == 2


def test_that_a_sheet_says_on_its_first_page_what_can_be_decided_and_until_when(sheet: Document) -> None:
    decide, table = sheet.sections[1].blocks
    assert isinstance(decide, Callout)
    assert "mån\u00a018\u00a0jan.\u00a019:00" in decide.title
    assert isinstance(table, Table)
    assert [row[1] for row in table.rows] == ["Verkställ ur valvet", "Förmånsbevis"]


def test_that_a_sheet_gives_the_hours_in_order(sheet: Document) -> None:
    hours_section = next(s for s in sheet.sections if s.title == "Klockslag som gäller")
    table = next(b for b in hours_section.blocks if isinstance(b, Table))
    hours = [row[0].replace("\u00a0", " ") for row in table.rows]
    assert hours == [
        "fre 15 jan. 18:00",
        "mån 18 jan. 15:00",
        "mån 18 jan. 19:00",
        "tis 19 jan. 14:00",
        "ons 20 jan. 12:00",
    ]
    # Due at noon less 40 h of set-up and 1 h of decision.
    assert "Senaste beslut: Verkställ ur valvet" in table.rows[2][1]
    assert table.rows[2][2] == "Betalchef"


def test_that_a_sheet_refuses_with_the_reason(sheet: Document) -> None:
    words = said(sheet)
    assert "Förkastade, och varför" in words
    refused = [
        row for b in sheet.blocks() if isinstance(b, Table) for row in b.rows if row[0] == "Förmånsbevis"
    ]
    assert refused
    assert refused[0][1].strip()
    assert "SFB 117:7" in refused[0]


def test_that_a_sheet_says_what_goes_wrong_and_what_is_applied_first(sheet: Document) -> None:
    words = said(sheet)
    first = [row for b in sheet.blocks() if isinstance(b, Table) for row in b.rows if row[0] == "Dödsfall"]
    assert first == [("Dödsfall", "Stryk döda", "3\u00a0d", "")]
    # 90 % of SEK 1 250 000, 8 per mille of it.
    assert "9\u00a0000\u00a0kr betalas för mycket" in words
    assert any(isinstance(b, Signature) for b in sheet.blocks())


def test_that_a_sheet_without_a_stop_stage_says_that_it_is_missing() -> None:
    organisation = small()
    organisation.apply(organisation.removal([id_("stage", "B-1/4")]))
    words = said(made(material(organisation), "sheet/B-1/2027-01-20"))
    assert "Inget steg säger vem som bekräftar ett stopp hos banken" in words


def test_that_money_of_another_agency_needs_its_decision() -> None:
    organisation = small()
    stream = organisation.find("stream", "B-1")
    assert stream is not None
    organisation.apply(amend(stream, own=False, owner_agency="Pensionsmyndigheten"))
    words = said(made(material(organisation), "sheet/B-1/2027-01-20"))
    assert "Pengarna betalas för Pensionsmyndighetens räkning: dess eget beslut krävs." in words


def test_that_only_pay_days_at_risk_get_a_sheet_and_the_rest_is_told() -> None:
    m = material(load_reference("sv"))
    kept, rest = chosen(m, 5)
    assert len(kept) == 5
    assert rest
    assert all(view.at_risk for view in (*kept, *rest))
    assert [v.planned.due for v in kept] == sorted(v.planned.due for v in kept)
    # People in need come before those who can wait.
    assert all(view.in_need for view in kept)
    assert len(kept) + len(rest) == sum(view.at_risk for view in of_run(m))
    calendar = next(p for p in pieces(m, most_sheets=5) if p.code == "calendar").make()
    assert f"{len(rest)} utbetalningsdagar i riskzonen saknar beslutsblad" in said(calendar)


def test_that_each_stream_has_a_sheet_without_a_run() -> None:
    m = material(small(), run=False)
    kept, rest = chosen(m, 30)
    assert [view.code for view in kept] == ["B-1/2026-12-20"]
    assert not rest
    words = said(made(m, "sheet/B-1/2026-12-20"))
    assert "Ingen simulering" in words


# --- figures name their run ----------------------------------------------------------------------


def test_that_figures_of_a_run_name_it() -> None:
    m = material(small())
    for code in ("agency", "function/F-1", "sheet/B-1/2027-01-20"):
        sources = {getattr(b, "source", "") for b in made(m, code).blocks()} - {""}
        assert sources == {m.source}
    assert "abababab" in m.source
    assert "frö 1" in m.source


def test_that_a_plan_knows_that_the_model_has_moved_on() -> None:
    organisation = small()
    stale = material(organisation, stale=True)
    assert "ändrats" in made(stale, "agency").meta.warning
    before = stale.fingerprint
    function = organisation.all(Function)[0]
    organisation.apply(amend(function, mbco=700))
    assert material(organisation).fingerprint != before


def test_that_moving_a_box_or_a_phone_number_does_not_change_the_model() -> None:
    organisation = small()
    before = material(organisation).fingerprint
    organisation.apply(amend(organisation.all(Function)[0], x=40, y=80))
    contact = organisation.find("contact", "K-1")
    assert contact is not None
    organisation.apply(amend(contact, phone="08-1"))
    assert material(organisation).fingerprint == before


def test_that_measures_are_shown_with_and_without() -> None:
    organisation = load_reference("sv")
    m = Material(organisation, words_in("sv"), sample_comparison(organisation), generated=GENERATED)
    tables = [b for b in made(m, "agency").blocks() if isinstance(b, Table)]
    compared = next(t for t in tables if t.columns[0].title.startswith("Utan och med"))
    assert compared.rows[0][1] != compared.rows[0][2]


# --- nothing personal, nothing that helps a finder ------------------------------------------------


def test_that_contact_values_stand_on_the_contact_pages_alone() -> None:
    m = material(small())
    for piece in pieces(m):
        words = said(piece.make())
        # The first hour needs the numbers, not the names.
        assert ("08-465 004 01" in words) == (piece.code in ("contacts", "first-hour"))
        assert ("Vera Exempel" in words) == (piece.code == "contacts")
    without = pieces(m, contacts=False)
    assert "contacts" not in {p.code for p in without}
    assert not [p.code for p in without if "08-465 004 01" in said(p.make())]


def test_that_weak_points_buffers_and_addresses_stand_in_the_full_plan_only() -> None:
    organisation = load_reference("sv")
    secrets = ("Enskilda felpunkter", "Klarar sig utan i", "Mälarvik", "Valvet vid den alternativa")
    full = "\n".join(said(p.make()) for p in pieces(material(organisation)))
    team = "\n".join(said(p.make()) for p in pieces(material(organisation, detail="team")))
    assert not [secret for secret in secrets if secret not in full]
    assert not [secret for secret in secrets if secret in team]


def test_that_the_profile_cards_holds_cards_and_forms_only() -> None:
    m = material(small(), detail="cards")
    assert {p.group for p in pieces(m)} == {"cards", "roles", "forms"}
    own = pieces(m, role=id_("role", "O-2"))
    assert [p.code for p in own] == ["role/O-2", "forms"]


# --- all of it ------------------------------------------------------------------------------------


def _english(text: str) -> list[str]:
    return re.findall(r"\b(?:the|and|with|which|without|before|after|until)\b", text)


def _in_one_language(m: Material) -> list[Piece]:
    """All plans but the texts to the public, which stand in both."""
    return [p for p in pieces(m, most_sheets=6) if p.code != "public"]


@pytest.mark.parametrize("run", [True, False])
def test_that_every_plan_of_the_reference_agency_is_swedish(run: bool) -> None:
    m = material(load_reference("sv"), run=run)
    for piece in _in_one_language(m):
        words = said(piece.make())
        assert not _english(words), (piece.code, _english(words)[:3])


def test_that_every_plan_of_the_reference_agency_is_english() -> None:
    m = material(load_reference("en"), "en")
    for piece in _in_one_language(m):
        words = said(piece.make()).replace("Cash in the till", "")
        found = re.findall(r"\b(?:och|inte|som|eller|till|från)\b", words)
        assert not found, (piece.code, found[:3])


def test_that_an_empty_document_gives_plans_full_of_places_to_fill_in() -> None:
    m = Material(Organisation("0d6f1c52-2222-4a61-9f27-52b0e4a6c913"), words_in("sv"), generated=GENERATED)
    for piece in pieces(m):
        document = piece.make()
        assert document.sections
        if piece.code not in ("forms", "situation", "changes"):
            marks = [b for b in document.blocks() if isinstance(b, Missing)]
            assert marks, piece.code
            assert all(mark.where.startswith("Tabeller › ") for mark in marks)


def test_that_a_function_without_procedures_says_where_they_are_written() -> None:
    document = made(material(small()), "function/F-1")
    marks = {b.what: b.where for b in document.blocks() if isinstance(b, Missing)}
    assert "Ingen rutin hör till funktionen." in marks
    assert (
        marks["Inget manuellt alternativ är angivet."]
        == "Tabeller › Funktioner › Betala ut › Manuellt alternativ"
    )


def test_that_an_action_card_says_when_what_and_until_when() -> None:
    card = made(material(small()), "card/H-1")
    assert [s.title for s in card.sections] == ["När", "Gör så här", "När det avslutas"]
    assert card.one_page
    words = said(card)
    assert "Kvittens saknas" in words
    assert "Ring banken" in words
    assert "Banken har bekräftat" in words


def test_that_the_calendar_holds_thirteen_months_and_marks_what_is_computed() -> None:
    document = made(material(small()), "calendar")
    months = [s.title for s in document.sections if re.fullmatch(r"\w+ \d{4}", s.title)]
    assert months[0] == "November 2026"
    assert months[-1] == "November 2027"
    assert len(months) == 13
    january = next(s for s in document.sections if s.title == "Januari 2027")
    row = next(b for b in january.blocks if isinstance(b, Table)).rows[0]
    assert row[-1] == "beräknad"
    assert "mån\u00a018/1\u00a015:00" in row


def test_that_the_first_hour_shows_the_most_urgent_card() -> None:
    document = made(material(load_reference("sv")), "first-hour")
    assert "Skriv klockslag, vem som ringde och vad som sades." in said(document)
    leads = next(s for s in document.sections if s.title == "Vem som leder")
    assert next(b for b in leads.blocks if isinstance(b, Table)).rows[0][0] == "Generaldirektör"


def test_that_the_marking_of_the_agency_stands_on_each_plan() -> None:
    m = material(small(marking="secrecy", marking_law="18 kap. 13 § OSL"))
    assert all(p.make().meta.marking == "SEKRETESS 18 kap. 13 § OSL" for p in pieces(m))


def test_that_hostile_names_reach_the_plans_unchanged() -> None:
    organisation = small()
    for kind, code in (("function", "F-1"), ("procedure", "H-1"), ("stream", "B-1"), ("fallback", "L-1")):
        record = organisation.find(kind, code)
        assert record is not None
        organisation.apply(amend(record, name=HOSTILE[:900]))
    m = material(organisation)
    for piece in pieces(m):
        assert piece.make().title


def test_that_a_plan_is_a_pure_function() -> None:
    m, again = material(small()), material(small())
    assert [p.make() for p in pieces(m)] == [p.make() for p in pieces(again)]


def test_that_titles_in_the_list_are_those_of_the_plans() -> None:
    for piece in pieces(material(small())):
        if piece.code != "agency":
            assert piece.make().title == piece.title


def test_that_each_piece_has_a_code_of_its_own() -> None:
    held: list[Piece] = pieces(material(load_reference("sv")))
    assert len({p.code for p in held}) == len(held)
    assert {p.group for p in held} == set(GROUPS)


def test_that_a_disabled_fallback_does_not_set_the_first_hour_of_the_calendar() -> None:
    organisation = small()
    before = made(material(organisation), "calendar")
    first = organisation.find("fallback", "L-1")
    assert isinstance(first, Fallback)
    organisation.apply(amend(first, enabled=False))
    after = made(material(organisation), "calendar")
    assert said(before) != said(after)


def test_that_old_contacts_are_marked() -> None:
    organisation = small()
    contact = organisation.find("contact", "K-1")
    assert contact is not None
    organisation.apply(amend(contact, tested=GENERATED.date() - dt.timedelta(days=400)))
    assert "för gammalt" in said(made(material(organisation), "contacts"))


def test_that_kinds_used_here_exist() -> None:
    # The small agency must go through the model's own checks, or the tests above prove little.
    organisation = small()
    assert not [p for record in organisation for p in organisation.dangling(record)]
    assert organisation.all(Agency)
    assert organisation.all(Procedure)
    assert organisation.all(Stage)
    assert dataclasses.is_dataclass(organisation.all(Function)[0])
