"""Plans: which there are, their pages, a package written, stopped and verified."""

import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from continuity.model.edits import amend
from continuity.planning.request import PlanCancelled
from continuity.simulation.request import RunRequest
from tests.ui.results_builder import built
from tests.ui.testing_window import board
from ui.panels.plans import writing


@pytest.fixture
def page(window, session, qtbot):
    """The plans of the small agency, with the first of them on the screen."""
    window.documents.take(session)
    window.open_workspace("plans")
    made = window.pages.made["plans"]
    qtbot.waitUntil(lambda: bool(made.pages.sheets), timeout=20000)
    return made


def write_to(page, qtbot, folder: Path):
    page.form.folder.setText(str(folder))
    with qtbot.waitSignal(page.writer.written, timeout=60000):
        QTest.mouseClick(page.form.write, Qt.MouseButton.LeftButton)
    return page.writing.package


def test_that_the_plans_are_listed_in_groups_and_the_first_is_shown(page):
    assert page.names.code == "first-hour"
    assert page.names.tree.topLevelItem(0).text(0).startswith("Börja här")
    assert all(sheet.image.width() > 500 for sheet in page.pages.sheets)
    assert page.count.text() == f"{len(page.pages.sheets)} sidor"
    assert page.source.text() == "Utan siffror: inget har körts än."


def test_that_another_plan_is_shown_when_it_is_chosen(page, qtbot):
    before = page.pages.sheets[0].image
    assert page.names.choose(page.names.first_with("function/"))
    qtbot.waitUntil(lambda: page.pages.sheets and page.pages.sheets[0].image != before, timeout=20000)


def test_that_plans_are_found_by_their_words(page):
    QTest.keyClicks(page.names.field, "betala ut")
    shown = [item.text(0) for item in page.names._items() if not item.isHidden()]
    assert "Betala ut" in shown
    assert "Kontakter" not in shown


def test_that_the_language_of_the_plans_can_differ_from_that_of_the_window(page, qtbot):
    page.language.setCurrentIndex(page.language.findData("en"))
    page.language.activated.emit(page.language.currentIndex())
    qtbot.waitUntil(lambda: page.names.title("first-hour") == "The first hour", timeout=20000)
    assert page.form.write.text() == "Skriv"


def test_that_pages_grow_and_shrink(page):
    natural = page.pages.sheets[0].width()
    for _ in range(5):
        QTest.mouseClick(page.larger, Qt.MouseButton.LeftButton)
    assert page.pages.sheets[0].width() > natural
    for _ in range(5):
        QTest.mouseClick(page.smaller, Qt.MouseButton.LeftButton)
    assert page.pages.sheets[0].width() == natural


def test_that_a_package_is_written_verified_and_opened(page, qtbot, tmp_path, monkeypatch):
    folder = tmp_path / "paket"
    page.form.formats["pdf"].setChecked(False)
    package = write_to(page, qtbot, folder)
    assert (folder / "index.html").exists()
    assert not list(folder.rglob("*.pdf"))
    assert str(folder) in page.writing.told.text()
    QTest.mouseClick(page.writing.verify, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.writing.checked.text().startswith("✓"), timeout=10000)
    opened = []
    monkeypatch.setattr(writing, "open_path", opened.append)
    QTest.mouseClick(page.writing.open_index, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.writing.open_folder, Qt.MouseButton.LeftButton)
    assert opened == [package.folder / "index.html", package.folder]
    (folder / "index.html").write_text("changed", encoding="utf-8")
    QTest.mouseClick(page.writing.verify, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.writing.checked.text().startswith("✗"), timeout=10000)
    assert "index.html" in page.writing.checked.text()


def test_that_the_request_says_what_was_ticked(page, qtbot, tmp_path, monkeypatch):
    asked = []

    def plan(request, report=None, cancel=None):
        asked.append(request)
        raise PlanCancelled

    monkeypatch.setattr(page.session, "plan", plan, raising=False)
    page.form.profile.setCurrentIndex(0)
    assert page.form.role.isVisible()
    page.form.role.setCurrentIndex(1)
    page.form.contacts.setChecked(False)
    page.form.formats["txt"].setChecked(False)
    page.form.folder.setText(str(tmp_path / "kort"))
    with qtbot.waitSignal(page.writer.stopped):
        QTest.mouseClick(page.form.write, Qt.MouseButton.LeftButton)
    request = asked[0]
    assert (request.profile, request.contacts, request.formats) == ("cards", False, ("html", "pdf", "docx"))
    assert request.role == page.form.role.currentData()
    assert request.out == tmp_path / "kort"


def test_that_nothing_can_be_written_without_a_format(page):
    for box in page.form.formats.values():
        box.setChecked(False)
    assert not page.form.write.isEnabled()


def test_that_the_writing_can_be_stopped(page, window, qtbot, tmp_path, monkeypatch):
    def plan(request, report, cancel: threading.Event):
        for done in range(1000):
            report(done, 1000)
            if cancel.wait(0.01):
                raise PlanCancelled
        raise AssertionError("nobody stopped it")

    monkeypatch.setattr(page.session, "plan", plan, raising=False)
    page.form.folder.setText(str(tmp_path / "paket"))
    QTest.mouseClick(page.form.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.writing.bar.value() > 2)
    assert not page.form.write.isEnabled()
    with qtbot.waitSignal(page.writer.stopped):
        QTest.mouseClick(page.writing.stop, Qt.MouseButton.LeftButton)
    assert "stoppades" in window.toast.text
    assert page.form.write.isEnabled()
    assert not page.writing.bar.isVisible()


def test_that_a_folder_that_is_not_ours_is_refused_in_plain_words(page, window, qtbot, tmp_path):
    folder = tmp_path / "annat"
    folder.mkdir()
    (folder / "brev.txt").write_text("mitt", encoding="utf-8")
    page.form.folder.setText(str(folder))
    with qtbot.waitSignal(page.writer.stopped, timeout=20000):
        QTest.mouseClick(page.form.write, Qt.MouseButton.LeftButton)
    assert "annat" in window.toast.text
    assert [path.name for path in folder.iterdir()] == ["brev.txt"]


def test_that_the_plan_of_a_record_is_revealed(page, session):
    function = session.organisation.find("function", "PAY")
    assert page.reveal(function.id)
    assert page.names.code == "function/PAY"


def test_that_a_pay_day_without_a_sheet_leads_to_the_calendar_and_says_so(page, window, qtbot):
    assert page.reveal("sheet/B1/1999-01-01")
    qtbot.waitUntil(lambda: page.names.code == "calendar", timeout=20000)
    assert "beslutsblad" in window.toast.text


def test_that_pages_follow_an_edit(page, window, qtbot, session):
    from continuity.model.edits import amend

    window.desk.edit(amend(session.organisation.find("function", "PAY"), name="Utbetalning"))
    qtbot.waitUntil(lambda: page.names.title("function/PAY") == "Utbetalning", timeout=20000)


def test_that_drawing_pages_leaves_the_window_free(page, monkeypatch):
    def slow(*_args, **_wishes):
        time.sleep(0.4)
        return []

    monkeypatch.setattr(page.session, "preview_pages", slow, raising=False)
    began = time.monotonic()
    page._draw()
    assert time.monotonic() - began < 0.2


def test_that_a_sheet_is_painted_as_the_page_it_shows(page):
    sheet = page.pages.sheets[0]
    painted = sheet.grab().toImage()
    assert isinstance(painted, QImage)
    middle = painted.pixelColor(painted.width() // 2, painted.height() - 8)
    assert middle.lightness() > 240  # white paper


def test_that_figures_come_from_the_run_on_the_board(page, window):
    scenario = page.session.organisation.find("scenario", "X")
    board(window).show(built(page.session.organisation, RunRequest(scenario.id)))
    assert page.source.text().startswith("Siffror från: Strömavbrott")


def test_that_a_plan_asked_for_from_elsewhere_is_shown_when_the_plans_are_listed(window, session, qtbot):
    window.documents.take(session)
    window.open_workspace("scenarios")
    window.desk.wanted.emit("plans", "function/PAY")
    plans = window.pages.made["plans"]
    qtbot.waitUntil(lambda: plans.names.code == "function/PAY", timeout=20000)


def test_that_what_is_missing_is_listed_and_leads_to_its_table(page, qtbot):
    assert page.names.choose(page.names.first_with("function/"))
    qtbot.waitUntil(lambda: page.status.score is not None and page.status.score.has_list, timeout=20000)
    score = page.status.score
    assert page.status.complete.text() == f"{score.met} av {len(score.points)} punkter i ISO/TS 22332"
    QTest.mouseClick(page.status.complete, Qt.MouseButton.LeftButton)
    assert page.status.list.count() == len(score.missing) > 0
    wanted = next(place for place, point in enumerate(score.missing) if point.record)
    with qtbot.waitSignal(page.desk.wanted) as went:
        page.status.list.itemActivated.emit(page.status.list.item(wanted))
    assert went.args == ["tables", score.missing[wanted].record]


def test_that_approving_names_a_version_and_notes_who(page, qtbot):
    assert page.status.told.text() == "Ingen version är fastställd."
    QTest.mouseClick(page.status.approve, Qt.MouseButton.LeftButton)
    asking = page.status.asking
    asking.accept()
    assert asking.isVisible()
    asking.version.setText("Planer våren")
    asking.name.setText("Vera Exempel")
    asking.role.setCurrentText("Stabschef")
    asking.accept()
    version, signoff, is_same = page.session.signed
    assert (version.name, signoff.name, signoff.role, is_same) == (
        "Planer våren", "Vera Exempel", "Stabschef", True,
    )  # fmt: skip
    assert "Planer våren" in page.status.told.text()
    assert page.status.told.text().endswith("Oförändrad sedan dess.")


def test_that_what_would_change_is_listed_before_it_is_written(page, qtbot):
    version = page.session.make_version("Ett")
    page.session.sign_off(version, name="Vera", role="Chef")
    page.status.refresh()
    function = page.session.organisation.of_kind("function")[0]
    page.desk.edit(amend(function, service="Betalar ut till alla"))
    assert "har ändrats sedan dess" in page.status.told.text()
    QTest.mouseClick(page.status.changes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.status.list.count() > 1, timeout=30000)
    texts = [page.status.list.item(row).text() for row in range(page.status.list.count())]
    assert texts[0].startswith("1 post har ändrats")
    assert any("Betala ut" in text for text in texts)
    page.status.list.itemActivated.emit(page.status.list.item(0))
    assert page.names.code == "changes"


def test_that_personal_data_leave_the_list_by_the_switch(page, qtbot):
    assert page.names.first_with("contacts")
    page.form.contacts.setChecked(False)
    qtbot.waitUntil(lambda: not page.names.first_with("contacts"), timeout=20000)


def test_that_a_number_and_the_cards_in_a6_go_into_the_request(page):
    extras = page.form.extras
    extras.opener.setChecked(True)
    assert extras.inside.isVisible()
    extras.pocket.setChecked(False)
    assert extras.given() == {"form": None, "copy": None, "pocket": False}


def test_that_a_faulty_word_form_is_not_taken(page, tmp_path, monkeypatch):
    path = tmp_path / "mall.docx"
    path.write_bytes(b"no document")
    choice = staticmethod(lambda *_: (str(path), ""))
    monkeypatch.setattr("ui.panels.plans.extras.QFileDialog.getOpenFileName", choice)
    QTest.mouseClick(page.form.extras.form, Qt.MouseButton.LeftButton)
    assert page.form.extras.word_form is None
