"""The Staff workspace: people by function, in war, under strain; small groups stay in the house."""

import pytest
from PySide6.QtGui import QGuiApplication

from continuity.model.edits import amend
from ui.panels.staff.pages import DutiesPage, StrainPage, WarPage


def opened(window, session, of, qtbot):
    window.documents.take(session)
    window.open_workspace("staff")
    workspace = window.pages.made["staff"]
    page = next(page for page in workspace.pages if isinstance(page, of))
    workspace.tabs.setCurrentWidget(page)
    qtbot.waitUntil(lambda: page.table.numbers.rowCount() > 0, timeout=15_000)
    return page


PAY = "Verkställa egna utbetalningar"


def row(page, table, code: str) -> dict[str, str]:
    id_ = page.session.organisation.find("staff_group", code).id
    model = table.numbers
    place = model.row_of(id_)
    titles = [title.text for title in model.numbers.titles]
    texts = [str(model.index(place, n).data()).replace("\u00a0", " ") for n in range(len(titles))]
    return dict(zip(titles, texts, strict=True))


def test_that_the_matrix_says_who_is_promised_where(window, reference_session, qtbot):
    page = opened(window, reference_session, DutiesPage, qtbot)
    assert row(page, page.table, "P-DISAB")["Lovade"] == "1 600"
    cells = row(page, page.functions, "P-DISAB")
    assert (cells["Sjuk- och aktivitetsersättning"], cells["Assistansersättning"], cells[PAY]) == (
        "700",
        "900",
        "",
    )
    assert row(page, page.functions, "P-KEYS")[PAY] == "·"  # through the signing module
    assert page.sum.text().startswith("20 grupper")


def test_that_the_chosen_group_is_explained_in_both_halves(window, reference_session, qtbot):
    page = opened(window, reference_session, DutiesPage, qtbot)
    group = reference_session.organisation.find("staff_group", "P-CONTROL")
    assert page.reveal(group.id)
    assert page.functions.currentIndex().row() == page.table.currentIndex().row()
    assert "Ska ersätta" in page.why.text()
    assert "120" in page.why.text()


def test_that_a_group_promised_twice_is_marked(window, reference_session, qtbot):
    page = opened(window, reference_session, DutiesPage, qtbot)
    group = reference_session.organisation.find("staff_group", "P-DISAB")
    window.desk.edit(amend(group, headcount=1000))
    qtbot.waitUntil(lambda: "lovad till fler" in page.sum.text(), timeout=10_000)


def test_that_those_who_stay_are_a_range(window, reference_session, qtbot):
    page = opened(window, reference_session, WarPage, qtbot)
    cells = row(page, page.table, "P-SCAN")
    assert (cells["Blir kvar"], cells["Behövs i krig"], cells["Kontroll"]) == ("61–101", "80", "2025-05-12")
    assert cells["Konsulter"] == "110"


def test_that_what_remains_names_its_scenario(window, reference_session, qtbot):
    page = opened(window, reference_session, StrainPage, qtbot)
    cells = row(page, page.table, "P-CRISIS")
    war = next(text for title, text in cells.items() if title == "Krig")
    assert war.startswith("▾▾ 3")


@pytest.mark.parametrize(("headcount", "shown"), [(4, False), (5, True)])
def test_that_small_groups_are_not_copied_out(window, reference_session, qtbot, headcount, shown):
    page = opened(window, reference_session, WarPage, qtbot)
    group = reference_session.organisation.find("staff_group", "P-KEYS")
    window.desk.edit(amend(group, headcount=headcount, checked_free=0, placed_here=headcount - 1))
    qtbot.waitUntil(lambda: row(page, page.table, "P-KEYS")["Personer"] == str(headcount), timeout=10_000)
    page.table.clearSelection()
    page.table.copy()
    line = next(t for t in QGuiApplication.clipboard().text().splitlines() if t.startswith(group.name))
    assert (f"\t{headcount}\t" in line) is shown
    assert row(page, page.table, "P-KEYS")["Personer"] == str(headcount)  # on the screen it stays


def test_that_a_click_on_the_row_that_is_current_shows_it_in_the_inspector(window, reference_session, qtbot):
    page = opened(window, reference_session, DutiesPage, qtbot)
    window.desk.select(reference_session.organisation.find("function", "F-PAY").id, origin="elsewhere")
    for table in (page.table, page.functions):
        table.clicked.emit(table.numbers.index(0, 0))
        assert window.inspector.record.id == table.numbers.key(0)
        window.desk.select(reference_session.organisation.find("function", "F-PAY").id, origin="elsewhere")
