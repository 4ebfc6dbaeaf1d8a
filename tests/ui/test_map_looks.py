"""Looks at the map: groups that fold, filters, reach by steps, highlights, saved views, search."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from continuity.model.distance import by_distance
from continuity.model.kinds import View
from tests.ui.test_map import id_of, page  # noqa: F401 - a fixture
from ui.panels.map.filters import FilterBox
from ui.panels.map.links import between, links_of, reach
from ui.panels.map.looks import groups


def shown(page):  # noqa: F811
    return {page.session.organisation.get(i).code for i, n in page.map.nodes.items() if n.isVisible()}


def key(page, name, modifier=Qt.KeyboardModifier.NoModifier):  # noqa: F811
    page.view.setFocus()
    QTest.keyClick(page.view, getattr(Qt.Key, f"Key_{name}"), modifier)


@pytest.mark.parametrize(
    ("grouping", "labels"),
    [
        ("category", ["El", "Funktioner", "Lokaler", "Personalgrupper", "Tele och datakommunikation"]),
        ("site", ["Norra hallen", "Ingen plats"]),
        ("unit", ["Ingen enhet"]),
    ],
)
def test_that_elements_fall_into_groups_by_name(page, grouping, labels):  # noqa: F811
    organisation = page.session.organisation
    found = groups(organisation, list(organisation.elements), grouping)
    assert [group.label for group in found] == labels
    assert sum(len(group.members) for group in found) == len(organisation.elements)


def test_that_groups_fold_and_unfold_and_lines_between_them_are_bundled(page):  # noqa: F811
    page.looker.group_by("category")
    assert shown(page) == set()
    assert {g.box.key for g in page.map.groups.values()} == {
        "power", "premises", "telecom", "staff_group", "function",
    }  # fmt: skip
    bundles = {(k.supplier, k.dependent): k.weight for k in page.map.picture.links.values()}
    assert bundles["group:power", "group:premises"] == 2
    assert bundles["group:telecom", "group:function"] == 2
    page.choose("group:power")
    key(page, "F")
    assert shown(page) == {"GRID", "GEN"}
    page.choose("group:power")
    key(page, "Return")
    assert shown(page) == set()
    page.looker.group_by("none")
    assert len(shown(page)) == 7
    assert not page.map.groups


def test_that_groups_leave_the_places_of_elements_alone(page):  # noqa: F811
    before = page.map.places()
    page.looker.group_by("category", unfolded=("power", "function"))
    assert page.map.places() == before
    page.choose(id_of(page, "GRID"))
    key(page, "Right", Qt.KeyboardModifier.AltModifier)
    assert page.session.organisation.find("resource", "GRID").x is None, "places follow from the groups"
    page.looker.group_by("none")
    assert {i: (n.x(), n.y()) for i, n in page.map.nodes.items()} == before


def test_that_a_record_in_a_folded_group_is_uncovered_when_it_is_looked_for(page):  # noqa: F811
    page.looker.group_by("category")
    assert page.reveal(id_of(page, "HALL"))
    assert shown(page) == {"HALL"}
    page.looker.set(words="fiber")
    assert page.reveal(id_of(page, "OPS"))
    assert "OPS" in shown(page)
    assert page.map.look.words == ""


def test_that_new_elements_and_needs_show_in_groups_too(page, qtbot):  # noqa: F811
    page.looker.group_by("category")
    page.verbs.connect(id_of(page, "OPS"), id_of(page, "HALL"))
    qtbot.waitUntil(
        lambda: any(
            (k.supplier, k.dependent) == ("group:staff_group", "group:premises")
            for k in page.map.picture.links.values()
        )
    )
    page.verbs.add("resource", "ict")
    assert len(shown(page)) == 1, "it is shown to be named"
    assert {g.box.key for g in page.map.groups.values()} >= {"ict"}


@pytest.mark.parametrize(
    ("look", "codes"),
    [
        ({"kinds": ("function",)}, {"PAY"}),
        ({"categories": ("power",)}, {"GRID", "GEN", "OPS", "PAY"}),
        ({"words": "fiber line2"}, {"LINE2"}),
        ({"sites": ("S1",)}, {"GEN", "HALL"}),
    ],
)
def test_that_a_filter_hides_and_says_so_and_gives_back(page, look, codes):  # noqa: F811
    if "sites" in look:
        look = {"sites": (page.session.organisation.find("site", "S1").id,)}
    places = page.map.places()
    page.looker.set(**look)
    assert shown(page) == codes
    assert not page.banner.isHidden()
    assert f"Visas: {len(codes)} av 7 element" in page.banner.label.text()
    assert page.map.places() == places
    page.banner.back.click()
    assert len(shown(page)) == 7
    assert page.banner.isHidden()


def test_that_the_filter_is_ticked_and_shown_at_once(page, qtbot):  # noqa: F811
    page.tools.open_filter()
    box = page.findChild(FilterBox)
    box._boxes["kinds"]["staff_group"].click()
    assert shown(page) == {"OPS"}
    box._boxes["kinds"]["staff_group"].click()
    QTest.keyClicks(box.words, "fiber")
    qtbot.waitUntil(lambda: shown(page) == {"LINE1", "LINE2"})
    box.clear.click()
    assert len(shown(page)) == 7


def test_that_a_reach_ends_after_so_many_steps(page):  # noqa: F811
    links = links_of(page.session.organisation).values()
    grid, hall, pay = (id_of(page, code) for code in ("GRID", "HALL", "PAY"))
    assert reach(links, [grid], upstream=False, depth=1) == {grid, hall}
    assert reach(links, [grid], upstream=False, depth=2) == {grid, hall, pay}
    page.choose(pay)
    key(page, "U")
    key(page, "1")
    bright = {page.session.organisation.get(i).code for i, n in page.map.nodes.items() if not n.pale}
    assert bright == {"PAY", "HALL", "LINE1", "LINE2", "OPS"}
    key(page, "1")
    assert all(not n.pale for n in page.map.nodes.values()), "the same again: all steps"


def test_that_what_is_in_reach_can_be_shown_alone_up_to_the_pay_day(page, qtbot):  # noqa: F811
    before = page.map.places()
    page.choose(id_of(page, "GRID"))
    key(page, "D")
    key(page, "I")
    qtbot.waitUntil(lambda: shown(page) == {"GRID", "HALL", "PAY"})
    assert len(page.map.tiles) == 1
    xs = [page.map.nodes[id_of(page, code)].x() for code in ("GRID", "HALL", "PAY")]
    assert xs == sorted(xs)
    assert all(tile.x() > xs[-1] for tile in page.map.tiles.values())
    assert "allt som beror av Elnät" in page.banner.label.text()
    key(page, "I")
    qtbot.waitUntil(lambda: len(shown(page)) == 7)
    assert page.map.places() == before


def test_that_places_by_distance_run_from_left_to_right_and_hold_everything():
    edges = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "b"), ("x", "c")]
    placed = by_distance(["c"], {"a", "b", "c", "d", "x", "alone"}, edges)
    assert set(placed) == {"a", "b", "c", "d", "x", "alone"}
    assert placed["a"][0] < placed["b"][0] < placed["c"][0] < placed["d"][0]
    assert placed["x"][0] == placed["b"][0]
    assert len(set(placed.values())) == 6


def test_that_the_ways_between_two_stand_out(page):  # noqa: F811
    links = list(links_of(page.session.organisation).values())
    grid, hall, pay, ops = (id_of(page, code) for code in ("GRID", "HALL", "PAY", "OPS"))
    assert between(links, [grid, pay]) == {grid, hall, pay}
    assert between(links, [grid, ops]) == set()
    page.choose(grid, pay)
    key(page, "P")
    bright = {page.session.organisation.get(i).code for i, n in page.map.nodes.items() if not n.pale}
    assert bright == {"GRID", "HALL", "PAY"}


def test_that_single_points_of_failure_and_cycles_are_marked_in_figures_and_words(page, qtbot):  # noqa: F811
    key(page, "W")
    hall = page.map.nodes[id_of(page, "HALL")]
    qtbot.waitUntil(lambda: hall.weak > 0)
    assert page.map.nodes[id_of(page, "LINE2")].weak == 0, "there is another"
    assert any("faller" in said for said in hall.remarks())
    page.verbs.connect(id_of(page, "PAY"), id_of(page, "GRID"))
    key(page, "Y")
    qtbot.waitUntil(lambda: hall.cyclic)
    assert len(page.map.lines.marked) == 3
    key(page, "W")
    qtbot.waitUntil(lambda: hall.weak == 0)


def test_that_a_view_is_kept_in_the_document_and_shown_again(page):  # noqa: F811
    page.looker.group_by("category", unfolded=("power",))
    page.looker.set(words="e")
    page.view.show_at(0.5, page.view.middle())
    page.views.save("El och kraft")
    [view] = page.session.organisation.all(View)
    assert (view.name, view.grouping, view.unfolded, view.zoom) == (
        "El och kraft",
        "category",
        ("power",),
        50,
    )
    page.views.show_plain()
    assert len(shown(page)) == 7
    page.views.show(view)
    assert shown(page) == {"GRID", "GEN"}
    assert round(page.view.scale_now, 2) == 0.5
    page.looker.fold("group:power")
    page.views.save("el och kraft")
    [view] = page.session.organisation.all(View)
    assert view.unfolded == ()
    page.desk.undo()
    assert page.session.organisation.all(View)[0].unfolded == ("power",)
    page.views.forget(view)
    assert page.session.organisation.all(View) == ()


def test_that_the_map_opens_with_the_view_that_was_chosen_for_it(page, qtbot):  # noqa: F811
    page.looker.group_by("site")
    page.views.save("Platser")
    page.views.open_with(page.views.all()[0])
    page.show_session(page.session)
    qtbot.waitUntil(lambda: page._fitted or (not page.map.is_filling and len(page.map.nodes) == 7))
    page._first_look()
    assert page.map.look.name == "Platser"
    assert len(page.map.groups) == 2


def test_that_a_large_map_opens_in_groups_that_can_be_read(window, reference_session, qtbot):
    window.documents.take(reference_session)
    window.open_workspace("map")
    work = window.pages.made["map"]
    qtbot.waitUntil(lambda: work._fitted, timeout=20000)
    assert work.map.look.grouping == "category"
    assert work.view.scale_now > 0.5
    functions = reference_session.organisation.count("function")
    assert sum(node.isVisible() for node in work.map.nodes.values()) == functions


def test_that_the_search_goes_to_what_is_chosen(page):  # noqa: F811
    page.looker.group_by("category")
    key(page, "Slash")
    field = page.tools.find.findChild(QLineEdit)
    QTest.keyClicks(field, "Fiber B")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert page.desk.selection == (id_of(page, "LINE2"),)
    assert page.map.nodes[id_of(page, "LINE2")].isVisible()


def test_that_the_mini_map_leads_elsewhere_and_is_there_only_when_it_is_of_use(page):  # noqa: F811
    page.view.fit()
    assert page.overview.isHidden()
    page.view.show_at(2.5, page.map.nodes[id_of(page, "GRID")].pos())
    assert page.overview.isVisible()
    before = page.view.middle()
    page.overview.grab()
    QTest.mouseClick(page.overview, Qt.MouseButton.LeftButton, pos=page.overview.rect().center() / 1.0)
    assert page.view.middle() != before
    key(page, "M")
    assert page.overview.isHidden()


def test_that_screen_readers_hear_of_groups_and_not_of_what_is_folded_away(page):  # noqa: F811
    page.looker.group_by("category", unfolded=("power",))
    map_ = QAccessible.queryAccessibleInterface(page.view)
    entries = [map_.child(n) for n in range(map_.childCount())]
    said = {e.text(QAccessible.Text.Name): e.text(QAccessible.Text.Description) for e in entries}
    assert said["El, grupp"] == "2 element, utfälld"
    assert said["Lokaler, grupp"] == "1 element, hopfälld"
    assert "Elnät, Resurs" in said
    assert "Datahall, Resurs" not in said


def test_that_the_legend_is_shown_by_its_key(page):  # noqa: F811
    key(page, "K")
    assert page.legend.isVisible()
    assert page.legend.height() > 100
    key(page, "K")
    assert page.legend.isHidden()
