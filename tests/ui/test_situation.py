"""The Situation desk: two clicks from the start page, by hand at once, all by keyboard, nothing lost."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from continuity import places
from continuity.model.edits import amend
from continuity.model.kinds import Fallback
from continuity.session import Session
from ui.panels.situation import forms


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Where logs go."""
    monkeypatch.setattr(places, "documents_dir", lambda: tmp_path)
    return tmp_path / "uthallig-situation"


def at_the_desk(window, session=None):
    """Open the desk with its log begun."""
    if session is not None:
        window.documents.take(session)
    window.to_the_desk(bare=session is None)
    return window.pages


def desk_of(window, session, qtbot):
    pages = at_the_desk(window, session)
    qtbot.waitUntil(lambda: "situation" in pages.made and pages.made["situation"].held.situation is not None)
    page = pages.made["situation"]
    return page, page.held


def fill(form, **values):
    for name, value in values.items():
        field = form.fields[name]
        if hasattr(field, "setPlainText"):
            field.setPlainText(value)
        elif hasattr(field, "setCurrentIndex"):
            field.setCurrentIndex(field.findData(value))
        else:
            field.setText(value)


def note(page, verb, **values):
    page.open(verb)
    fill(page.form, **values)
    page.form.take()
    assert page.form is None


def settled(held, qtbot):
    qtbot.waitUntil(lambda: held.ahead is not None and not held.busy and not held.stale, timeout=60_000)


def cells(table):
    model = table.numbers
    rows = range(model.rowCount())
    return [
        [str(model.index(row, n).data()).replace("\u00a0", " ") for n in range(model.columnCount())]
        for row in rows
    ]


def test_that_two_clicks_lead_from_the_start_to_the_log_on_a_model_that_is_only_read(
    window, reference_session, qtbot, tmp_path
):
    path = tmp_path / "Myndigheten.uthallig"
    reference_session.save_as(path)
    reference_session.close()
    window.settings.remember(path)
    window.start.rebuild()
    QTest.mouseClick(window.start.doors["now"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(window.now.doors[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.pages.current == "situation", timeout=20_000)
    held = window.pages.made["situation"].held
    qtbot.waitUntil(lambda: held.situation is not None, timeout=20_000)
    assert window.desk.session.read_only
    assert held.situation.log.path.parent != path.parent
    assert held.situation.log.path.suffix == ".uthallig-situation"
    assert held.organisation.find("resource", "R-DH1") is not None


def test_that_the_desk_works_by_hand_without_any_model(window, qtbot):
    page, held = desk_of(window, None, qtbot)
    note(page, "report", what="Allt är mörkt", state="down", happened="-30 min")
    assert cells(page.pages[0].status)[0][:2] == ["Allt är mörkt", "Nere"]
    note(page, "task", what="Ring elnätet", who="Vakten", due="+1 h")
    assert cells(page.pages[0].tasks)[0][0] == "Ring elnätet"
    settled(held, qtbot)
    assert held.ahead.replications == 0


@pytest.mark.parametrize(
    ("key", "form"),
    [
        ("R", forms.ReportForm),
        ("T", forms.TaskForm),
        ("M", forms.MessageForm),
        ("D", forms.DecisionForm),
        ("N", forms.NoteForm),
        ("Y", forms.RhythmForm),
        ("U", forms.MeasuresForm),
    ],
)
def test_that_each_verb_has_its_key(window, session, qtbot, key, form):
    page, _held = desk_of(window, session, qtbot)
    window.activateWindow()
    page.pages[0].status.setFocus()
    qtbot.keyClick(page.pages[0].status, key.lower())
    assert isinstance(page.form, form)
    qtbot.keyClick(page.form, Qt.Key.Key_Escape)
    assert page.form is None


def test_that_a_report_is_noted_by_keys_alone(window, session, qtbot):
    page, held = desk_of(window, session, qtbot)
    window.activateWindow()
    qtbot.keyClick(page.pages[0].status, "r")
    form = page.form
    what = form.fields["what"]
    qtbot.waitUntil(lambda: form.focusWidget() is what)
    qtbot.keyClicks(what, "HALL")
    qtbot.keyClick(what, Qt.Key.Key_Tab)
    state = form.focusWidget()
    assert state is form.fields["state"]
    qtbot.keyClick(state, Qt.Key.Key_Down)
    assert form.fields["level"].isEnabled()
    qtbot.keyClick(state, Qt.Key.Key_Tab)
    qtbot.keyClicks(form.focusWidget(), "60")
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    [report] = held.situation.picture.reports
    assert (report.state, report.level) == ("reduced", 600)
    window.activateWindow()
    qtbot.waitUntil(page.pages[0].status.hasFocus)  # where one was
    qtbot.keyClick(page.pages[0].status, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert page.tabs.currentIndex() == 4


def test_that_a_log_is_gone_on_with_from_the_start_page(window, session, qtbot, folder):
    page, held = desk_of(window, session, qtbot)
    note(page, "note", text="Först")
    [path] = folder.glob("*.uthallig-situation")
    window.documents.close()
    assert held.situation is None
    window.happening_now()
    doors = [door.title.text() for door in window.now.doors]
    assert path.stem in doors
    QTest.mouseClick(window.now.doors[doors.index(path.stem)], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: held.situation is not None, timeout=20_000)
    assert [row.payload["text"] for row in held.situation.log.entries] == ["Först"]


def test_that_an_entry_stands_at_once_and_the_forecast_follows(window, session, qtbot):
    page, held = desk_of(window, session, qtbot)
    settled(held, qtbot)
    note(page, "report", what="HALL", state="down", happened="-1 h", trust="confirmed", source="Drift")
    assert held.stale
    assert cells(page.pages[0].status)[0][:2] == ["Datahall", "Nere"]
    settled(held, qtbot)
    page.tabs.setCurrentIndex(1)
    ahead = cells(page.pages[1].next)
    assert ["Betala ut", "Datahall"] in [row[1:3] for row in ahead]
    assert ahead[0][0].startswith("Under sedan")
    assert "Inte aktuell" not in page.pages[1].state.text()


def test_that_a_refusal_stays_in_the_form_with_what_was_typed(window, session, qtbot):
    page, held = desk_of(window, session, qtbot)
    page.open("report")
    fill(page.form, what="HALL", happened="strax", source="Drift")
    page.form.take()
    assert "strax" in page.form.problem.text()
    fill(page.form, happened="-5 min", known="-10 min")
    page.form.take()
    assert page.form.problem.text()
    assert page.form.value("source") == "Drift"
    assert not held.situation.log.entries
    fill(page.form, known="nu")
    page.form.take()
    assert len(held.situation.log.entries) == 1


def test_that_words_of_ones_own_and_names_of_the_model_are_told_apart(window, session, qtbot):
    page, held = desk_of(window, session, qtbot)
    page.open("report")
    what = page.form.fields["what"]
    told = []
    what.understood.connect(told.append)
    what.setText("Datahall")
    assert what.element() == held.organisation.find("resource", "HALL").id
    what.setText("Porten")
    assert what.element() == ""
    assert "Datahall" in told[0]
    assert "Porten" not in told[1]


def test_that_a_correction_adds_and_the_corrected_says_so(window, session, qtbot):
    page, held = desk_of(window, session, qtbot)
    note(page, "report", what="HALL", state="down", happened="-1 h")
    page._on_wanted("correct", "1")
    fill(page.form, state="reduced", level="40")
    page.form.take()
    assert [row.kind for row in held.situation.log.entries] == ["report", "report"]
    page.tabs.setCurrentWidget(page.pages[4])
    rows = cells(page.pages[4].table)
    assert "40 %" in rows[0][3]
    assert "rättad av anteckning 2" in rows[1][3]
    page._on_wanted("correct", "2")
    page.form.withdrawn.setChecked(True)
    page.form.take()
    assert held.situation.picture.down() == []


def test_that_the_log_is_filtered_by_words_and_kind(window, session, qtbot):
    page, _held = desk_of(window, session, qtbot)
    note(page, "note", text="Kaffet är slut")
    note(page, "message", way="out", party="MCF", text="Lägesrapport kommer")
    log = page.pages[4]
    page.tabs.setCurrentWidget(log)
    log.words.setText("kaffet")
    assert [row[3] for row in cells(log.table)] == ["Kaffet är slut"]
    log.words.clear()
    log.kind.setCurrentIndex(log.kind.findData("message"))
    log.refresh()
    assert len(cells(log.table)) == 1


def test_that_a_task_is_done_by_enter_and_open_again_by_another(window, session, qtbot):
    page, held = desk_of(window, session, qtbot)
    note(page, "task", what="Ring banken", due="-10 min")
    assert "försenad" in cells(page.pages[0].tasks)[0][2]
    page._on_wanted("done", "1")
    assert held.situation.picture.open_tasks() == []
    page._on_wanted("done", "1")
    assert [t.what for t in held.situation.picture.open_tasks()] == ["Ring banken"]


def test_that_the_rhythm_counts_down(window, session, qtbot):
    page, _held = desk_of(window, session, qtbot)
    page._ask(forms.RhythmForm)
    fill(page.form, briefing="+2 h", handover="+30 min")
    page.form.take()
    told = {beat.name: beat.accessibleName().replace("\u00a0", " ") for beat in page.head.beats}
    assert "om 2 h" in told["briefing"]
    assert "om 30 min" in told["handover"]
    assert "inte satt" in told["report"]


def test_that_pay_days_say_what_can_be_decided_and_the_file_what_cannot(window, reference_session, qtbot):
    page, held = desk_of(window, reference_session, qtbot)
    note(page, "report", what="R-DH1", state="down", happened="-3 h", trust="confirmed", back_likely="+300 h")
    settled(held, qtbot)
    page.tabs.setCurrentIndex(2)
    pay = page.pages[2]
    pay.all.setChecked(True)
    assert pay.table.numbers.rowCount() == len(held.ahead.pay_days) > 0
    day = held.ahead.pay_days[0]
    held.note(lambda desk: desk.file(day.stream, day.nominal, "receipt_unknown"))
    settled(held, qtbot)
    pay.table.setCurrentIndex(
        pay.table.numbers.index(pay.table.numbers.row_of(f"{day.stream}/{day.nominal}"), 0)
    )
    assert "Ring först" in pay.about.text()
    assert pay.decide.isHidden()
    again = next(p for p in held.ahead.pay_days if (p.stream, p.nominal) == (day.stream, day.nominal))
    assert all(isinstance(held.organisation.get(c.fallback), Fallback) for c in again.choices)


def test_that_a_fallback_is_decided_and_no_longer(window, reference_session, qtbot, monkeypatch):
    page, held = desk_of(window, reference_session, qtbot)
    pay = page.pages[2]
    day = dt.datetime(2026, 2, 23, 9, 0, tzinfo=dt.UTC)
    hall = held.organisation.find("resource", "R-DH1").id
    held.situation.report("down", element=hall, happened=day - dt.timedelta(hours=3))

    def foresee():
        held.ahead = held.situation.forecast(day, replications=16)
        pay._dirty = True
        pay._fill()

    page.tabs.setCurrentWidget(pay)
    foresee()
    free = next(p for p in held.ahead.pay_days if p.latest and p.late > 0.5)
    monkeypatch.setattr(
        pay,
        "day",
        lambda: next(
            (p for p in held.ahead.pay_days if p.nominal == free.nominal and p.stream == free.stream), None
        ),
    )
    pay._on_chosen("")
    assert any(line.startswith("◷") for line in pay.about.text().splitlines())
    pay._on_decide()
    assert list(held.situation.picture.fallbacks) == [(free.stream, free.nominal)]
    foresee()
    assert "Beslutad" in pay.about.text()
    pay._on_decide()
    assert held.situation.picture.fallbacks == {}


def test_that_a_card_is_opened_and_a_step_becomes_a_task(window, reference_session, qtbot):
    page, held = desk_of(window, reference_session, qtbot)
    page._on_wanted("cards", held.organisation.find("resource", "R-DH1").id)
    window_ = page.form
    assert window_.lists[0].count() > 2
    window_.task_wanted.emit("Slå ifrån", "Driftledare")
    form = window_.findChild(forms.TaskForm)
    form.take()
    assert held.situation.picture.tasks[0].who == "Driftledare"


def test_that_a_status_list_shows_every_fault_and_is_noted_whole_or_not_at_all(window, session, qtbot):
    page, held = desk_of(window, session, qtbot)
    page._ask(forms.StatusListForm, "kod;läge\nHALL;nere\nXX;nere\nGEN;kanske\n")
    assert "Rad 3" in page.form.seen.toPlainText()
    assert "Rad 4" in page.form.seen.toPlainText()
    page.form.take()
    assert not held.situation.log.entries
    fill(page.form, text="kod;läge;nivå\nHALL;nere;\nGEN;nedsatt;30 %\n")
    page.form.take()
    assert [r.state for r in held.situation.picture.status()] == ["down", "reduced"]


def test_that_what_was_noted_is_there_after_a_fall_and_the_log_goes_on(window, session, qtbot, folder):
    page, held = desk_of(window, session, qtbot)
    note(page, "report", what="HALL", state="down", happened="-1 h")
    note(page, "note", text="Sista ordet")
    qtbot.waitUntil(lambda: held.situation.log.unwritten == 0)
    qtbot.waitUntil(lambda: "Sparat" in page.head.saved.text())
    [path] = folder.glob("*.uthallig-situation")
    again = Session.open_situation(path, read_only=True)  # as it lies on disk, the first still open
    assert [row.kind for row in again.log.entries] == ["report", "note"]
    again.log.close()
    held.close()
    held.go_on(path)
    qtbot.waitUntil(lambda: held.situation is not None)
    assert len(held.situation.log.entries) == 2
    note(page, "note", text="Vidare")
    assert len(held.situation.log.entries) == 3


def test_that_an_edit_of_the_document_leaves_the_log_alone(window, session, qtbot):
    _page, held = desk_of(window, session, qtbot)
    hall = session.organisation.find("resource", "HALL")
    window.desk.edit(amend(hall, name="Ny hall"))
    assert held.organisation.get(hall.id).name == "Datahall"


def test_that_a_paper_is_written_in_one_click(window, session, qtbot, folder):
    page, held = desk_of(window, session, qtbot)
    note(page, "report", what="HALL", state="down", happened="-1 h")
    settled(held, qtbot)
    page.open("handover")
    paper = page.form
    qtbot.waitUntil(lambda: bool(paper.files), timeout=60_000)
    assert {path.suffix for path in paper.files} == {".pdf", ".html", ".docx", ".txt"}
    assert all(path.exists() and folder in path.parents for path in paper.files)
    paper.reject()


def test_that_no_time_of_day_is_shown_to_the_minute_in_the_future(window, reference_session, qtbot):
    """Countdowns are ranges, to the hour at best."""
    page, held = desk_of(window, reference_session, qtbot)
    note(page, "report", what="R-DH1", state="down", happened="-3 h")
    settled(held, qtbot)
    page.tabs.setCurrentIndex(1)
    ahead = [row[0] for row in cells(page.pages[1].next) if not row[0].startswith("Under")]
    assert ahead
    assert all(text.count(":00") >= 1 for text in ahead), ahead


def test_that_the_desk_speaks_english_too(window, session, qtbot):
    page, _held = desk_of(window, session, qtbot)
    window.language_to("en")
    try:
        assert [page.tabs.tabText(n) for n in range(5)] == ["Board", "What comes", "Pay days", "First", "Log"]
        assert page.head.buttons["report"].text() == "Report"
    finally:
        window.language_to("sv")


@pytest.mark.parametrize("zoom", [100, 150])
def test_that_a_small_dim_screen_holds_the_desk(window, session, qtbot, zoom):
    from ui.theme import theme

    page, _held = desk_of(window, session, qtbot)
    note(page, "report", what="HALL", state="down", happened="-1 h")
    theme.use("dark", zoom)
    window.resize(1024, 600)
    QTest.qWait(50)
    assert window.width() <= 1024
    assert page.pages[0].status.isVisible()
    assert page.pages[0].status.viewport().height() > theme.px(28)


def test_that_what_no_disk_takes_is_kept_on_another(window, session, qtbot, tmp_path, monkeypatch):
    page, held = desk_of(window, session, qtbot)
    elsewhere = tmp_path / "annan"
    elsewhere.mkdir()
    monkeypatch.setattr(places, "data_dir", lambda: elsewhere)
    monkeypatch.setattr(held.situation.log, "_within", lambda _work: (_ for _ in ()).throw(OSError("full")))
    note(page, "note", text="Får inte försvinna")
    monkeypatch.setattr(held.situation.log, "_shut", lambda: None)
    held.close()
    [path] = elsewhere.glob("*.uthallig-situation")
    again = Session.open_situation(path, read_only=True)
    assert [row.payload["text"] for row in again.log.entries] == ["Får inte försvinna"]
    again.log.close()


def test_that_measures_in_use_are_noted_as_they_are_ticked(window, reference_session, qtbot):
    page, held = desk_of(window, reference_session, qtbot)
    page.open("measures")
    page.form.list.item(0).setCheckState(Qt.CheckState.Checked)
    page.form.take()
    assert len(held.situation.picture.measures) == 1
    page.open("measures")
    page.form.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    page.form.take()
    assert held.situation.picture.measures == ()


def test_that_moments_lie_in_utc(window, session, qtbot):
    page, held = desk_of(window, session, qtbot)
    note(page, "report", what="HALL", state="down", happened="-1 h")
    [report] = held.situation.picture.reports
    assert report.happened.utcoffset() == dt.timedelta(0)
