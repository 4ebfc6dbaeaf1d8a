"""Working with several elements: align, copy and paste between documents, lines drawn with reasons."""

import itertools
import json

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from continuity.model.kinds import Element, Need, Supply
from continuity.model.problems import Refused
from continuity.session import Session
from tests.ui.test_map import id_of, node, page, send_move, spot  # noqa: F401 - a fixture
from ui.panels.map import shapes
from ui.panels.map.aligning import WAYS, aligned


def begin_line(page, code):  # noqa: F811
    port = page.view.viewport()
    start = spot(page, node(page, code), shapes.WIDTH / 2)
    QTest.mouseMove(port, start)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    return port


@pytest.mark.parametrize("way", WAYS)
def test_that_aligned_elements_never_cover_one_another(way):
    places = {"a": (0, 0), "b": (300, 8), "c": (310, 600), "d": (900, 20)}
    found = aligned(places, way)
    assert set(found) == set(places)
    if way in ("left", "centre", "right"):
        assert len({x for x, _y in found.values()}) == 1
        ys = sorted(y for _x, y in found.values())
        assert all(b - a >= shapes.HEIGHT for a, b in itertools.pairwise(ys))
    elif way in ("top", "middle", "bottom"):
        assert len({y for _x, y in found.values()}) == 1
    else:
        axis = 0 if way == "across" else 1
        at = sorted(place[axis] for place in found.values())
        steps = {b - a for a, b in itertools.pairwise(at)}
        assert max(steps) - min(steps) <= 1


def test_that_aligning_is_one_step(page):  # noqa: F811
    before = page.map.places()
    page.choose(id_of(page, "LINE1"), id_of(page, "LINE2"), id_of(page, "OPS"))
    page.verbs.align("left")
    codes = ("LINE1", "LINE2", "OPS")
    assert len({page.session.organisation.get(id_of(page, c)).x for c in codes}) == 1
    assert page.session.undo_step.verb == "align"
    page.desk.undo()
    assert page.map.places() == before


def test_that_all_is_chosen_by_its_key_and_arrows_with_shift_choose_more(page):  # noqa: F811
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.map.chosen()) == 8
    page.choose(id_of(page, "HALL"))
    QTest.keyClick(page.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert set(page.map.chosen()) == {id_of(page, "HALL"), id_of(page, "PAY")}


def test_that_a_part_is_copied_and_pasted_with_its_needs_as_one_step(page):  # noqa: F811
    page.choose(id_of(page, "GRID"), id_of(page, "GEN"), id_of(page, "HALL"))
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert json.loads(QApplication.clipboard().text())["kind"] == "uthallig-organisation"
    records, places = len(page.session.organisation), page.map.places()
    QTest.keyClick(page.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    organisation = page.session.organisation
    copies = [organisation.get(id_) for id_ in page.map.chosen()]
    assert {c.name for c in copies} == {"Elnät (kopia)", "Reservaggregat (kopia)", "Datahall (kopia)"}
    hall = next(c for c in copies if c.name == "Datahall (kopia)")
    [need] = [n for n in organisation.all(Need) if n.dependent == hall.id]
    assert need.autonomy == 60
    assert {organisation.get(s.element).name for s in organisation.parts(need.id, Supply)} == {
        "Elnät (kopia)", "Reservaggregat (kopia)",
    }  # fmt: skip
    assert hall.site == organisation.find("site", "S1").id, "the site is the same, not a copy"
    assert page.map.base[hall.id] == tuple(p + 32 for p in places[id_of(page, "HALL")])
    page.desk.undo()
    assert len(page.session.organisation) == records


def test_that_a_part_goes_from_one_document_to_another(page):  # noqa: F811
    page.choose(id_of(page, "GEN"), id_of(page, "HALL"))
    page.copying.copy()
    with Session.create(None) as other:
        edit, added = other.pasted(QApplication.clipboard().text(), lambda name: f"{name} 2", (0, 0))
        other.edit(edit)
        assert {other.organisation.get(id_).name for id_ in added} == {"Reservaggregat", "Datahall"}
        assert other.organisation.find("site", "S1").name == "Norra hallen", "what is referred to goes along"
        assert other.organisation.find("role", "O1").name == "Chef för drift"
        [need] = other.organisation.all(Need)
        [supply] = other.organisation.parts(need.id, Supply)
        assert supply.standby


@pytest.mark.parametrize("text", ["", "hej", "[1, 2]", '{"kind": "other"}', "=cmd|' /C calc'!A0"])
def test_that_what_is_no_part_of_a_map_is_refused_in_a_sentence(page, at_work, text):  # noqa: F811
    before = len(page.session.organisation)
    with pytest.raises(Refused):
        page.session.pasted(text, str, (0, 0))
    QApplication.clipboard().setText(text)
    page.copying.paste()
    assert len(page.session.organisation) == before
    assert "Urklippet innehåller ingen del av en karta" in at_work.toast.text


def test_that_cut_takes_away_and_paste_brings_back(page):  # noqa: F811
    page.choose(id_of(page, "OPS"))
    page.copying.cut()
    assert page.session.organisation.find("staff_group", "OPS") is None
    page.copying.paste()
    assert page.session.organisation.find("staff_group", "OPS").name == "Driftpersonal"


def test_that_a_line_says_where_it_may_end_and_why_not(page):  # noqa: F811
    port = begin_line(page, "HALL")
    send_move(port, spot(page, node(page, "PAY")))
    assert "försörjer redan" in page.view.hint.text
    assert node(page, "PAY").refused
    send_move(port, spot(page, node(page, "OPS")))
    assert page.view.hint.text == "Driftpersonal kommer att behöva Datahall."
    assert node(page, "OPS").wanted
    send_move(port, spot(page, node(page, "GRID")))
    assert "cykel" in page.view.hint.text
    tile = next(iter(page.map.tiles.values()))
    send_move(port, page.view.mapFromScene(tile.pos()))
    assert "genom sina steg" in page.view.hint.text
    QTest.keyClick(page.view, Qt.Key.Key_Escape)
    assert page.view.hint.text == ""
    assert page.view.gesture is None
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=spot(page, node(page, "GRID")))


def test_that_a_line_let_go_on_free_ground_adds_what_is_needed_as_one_step(page):  # noqa: F811
    records = len(page.session.organisation)
    port = begin_line(page, "LINE2")
    free = spot(page, node(page, "LINE2"), 150, 160)
    send_move(port, free)
    assert "fri yta" in page.view.hint.text
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=free)
    menu = page.tools.findChild(QMenu)
    next(a for a in menu.actions() if a.text() == "Funktion").trigger()
    menu.close()
    organisation = page.session.organisation
    made = next(e for e in organisation.all(Element) if e.name == "Ny funktion")
    assert any(n.dependent == made.id for n in organisation.all(Need))
    page.desk.undo()
    assert len(page.session.organisation) == records


def test_that_elements_added_on_the_map_keep_the_others_where_they_are(page, qtbot):  # noqa: F811
    before = page.map.places()
    page.verbs.add("resource", "ict", QPointF(0, 900))
    qtbot.waitUntil(lambda: all(e.x is not None for e in page.session.organisation.elements))
    page.show_session(page.session)
    qtbot.waitUntil(lambda: len(page.map.nodes) == 8 and not page.map.is_filling)
    assert {i: at for i, at in page.map.places().items() if i in before} == before


def test_that_a_drag_among_groups_moves_nothing_and_says_why(page, at_work):  # noqa: F811
    page.looker.group_by("category", unfolded=("power",))
    item = page.map.nodes[id_of(page, "GRID")]
    port, start = page.view.viewport(), spot(page, item)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    send_move(port, start + QPoint(60, 60))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 60))
    assert page.session.organisation.get(item.id).x is None
    assert "Inga grupper" in at_work.toast.text


def test_that_what_is_added_never_lands_on_another(page):  # noqa: F811
    for _time in range(3):
        page.choose()
        page.verbs.add("resource", "ict")
        page.choose()
    new = [e for e in page.session.organisation.elements if e.name == "Ny resurs (it)"]
    assert len(new) == 3
    bodies = [node.sceneBoundingRect() for node in page.map.nodes.values()]
    assert not any(a.adjusted(4, 4, -4, -4).intersects(b) for a, b in itertools.combinations(bodies, 2))
