"""Shift handover and situation report: from the log, both languages, every figure with its basis."""

import datetime as dt

import docx
import pytest

from continuity.exchange.library import load_reference
from continuity.exercise.desk import Desk
from continuity.exercise.situation_papers import situation_paper
from continuity.planning.writers.text import write_text
from continuity.session import Session
from continuity.store.play_file import PlayFile

NOW = dt.datetime(2026, 2, 23, 14, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A real day in the afternoon."""
    agency = load_reference("sv")
    path = tmp_path_factory.mktemp("läge") / "läge.uthallig-situation"
    made = Desk(PlayFile.create(path, "situation", {}, "{}", "Eva"), agency)

    def hours_ago(hours):
        return NOW - dt.timedelta(hours=hours)

    hall = agency.find("resource", "R-DH1").id
    made.report(
        "down", element=hall, happened=hours_ago(7), known=hours_ago(6), trust="confirmed", source="Drift"
    )
    made.report("down", words="Porten till garaget", happened=hours_ago(2))
    made.report(
        "reduced", element=agency.find("resource", "R-GRID-NORR").id, happened=hours_ago(1), trust="rumour"
    )
    made.task("Ring banken", "Anna", hours_ago(1))
    made.task("Beställ bränsle")
    made.message("out", "Rakel", "MCF", "Vi har förlorat en datahall")
    made.rhythm(handover=NOW + dt.timedelta(hours=1))
    made.decision("Krisledaren", "Kör från reservhallen", why="Hall 1 tar dygn")
    yield made
    made.log.close()


@pytest.fixture(scope="module")
def ahead(desk):
    """What follows."""
    return desk.forecast(NOW, replications=64)


def paper(desk, ahead, kind, lang="sv"):
    text = write_text(situation_paper(desk, ahead, kind, lang, NOW)).decode()
    return " ".join(text.split())


def test_that_a_handover_holds_what_the_next_shift_must_know(desk, ahead):
    text = paper(desk, ahead, "handover", "en")
    for words in (
        "Porten till garaget", "Ring banken", "late", "Kör från reservhallen", "Rumours, not counted",
        "Vi har förlorat", "Takes over", "Not in the forecast", "not known", "64 replications",
    ):  # fmt: skip
        assert words.casefold() in text.casefold(), words


def test_that_a_situation_report_says_where_each_function_stands(desk, ahead):
    text = paper(desk, ahead, "report", "en")
    assert "2022:524 § 22" in text
    for function in desk.organisation.of_kind("function"):
        assert function.name in text
    assert "On behalf of others" in text


@pytest.mark.parametrize("kind", ["handover", "report"])
def test_that_papers_are_whole_in_swedish(desk, ahead, kind):
    text = paper(desk, ahead, kind)
    for english in ("Not known", "not known", "Nobody", "Down", "Since", "replications", "in all runs"):
        assert english not in text, english


@pytest.mark.parametrize("kind", ["handover", "report"])
def test_that_papers_stand_without_a_forecast(desk, kind):
    assert "There is no forecast" in paper(desk, None, kind, "en")


def test_that_papers_are_written_in_every_form(desk, ahead, tmp_path):
    files = Session.write_situation(desk, ahead, "handover", tmp_path, "sv", ("pdf", "html", "docx", "txt"))
    assert [path.suffix for path in files] == [".pdf", ".html", ".docx", ".txt"]
    assert files[0].read_bytes().startswith(b"%PDF")
    assert any("Ring banken" in c.text for t in docx.Document(str(files[2])).tables for c in t._cells)
    assert not any(word in path.name.upper() for path in files for word in ("OVNING", "EXERCISE"))


def test_that_a_bare_situation_makes_papers_too(tmp_path):
    desk = Session.bare_situation(tmp_path / "läge.uthallig-situation", "sv")
    desk.report("down", words="Allt", happened=NOW)
    for kind in ("handover", "report"):
        assert "Allt" in paper(desk, desk.forecast(NOW), kind)
    desk.log.close()
    again = Session.open_situation(tmp_path / "läge.uthallig-situation")
    assert [r.words for r in again.picture.down()] == ["Allt"]
    again.log.close()
