"""The workspaces for testing and planning in two languages and at twice the size, with a run to show."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from continuity import words
from continuity.model.kinds import Measure
from continuity.simulation.request import RunRequest
from tests.ui.test_window import foreign_words, own_words
from tests.ui.testing_window import board, opened, ran
from tests.ui.walk import texts

PAGES = ("calendar", "scenarios", "results", "measures")


@pytest.fixture
def shown(window, reference, qtbot):
    """The window with a comparison on the board; every page has been looked at."""
    opened(window, reference, "calendar")
    measures = tuple(m.id for m in reference.all(Measure) if m.changes)[:2]
    request = RunRequest(reference.find("scenario", "S05").id, measures, compare=True)
    ran(qtbot, board(window), lambda: board(window).start(request))
    return window


def look(window, code: str):
    window.open_workspace(code)
    page = window.pages.made[code]
    if code == "calendar":
        page.day.cards[0].open(True)
    if code == "scenarios":
        page.show_scenario(page.session.organisation.find("scenario", "S17").id)
        page.choose_event(page.sheet.chart.happenings[4].key)
    if code == "results":
        for place in range(page.tabs.count()):
            page.tabs.setCurrentIndex(place)
    return page


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("code", PAGES)
def test_that_a_page_speaks_one_language(shown, qtbot, code, language):
    look(shown, code)
    shown.language_to(language)
    page = look(shown, code)
    qtbot.wait(50)  # what was taken away is gone
    foreign = foreign_words(language) - own_words(page.session.organisation)
    found = {(where, text) for where, text in texts(page) if text in foreign}
    assert found == set()
    assert not [text for _where, text in texts(page) if "{" in text]
    words.set_language("sv")


@pytest.mark.parametrize("code", PAGES)
def test_that_everything_that_can_be_pressed_has_a_name(shown, code):
    page = look(shown, code)
    nameless = [
        type(child).__name__
        for child in page.findChildren(QPushButton)
        if not (child.text() or child.accessibleName()) and child.isVisible()
    ]
    assert not nameless


@pytest.mark.parametrize("code", PAGES)
def test_that_no_button_clips_its_words_at_twice_the_size(shown, qtbot, code):
    page = look(shown, code)
    shown.zoom_to(200)
    try:
        qtbot.wait(50)
        page = look(shown, code)
        clipped = [
            child.text()
            for child in page.findChildren(QPushButton)
            if child.isVisible()
            and child.property("role") != "link"  # links shorten themselves and say so in a tip
            and child.width() < child.fontMetrics().horizontalAdvance(child.text())
        ]
        assert not [text for text in clipped if text not in own_words(page.session.organisation)]
        headings = [label for label in page.findChildren(QLabel) if label.property("role") == "title"]
        assert all(label.width() <= page.width() for label in headings)
    finally:
        shown.zoom_to(100)
