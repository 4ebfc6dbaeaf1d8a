"""The window as a whole: start, open, follow, speak two languages, fit, close."""

import json
import sys

import pytest
from PySide6.QtCore import QPointF, Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from continuity import words
from continuity.model.edits import amend
from continuity.model.kinds import KINDS
from continuity.session import Session
from tests.ui.walk import plain, texts
from ui.registry import ENTRIES
from ui.theme import theme


def foreign_words(language: str) -> set[str]:
    """Return the texts that are words of the other language and none of ``language``."""
    english, swedish = set(), set()
    for (_context, source), forms in words.load_catalogue("sv").items():
        if "{" not in source:
            english.add(plain(source))
            swedish.add(plain(forms[0]))
    return english - swedish if language == "sv" else swedish - english


def own_words(organisation) -> set[str]:
    """Return every text that stands in the document itself."""
    found = set()
    for record in organisation:
        found |= {
            str(getattr(record, name))
            for name in ("code", "name", "unit", "competence")
            if hasattr(record, name)
        }
        found |= set(getattr(record, "tags", ()))
    return {plain(text) for text in found}


def settle(qtbot) -> None:
    """Wait until nothing works in the background and what was taken away is gone."""
    qtbot.waitUntil(lambda: QThreadPool.globalInstance().activeThreadCount() == 0, timeout=20000)
    qtbot.wait(20)


def test_that_the_first_page_asks_what_to_do_and_opens_the_reference_agency(window, qtbot):
    said = [label.text() for label in window.start.findChildren(QLabel)]
    assert "Vad vill du göra?" in said
    assert not window.rail.buttons["map"].isEnabled()
    QTest.mouseClick(window.start.doors["reference"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.desk.session is not None, timeout=20000)
    assert window.pages.current == "calendar"
    assert window.bar.title.text() == "Trygghetsmyndigheten (exempel)"
    assert "I minnet" in window.bar.state.text()
    QTest.mouseClick(window.rail.buttons["map"], Qt.MouseButton.LeftButton)
    page = window.pages.made["map"]
    count = len(window.desk.session.organisation.elements)
    qtbot.waitUntil(lambda: len(page.map.nodes) == count and not page.map.is_filling, timeout=20000)


def test_that_a_document_is_saved_opened_again_and_remembered(at_work, tmp_path, qtbot):
    path = tmp_path / "myndighet.uthallig"
    at_work.documents.save_to(path)
    qtbot.waitUntil(lambda: "Sparat i myndighet" in at_work.bar.state.text(), timeout=20000)
    grid = at_work.desk.session.organisation.find("resource", "GRID")
    at_work.desk.edit(amend(grid, name="Regionnät"))
    at_work.documents.close()
    assert at_work.pages.current == "start"
    recent = at_work.start.findChildren(QPushButton)
    button = next(b for b in recent if b.text() == "myndighet")
    button.click()
    qtbot.waitUntil(lambda: at_work.desk.session is not None, timeout=20000)
    assert at_work.desk.session.organisation.find("resource", "GRID").name == "Regionnät"


def test_that_a_file_that_is_no_document_is_refused_in_a_sentence(at_work, tmp_path, qtbot):
    path = tmp_path / "brev.uthallig"
    path.write_text("Kära myndighet", encoding="utf-8")
    held = at_work.desk.session
    at_work.documents.open(path)
    qtbot.waitUntil(lambda: "brev" in at_work.toast.text, timeout=20000)
    assert at_work.desk.session is held
    assert path.read_text(encoding="utf-8") == "Kära myndighet"


def test_that_json_is_exported_and_imported_as_one_step(at_work, tmp_path, qtbot, monkeypatch):
    from PySide6.QtWidgets import QFileDialog

    path = tmp_path / "ut.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a: (str(path), ""))
    at_work.exchange.ask_export()
    qtbot.waitUntil(lambda: "Exporterat" in at_work.toast.text, timeout=20000)
    before = len(at_work.desk.session.organisation)
    assert len(json.loads(path.read_text(encoding="utf-8"))["records"]["resource"]) == 5
    at_work.desk.remove((at_work.desk.session.organisation.find("resource", "GRID").id,))
    at_work.exchange.ask_import()
    dialog = at_work.exchange.dialog
    qtbot.waitUntil(dialog.take.isEnabled, timeout=20000)
    dialog.do_import()
    assert len(at_work.desk.session.organisation) == before
    assert "importerad" in at_work.toast.text


def test_that_undo_says_what_it_takes_back(at_work):
    grid = at_work.desk.session.organisation.find("resource", "GRID")
    at_work.desk.edit(amend(grid, name="Regionnät"))
    assert at_work.commands["undo"].text() == "&Ångra: Ändra namn för ”Regionnät”"
    at_work.commands["undo"].trigger()
    assert at_work.commands["redo"].isEnabled()
    at_work.commands["redo"].trigger()
    assert at_work.desk.session.organisation.get(grid.id).name == "Regionnät"


def test_that_find_goes_to_any_record(at_work):
    at_work.open_workspace("tables")
    at_work.find()
    picker = at_work.bar.find.findChild(QLineEdit).parent()
    QTest.keyClicks(picker.field, "barnb")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    page = at_work.pages.made["tables"]
    assert page.kind.name == "stream"
    assert at_work.inspector.record.name == "Barnbidrag"


def test_that_problems_are_found_in_the_background_and_lead_to_their_record(at_work, qtbot):
    panel = at_work.problems
    qtbot.waitUntil(lambda: panel.model.rowCount() > 0, timeout=20000)
    row = next(n for n, p in enumerate(panel.model.problems) if p.id)
    panel.view.clicked.emit(panel.model.index(row, 0))
    assert at_work.inspector.record.id == panel.model.problems[row].id
    assert "varning" in at_work.counts.text() or "tips" in at_work.counts.text()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_that_no_word_of_the_other_language_is_seen_anywhere(at_work, qtbot, language):
    at_work.commands["problems"].setChecked(True)
    organisation = at_work.desk.session.organisation
    for entry in ENTRIES:
        at_work.open_workspace(entry.code)
    settle(qtbot)
    at_work.language_to("en" if language == "sv" else "sv")
    at_work.language_to(language)
    settle(qtbot)
    wrong = foreign_words(language) - own_words(organisation)
    seen = []
    for kind in KINDS:
        if records := organisation.of_kind(kind):
            at_work.desk.select(records[0].id)
            for tab in range(at_work.inspector.tabs.count()):
                at_work.inspector.tabs.setCurrentIndex(tab)
                page = at_work.inspector.stack.currentWidget().inside
                for group in getattr(page, "groups", {}).values():
                    group.heading.setChecked(True)
                seen += texts(page)
        tables = at_work.pages.made["tables"]
        tables._use(kind)
        seen += texts(tables.table)
    found = {f"{where}: {text}" for where, text in seen if text in wrong}
    assert not found, "\n".join(sorted(found))

    def nothing_foreign() -> None:
        found = {f"{where}: {text}" for where, text in texts(at_work) if text in wrong}
        assert not found, "\n".join(sorted(found))

    qtbot.waitUntil(lambda: nothing_foreign() is None, timeout=10000)  # notes of work under way pass


def test_that_the_window_speaks_english_at_once(at_work):
    at_work.commands.languages["en"].trigger()
    assert at_work.commands["new"].text() == "&New"
    assert at_work.rail.buttons["tables"].text() == "Tables"
    assert at_work.settings.language == "en"
    assert at_work.pages.made["map"].tools.arrange.text() == "Arrange"


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_that_every_theme_can_be_chosen(at_work, name):
    at_work.commands.themes[name].trigger()
    assert theme.tokens.name == name
    assert at_work.settings.theme == name


def test_that_nothing_is_clipped_at_twice_the_size(at_work):
    at_work.zoom_to(200)
    try:
        for code in ("start", "map", "tables"):
            at_work.open_workspace(code)
            QTest.qWait(20)
            for label in at_work.findChildren(QLabel):
                if label.isVisible() and label.text() and not label.wordWrap() and not elided(label):
                    assert label.width() >= label.sizeHint().width() - 1, (code, label.text())
        assert at_work.width() <= 1280
    finally:
        at_work.zoom_to(100)


def elided(label: QLabel) -> bool:
    return type(label).__name__ == "ElidedLabel"


def test_that_a_narrow_window_lets_page_and_inspector_take_turns(at_work):
    at_work.resize(760, 600)
    assert not at_work.inspector.isVisible()
    at_work.commands["inspector"].trigger()
    assert at_work.inspector.isVisible()
    assert not at_work.pages.isVisible()
    at_work.commands["inspector"].trigger()
    assert at_work.pages.isVisible()
    at_work.desk.select(at_work.desk.session.organisation.find("function", "PAY").id)
    at_work.resize(1280, 800)
    assert at_work.inspector.isVisible()


def test_that_the_map_has_the_inspectors_room_while_nothing_is_chosen(at_work):
    assert not at_work.inspector.isVisible()
    at_work.commands["inspector"].trigger()
    assert at_work.inspector.isVisible(), "who asks for it gets it"
    assert at_work.commands["inspector"].isChecked()
    at_work.commands["inspector"].trigger()
    assert not at_work.inspector.isVisible()
    at_work.commands["inspector"].trigger()
    at_work.commands["inspector"].trigger()
    at_work.commands["inspector"].setChecked(True)
    assert not at_work.inspector.isVisible()
    at_work.desk.select(at_work.desk.session.organisation.find("function", "PAY").id)
    assert at_work.inspector.isVisible()
    at_work.desk.select()
    at_work.open_workspace("tables")
    assert at_work.inspector.isVisible()


def test_that_f6_moves_between_the_parts(at_work):
    at_work.activateWindow()
    at_work.desk.select(at_work.desk.session.organisation.find("function", "PAY").id)
    at_work.pages.currentWidget().setFocus()
    at_work.room.next_part(1)
    assert at_work.inspector.isAncestorOf(at_work.focusWidget())
    at_work.room.next_part(-1)
    assert at_work.pages.isAncestorOf(at_work.focusWidget())


def test_that_every_button_has_a_name_for_screen_readers(at_work):
    from PySide6.QtWidgets import QAbstractButton

    at_work.open_workspace("tables")
    at_work.desk.select(at_work.desk.session.organisation.find("function", "PAY").id)
    nameless = [
        b for b in at_work.findChildren(QAbstractButton)
        if b.isVisible() and not (b.accessibleName() or b.text() or b.toolTip())
        and type(b).__name__ not in ("QAbstractButton", "QCheckBox")
    ]  # fmt: skip
    assert nameless == []


def test_that_a_fault_of_the_program_is_told_and_noted(at_work, monkeypatch):
    from ui.app import catch_faults

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    catch_faults(at_work)
    try:
        raise ValueError("trasig")
    except ValueError:
        sys.excepthook(*sys.exc_info())
    assert "Något gick fel i programmet" in at_work.toast.text


def test_that_calls_to_qt_lose_no_reference_to_none():
    point = QPointF()
    before = sys.getrefcount(None)
    for _call in range(1000):
        point.setX(1.0)
    assert abs(sys.getrefcount(None) - before) < 500


def test_that_a_new_document_is_untitled_and_says_what_to_do(window, qtbot):
    window.documents.take(Session.create(None))
    window.open_workspace("map")
    page = window.pages.made["map"]
    assert window.bar.title.text() == "Namnlöst"
    assert page.note.isVisible()
    assert "Insert" in page.note.text()
    window.desk.session.close()


def test_that_the_environment_says_the_language_until_one_is_chosen(qapp, monkeypatch):
    from ui.settings import Settings

    monkeypatch.setenv("UTHALLIG_LANG", "en")
    assert Settings().language == "en"
    Settings().language = "sv"
    assert Settings().language == "sv"
    monkeypatch.setenv("UTHALLIG_LANG", "fi")
    assert Settings().language == "sv"


def test_that_heavy_work_is_done_off_the_thread_of_the_window(window, session, qtbot, monkeypatch, tmp_path):
    import threading

    from ui.panels.map import workspace

    where: dict[str, bool] = {}

    def noted(name, work):
        def call(*args, **kwargs):
            where[name] = threading.current_thread() is threading.main_thread()
            return work(*args, **kwargs)

        return call

    monkeypatch.setattr(workspace, "arrange", noted("layout", workspace.arrange))
    monkeypatch.setattr(Session, "checked", noted("check", Session.checked))
    monkeypatch.setattr(Session, "open", noted("open", Session.open))
    monkeypatch.setattr(Session, "save_as", noted("save", Session.save_as))
    window.documents.take(session)
    window.open_workspace("map")
    path = tmp_path / "a.uthallig"
    window.documents.save_to(path)
    qtbot.waitUntil(lambda: {"layout", "check", "save"} <= set(where), timeout=20000)
    settle(qtbot)
    window.documents.close()
    window.documents.open(path)
    qtbot.waitUntil(lambda: window.desk.session is not None, timeout=20000)
    assert where == {"layout": False, "check": False, "save": False, "open": False}
    settle(qtbot)


def test_that_larger_text_never_makes_the_window_wider_than_it_was(at_work, qtbot):
    at_work.desk.select(at_work.desk.session.organisation.find("function", "PAY").id)
    try:
        at_work.zoom_to(150)
        for entry in ENTRIES:
            at_work.open_workspace(entry.code)
            qtbot.wait(0)
            assert (at_work.width(), at_work.height()) == (1280, 800), entry.code
    finally:
        at_work.zoom_to(100)
    assert at_work.width() == 1280


def test_that_an_empty_inspector_takes_no_room_from_the_pay_calendar(at_work):
    at_work.open_workspace("calendar")
    assert not at_work.inspector.isVisible()
    at_work.commands["inspector"].trigger()
    assert at_work.inspector.isVisible()
