"""The map by real events: add, connect, move, rename, delete, undo; and the same by keys."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from continuity.model.kinds import Need, Supply
from continuity.model.layout import arrange
from ui.panels.map import shapes
from ui.panels.map.links import links_of, reach


@pytest.fixture
def page(at_work, qtbot):
    """The map workspace, large enough to be seen."""
    page = at_work.pages.made["map"]
    page.view.zoom_by(1 / page.view.scale_now)
    page.view.centerOn(page.map.itemsBoundingRect().center())
    return page


def node(page, code):
    return page.map.nodes[id_of(page, code)]


def id_of(page, code):
    organisation = page.session.organisation
    return next(e.id for e in organisation.elements if e.code == code)


def spot(page, item, dx=0.0, dy=0.0) -> QPoint:
    return page.view.mapFromScene(item.pos() + QPointF(dx, dy))


def drag(page, start: QPoint, end: QPoint) -> None:
    port = page.view.viewport()
    QTest.mouseMove(port, start)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for part in range(1, 6):
        at = start + (end - start) * part / 5
        # QTest.mouseMove carries no pressed button: the event is sent as a screen would send it.
        send_move(port, QPoint(round(at.x()), round(at.y())))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)


def send_move(port, at: QPoint) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    left = Qt.MouseButton.LeftButton
    glob = QPointF(port.mapToGlobal(at))
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(at), glob, left, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(port, event)


def type_name(page, text):
    field = page.view.viewport().findChild(QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_that_every_element_and_stream_of_the_reference_agency_is_shown(window, reference_session, qtbot):
    window.documents.take(reference_session)
    window.open_workspace("map")
    page = window.pages.made["map"]
    organisation = reference_session.organisation
    with qtbot.waitSignal(page.map.filled, timeout=20000):
        pass
    assert set(page.map.nodes) == {element.id for element in organisation.elements}
    assert len(page.map.tiles) == organisation.count("stream")
    assert len(page.map.links) == organisation.count("supply")
    page.views.show_plain()
    shown = [n.body().translated(n.pos()).adjusted(2, 2, -2, -2) for n in page.map.nodes.values()]
    assert not any(a.intersects(b) for i, a in enumerate(shown) for b in shown[:i]), "elements overlap"


def test_that_suppliers_stand_left_of_what_needs_them(page):
    for link in page.map.links.values():
        assert page.map.nodes[link.supplier].x() < page.map.nodes[link.dependent].x()


def test_that_a_press_selects_an_element_and_the_inspector_shows_it(page, at_work):
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(page, node(page, "HALL")))
    assert at_work.desk.selection == (id_of(page, "HALL"),)
    assert at_work.inspector.record.code == "HALL"
    assert not node(page, "HALL").pale
    assert node(page, "LINE1").pale, "what is not beside it steps back"


def test_that_a_drag_moves_an_element_as_one_step(page):
    item = node(page, "GRID")
    before = item.pos()
    drag(page, spot(page, item), spot(page, item, 80, 43))
    record = page.session.organisation.get(item.id)
    assert (record.x, record.y) == shapes.snapped(before + QPointF(80, 43))
    assert all(e.x is not None for e in page.session.organisation.elements), (
        "the others keep their places too"
    )
    page.desk.undo()
    assert page.session.organisation.get(item.id).x is None
    assert all(e.x is None for e in page.session.organisation.elements)


def test_that_a_line_drawn_from_a_port_connects(page):
    start, end = node(page, "GEN"), node(page, "OPS")
    before = len(page.map.links)
    drag(page, spot(page, start, shapes.WIDTH / 2), spot(page, end))
    need = next(n for n in page.session.organisation.all(Need) if n.dependent == end.id)
    assert [s.element for s in page.session.organisation.parts(need.id, Supply)] == [start.id]
    assert len(page.map.links) == before + 1
    page.desk.undo()
    assert len(page.map.links) == before
    page.desk.redo()
    assert len(page.map.links) == before + 1


def test_that_a_line_drawn_from_the_left_port_runs_the_other_way(page):
    start, end = node(page, "OPS"), node(page, "GEN")
    drag(page, spot(page, start, -shapes.WIDTH / 2), spot(page, end))
    assert any(n.dependent == start.id for n in page.session.organisation.all(Need))


@pytest.mark.parametrize(
    ("start", "end", "said"), [("HALL", "HALL", "inte behöva sig"), ("HALL", "PAY", "redan")]
)
def test_that_a_connection_that_makes_no_sense_is_refused_with_the_reason(page, at_work, start, end, said):
    before = len(page.session.organisation)
    page.verbs.connect(id_of(page, start), id_of(page, end))
    assert len(page.session.organisation) == before
    assert said in at_work.toast.text


def test_that_a_double_click_renames_and_escape_leaves_it(page):
    item = node(page, "HALL")
    QTest.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(page, item))
    type_name(page, "Bergrum")
    assert page.session.organisation.get(item.id).name == "Bergrum"
    page.desk.undo()
    page.choose(item.id)
    QTest.keyClick(page.view, Qt.Key.Key_F2)
    field = page.view.viewport().findChild(QLineEdit)
    QTest.keyClicks(field, "X")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert page.session.organisation.get(item.id).name == "Datahall"


def test_that_an_element_is_added_named_and_taken_back(page):
    page.choose()
    page.verbs.add("function", at=QPointF(33, -301))
    type_name(page, "Kundtjanst")
    made = next(e for e in page.session.organisation.elements if e.name == "Kundtjanst")
    assert (made.x, made.y) == (32, -304), "on the grid"
    assert made.id in page.map.nodes
    page.desk.undo()
    page.desk.undo()
    assert made.id not in page.map.nodes


def test_that_delete_takes_an_element_and_all_that_falls_with_it(page, at_work):
    page.choose(id_of(page, "HALL"))
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    codes = {e.code for e in page.session.organisation.elements}
    assert "HALL" not in codes
    assert "PAY" in codes
    assert len(page.map.nodes) == 6
    assert "Ångra hämtar" in at_work.toast.text
    at_work.commands["undo"].trigger()
    assert len(page.map.nodes) == 7
    assert id_of(page, "HALL") in page.map.nodes


def test_that_a_rubber_band_selects_what_it_meets(page):
    rect = node(page, "LINE1").sceneBoundingRect().united(node(page, "LINE2").sceneBoundingRect())
    start = page.view.mapFromScene(rect.topLeft() - QPointF(8, 8))
    drag(page, start, page.view.mapFromScene(rect.bottomRight() + QPointF(6, 6)))
    assert {id_of(page, "LINE1"), id_of(page, "LINE2")} <= set(page.desk.selection)


def test_that_arrows_walk_and_alt_arrows_move_in_one_step(page):
    page.view.setFocus()
    page.choose(id_of(page, "HALL"))
    QTest.keyClick(page.view, Qt.Key.Key_Right)
    assert page.desk.selection == (id_of(page, "PAY"),)
    x = page.map.nodes[id_of(page, "PAY")].x()
    for _press in range(3):
        QTest.keyClick(page.view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert page.session.organisation.find("function", "PAY").x == shapes.snapped(QPointF(x, 0))[0] + 24
    page.desk.undo()
    assert page.session.organisation.find("function", "PAY").x is None


def test_that_u_and_d_show_what_it_depends_on_and_what_depends_on_it(page):
    page.view.setFocus()
    page.choose(id_of(page, "HALL"))
    QTest.keyClick(page.view, Qt.Key.Key_U)
    bright = {code for code in ("GRID", "GEN", "HALL", "PAY", "LINE1") if not node(page, code).pale}
    assert bright == {"GRID", "GEN", "HALL"}
    QTest.keyClick(page.view, Qt.Key.Key_D)
    bright = {code for code in ("GRID", "GEN", "HALL", "PAY", "LINE1") if not node(page, code).pale}
    assert bright == {"HALL", "PAY"}
    assert all(not tile.pale for tile in page.map.tiles.values()), "down to the pay day"
    QTest.keyClick(page.view, Qt.Key.Key_Escape)
    assert not node(page, "LINE1").pale


def test_that_c_offers_what_can_need_it_and_connects(page):
    page.choose(id_of(page, "GEN"))
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_C)
    picker = page.tools.connect_button.findChild(QLineEdit).parent()
    assert {item.text for item in picker.model.items} == {
        "Elnät",
        "Fiber A",
        "Fiber B",
        "Driftpersonal",
        "Betala ut",
    }
    QTest.keyClicks(picker.field, "Fiber B")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    line = id_of(page, "LINE2")
    assert any(n.dependent == line for n in page.session.organisation.all(Need))


def test_that_zoom_keys_work_and_zero_shows_everything(page):
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Minus)
    assert page.view.scale_now < 1
    QTest.keyClick(page.view, Qt.Key.Key_0)
    seen = page.view.mapToScene(page.view.viewport().rect()).boundingRect()
    assert all(seen.contains(item.pos()) for item in page.map.nodes.values())


def test_that_everything_stays_in_view_when_the_window_changes_until_one_zooms(page, at_work):
    page.view.fit()
    before = page.view.scale_now
    at_work.resize(900, 600)
    seen = page.view.mapToScene(page.view.viewport().rect()).boundingRect()
    assert page.view.scale_now < before
    assert all(seen.contains(item.pos()) for item in page.map.nodes.values())
    page.view.zoom_step(1)
    kept = page.view.scale_now
    at_work.resize(1280, 800)
    assert page.view.scale_now == kept


def test_that_a_press_on_a_line_shows_its_need(page, at_work):
    link = next(
        link for link in page.map.links.values() if link.label == "1 av 2 · 3 d".replace("3 d", "3\u00a0d")
    )
    path = page.map.lines.curve(link.id)
    at = page.view.mapFromScene(path.pointAtPercent(0.3))
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert at_work.inspector.record.id == link.need


def test_that_lines_say_rule_share_buffer_and_standby(page):
    labels = {link.label.replace("\u00a0", " ") for link in page.map.links.values()} - {""}
    assert labels == {"1 h", "1 av 2 · 3 d", "kräver 6", "reserv 8 h"}
    standby = [link for link in page.map.links.values() if link.standby]
    assert [page.session.organisation.get(link.supplier).code for link in standby] == ["GEN"]


def test_that_labels_stand_clear_of_elements_and_of_one_another(page, qtbot):
    qtbot.waitUntil(lambda: not page.map.lines.rough)  # while the view moves they step aside
    page.view.show_at(0.8, page.map.extent.center())
    page.view.grab()
    places = page.map.lines.labels.places
    rects = [rect for rect in places._labels.values() if rect is not None]
    assert len(rects) == 4
    bodies = [shapes.CORE.translated(n.pos()) for n in page.map.nodes.values()]
    assert not any(rect.intersects(body) for rect in rects for body in bodies)
    assert not any(a.intersects(b) for i, a in enumerate(rects) for b in rects[:i])


def test_that_the_layout_can_be_made_anew_and_undone(page, qtbot):
    page.verbs.move({id_of(page, "GRID"): (5000, 5000)})
    page.verbs.arrange()
    qtbot.waitUntil(lambda: page.map.nodes[id_of(page, "GRID")].x() < 1000)
    page.desk.undo()
    assert page.map.nodes[id_of(page, "GRID")].x() == 5000


def test_that_only_what_has_no_place_is_placed_when_a_document_is_opened(page, qtbot):
    places = {element.id: (100, 100 * n) for n, element in enumerate(page.session.organisation.elements)}
    page.verbs.move(places)
    page.show_session(page.session)
    qtbot.waitUntil(lambda: len(page.map.nodes) == 7 and not page.map.is_filling)
    assert page.map.places() == places


def test_that_screen_readers_find_every_element_with_name_and_needs(page, at_work):
    map_ = QAccessible.queryAccessibleInterface(page.view)
    assert map_.role() == QAccessible.Role.List
    assert map_.text(QAccessible.Text.Name) == "Karta över myndigheten"
    entries = [map_.child(n) for n in range(map_.childCount())]
    said = {entry.text(QAccessible.Text.Name) for entry in entries}
    assert said == {
        "Elnät, Resurs", "Reservaggregat, Resurs", "Datahall, Resurs", "Fiber A, Resurs", "Fiber B, Resurs",
        "Driftpersonal, Personalgrupp", "Betala ut, Funktion", "Barnbidrag, Utbetalningsflöde",
    }  # fmt: skip
    pay = next(e for e in entries if e.text(QAccessible.Text.Name).startswith("Betala ut"))
    assert pay.text(QAccessible.Text.Description).startswith("behöver 3 saker")
    page.choose(id_of(page, "PAY"))
    assert pay.state().selected


def test_that_reach_copes_with_cycles(page):
    page.verbs.connect(id_of(page, "PAY"), id_of(page, "GRID"))
    links = links_of(page.session.organisation).values()
    assert id_of(page, "GRID") in reach(links, [id_of(page, "GRID")], upstream=True)
    everything = {element.id for element in page.session.organisation.elements}
    placed = arrange(sorted(everything), [(link.supplier, link.dependent) for link in links])
    assert set(placed) == everything
