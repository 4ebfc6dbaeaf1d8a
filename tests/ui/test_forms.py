"""Every kind has a form: a row for each field, with words, and none wider than the panel."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QLineEdit, QPlainTextEdit

from continuity.model.fields import FieldType
from continuity.model.kinds import KINDS, Need, Resource, Supply
from tests.strategies import filled_organisation
from ui.forms.form import RecordForm
from ui.theme import theme


def test_that_every_kind_has_a_form_with_a_row_for_each_field(window, reference_session):
    window.documents.take(reference_session)
    filled = filled_organisation()  # of kinds that the reference agency does without
    panel = theme.px(288) - theme.px(12)  # the least width of the inspector, less its scroll bar
    for name, kind in KINDS.items():
        form = RecordForm(kind, window.desk, "test")
        form.show_record((reference_session.organisation.of_kind(name) or filled.of_kind(name))[0])
        for group in form.groups.values():
            group.heading.setChecked(True)
        rows = {n: row for group in form.groups.values() for n, row in group.rows.items()}
        assert set(rows) == {"code"} | {n for n, spec in kind.specs.items() if not spec.hidden}
        for row in rows.values():
            assert row.editor.accessibleName(), (name, row.name)
            assert row.label.buddy() is row.editor
        widest = max(rows.values(), key=lambda row: row.minimumSizeHint().width())
        assert form.minimumSizeHint().width() <= panel, (name, widest.name)


def edited(window, record_id, field):
    """Return the editor of a field in the inspector."""
    window.desk.select(record_id)
    return window.inspector.form().row(field).editor


def test_that_a_typed_duration_becomes_an_edit_and_can_be_undone(at_work):
    session = at_work.desk.session
    pay = session.organisation.find("function", "PAY")
    line = edited(at_work, pay.id, "mtpd")
    line.setFocus()
    QTest.keyClicks(line, "36 h")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert session.organisation.get(pay.id).mtpd == 2160
    assert line.text().replace("\u00a0", " ") == "1 d 12 h"
    at_work.commands["undo"].trigger()
    assert session.organisation.get(pay.id).mtpd is None
    assert line.text() == ""


def test_that_bad_input_stays_in_the_field_with_a_sentence_below(at_work):
    session = at_work.desk.session
    pay = session.organisation.find("function", "PAY")
    line = edited(at_work, pay.id, "rto")
    QTest.keyClicks(line, "snart")
    QTest.keyClick(line, Qt.Key.Key_Return)
    row = at_work.inspector.form().row("rto")
    assert line.text() == "snart"
    assert "är ingen tidslängd" in row.problem.text()
    assert session.organisation.get(pay.id).rto is None
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == ""
    assert row.problem.text() == ""


def test_that_a_code_that_is_taken_is_refused_at_its_field(at_work):
    organisation = at_work.desk.session.organisation
    grid = organisation.find("resource", "GRID")
    line = edited(at_work, grid.id, "code")
    line.selectAll()
    QTest.keyClicks(line, "HALL")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert "används redan" in at_work.inspector.form().row("code").problem.text()
    assert organisation.get(grid.id).code == "GRID"


def test_that_flags_choices_long_texts_and_references_are_edited(at_work, qtbot):
    organisation = at_work.desk.session.organisation
    grid = organisation.find("resource", "GRID")
    flag = edited(at_work, grid.id, "in_use")
    flag.box.click()
    assert organisation.get(grid.id).in_use is False
    choice = at_work.inspector.form().row("category").editor
    assert isinstance(choice, QComboBox)
    choice.setCurrentIndex(choice.findData("telecom"))
    choice.activated.emit(choice.currentIndex())
    assert organisation.get(grid.id).category == "telecom"
    note = at_work.inspector.form().row("note").editor
    assert isinstance(note, QPlainTextEdit)
    note.setPlainText("Två matningar.")
    note.take()
    assert organisation.get(grid.id).note == "Två matningar."
    owner = at_work.inspector.form().row("owner").editor
    owner.open()
    picker = owner.button.findChild(QLineEdit).parent()
    QTest.keyClicks(picker.field, "drift")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert organisation.get(organisation.get(grid.id).owner).name == "Chef för drift"


def test_that_a_law_shows_only_its_own_parameters(at_work):
    organisation = at_work.desk.session.organisation
    grid = organisation.find("resource", "GRID")
    editor = edited(at_work, grid.id, "repair")
    editor.fill.click()
    assert organisation.get(grid.id).repair.law == "fixed"
    law = editor._rows["law"].editor
    law.activated.emit(law.findData("pert"))
    assert organisation.get(grid.id).repair.law == "pert"
    shown = {name for name, row in editor._rows.items() if not row.isHidden()}
    assert shown == {"law", "low", "likely", "high"}


def test_that_the_inspector_adds_a_need_and_a_supplier(at_work):
    organisation = at_work.desk.session.organisation
    gen = organisation.find("resource", "GEN")
    at_work.desk.select(gen.id)
    at_work.inspector.tabs.setCurrentIndex(1)
    page = at_work.inspector.stack.currentWidget().inside
    assert not page.empty.isHidden()
    page.add.click()
    need = next(n for n in organisation.all(Need) if n.dependent == gen.id)
    card = page.cards[0]
    card._choose_supplier()
    picker = card.grid.add.findChild(QLineEdit).parent()
    assert all(item.key != gen.id for item in picker.model.items)
    QTest.keyClicks(picker.field, "Fiber A")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert [organisation.get(s.element).name for s in organisation.parts(need.id, Supply)] == ["Fiber A"]
    assert card.model.rowCount() == 1


def test_that_the_inspector_says_what_depends_on_it_and_what_hits_it(at_work):
    organisation = at_work.desk.session.organisation
    at_work.desk.select(organisation.find("resource", "GRID").id)
    at_work.inspector.tabs.setCurrentIndex(2)
    page = at_work.inspector.stack.currentWidget().inside
    said = [label.text() for label in page.findChildren(QLabel)]
    assert "Vad som beror av det" in said
    assert "Händelser som drabbar det" in said


def test_that_the_stages_of_a_stream_are_added_moved_and_taken_away_in_a_small_table(at_work):
    organisation = at_work.desk.session.organisation
    stream = organisation.find("stream", "B1")
    at_work.desk.select(stream.id)
    at_work.inspector.tabs.setCurrentIndex(1)
    page = at_work.inspector.stack.currentWidget().inside
    kind = KINDS["stage"]
    page.grid.view.setCurrentIndex(page.model.index(1, 0))
    page.grid._up.click()
    assert [s.name for s in organisation.parts(stream.id, kind.of)] == ["Sänd fil", "Skapa fil"]
    page.grid.add.click()
    assert len(organisation.parts(stream.id, kind.of)) == 3
    page.grid.view.setCurrentIndex(page.model.index(2, 0))
    page.grid.take_away.click()
    assert len(organisation.parts(stream.id, kind.of)) == 2
    assert page.grid.view.selectionMode() != QAbstractItemView.SelectionMode.NoSelection


def test_that_every_type_of_field_has_an_editor(at_work):
    from ui.forms.row import editor_for

    organisation = at_work.desk.session.organisation
    used = {spec.type: spec for kind in KINDS.values() for spec in kind.specs.values()}
    for spec in used.values():
        assert hasattr(editor_for(spec, organisation), "show_value"), spec.type
    assert FieldType.MINUTES in used


def test_that_changes_made_elsewhere_appear_in_the_form(at_work):
    from continuity.model.edits import amend

    session = at_work.desk.session
    grid = session.organisation.find("resource", "GRID")
    line = edited(at_work, grid.id, "name")
    session.edit(amend(grid, name="Regionnätet"))
    assert line.text() == "Regionnätet"
    assert isinstance(session.organisation.get(grid.id), Resource)


def test_that_undo_in_a_field_takes_back_the_typing_first_and_then_the_edit(at_work):
    organisation = at_work.desk.session.organisation
    grid = organisation.find("resource", "GRID")
    line = edited(at_work, grid.id, "name")
    at_work.activateWindow()
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "Regional")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert organisation.get(grid.id).name == "Regional"
    QTest.keyClicks(line, "X")
    QTest.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert organisation.get(grid.id).name == "Regional", "the typing is taken back"
    assert line.text() == "Regional"
    QTest.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert organisation.get(grid.id).name == "Elnät", "then the edit"
