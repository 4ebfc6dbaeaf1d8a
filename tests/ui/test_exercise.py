"""The Exercise workspace: made, prepared, played, reopened, reported; never mistaken for something real."""

import dataclasses
import json
import time

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from continuity.model.edits import amend
from continuity.model.kinds import Gap, Inject, Measure
from continuity.session import Session
from ui.panels.exercise.list_dialog import ListDialog
from ui.panels.exercise.players import PlayersWindow
from ui.panels.exercise.workspace import AFTER, PREPARE, RUN

MARK = "ÖVNING ÖVNING ÖVNING"


@pytest.fixture(scope="module")
def made(reference):
    """The reference agency with an exercise of S24 on it, and the id of the exercise."""
    from continuity.exercise.making import ExerciseRequest, make_exercise
    from continuity.simulation.request import RunRequest
    from continuity.simulation.run import run
    from continuity.words import words_in

    organisation = reference.copy()
    scenario = organisation.find("scenario", "S24")
    result = run(organisation, RunRequest(scenario.id, replications=64))
    exercise, edit = make_exercise(organisation, ExerciseRequest(scenario.id, "bad"), result, words_in("sv"))
    organisation.apply(edit)
    return organisation, exercise.id


@pytest.fixture
def page(window, make_session, made):
    """The workspace on the agency with its exercise."""
    organisation, _exercise = made
    window.documents.take(make_session(organisation))
    window.open_workspace("exercise")
    return window.pages.made["exercise"]


@pytest.fixture
def playing(page, qtbot, tmp_path):
    """The workspace with a play that has begun."""
    page.stage.begin(page._exercise, tmp_path / "ÖVNING-W-1.uthallig-play")
    qtbot.waitUntil(lambda: page.stage.play is not None and not page.stage.busy, timeout=60_000)
    yield page
    page.stage.close()


def injects(page) -> list[Inject]:
    return list(page.prepare.model.rows)


def press(widget, key, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, key, held)


def words_of(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


# --- making and preparing -----------------------------------------------------------------------------


def test_that_an_exercise_is_made_in_the_background_and_taken_back_by_one_undo(
    window, reference_session, qtbot
):
    window.documents.take(reference_session)
    window.open_workspace("exercise")
    page = window.pages.made["exercise"]
    assert page.first.currentIndex() == 0
    page.make.choose(reference_session.organisation.find("scenario", "S24").id)
    page.make.length.setText("90")
    QTest.mouseClick(page.make.make, Qt.MouseButton.LeftButton)
    assert page.make.busy
    qtbot.waitUntil(lambda: not page.make.busy, timeout=120_000)
    (exercise,) = reference_session.organisation.of_kind("exercise")
    assert 30 < exercise.length <= 90
    assert page.prepare.model.rowCount() >= 8
    assert page.first.currentIndex() == 1
    window.desk.undo()
    assert not reference_session.organisation.of_kind("exercise")
    assert page.first.currentIndex() == 0


def test_that_the_making_can_be_stopped(window, reference_session, qtbot):
    window.documents.take(reference_session)
    window.open_workspace("exercise")
    page = window.pages.made["exercise"]
    page.make.begin()
    page.make.cancel()
    qtbot.waitUntil(lambda: not page.make.busy, timeout=60_000)
    assert not reference_session.organisation.of_kind("exercise")


def test_that_a_key_moves_an_inject_and_all_that_follows_as_one_step(page, window):
    before = {i.id: i.at for i in injects(page)}
    third = injects(page)[2]
    page.prepare.choose(third.id)
    press(
        page.prepare.timeline,
        Qt.Key.Key_Right,
        Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    after = {i.id: i.at for i in injects(page)}
    assert all(after[id_] == at + (5 if at >= third.at else 0) for id_, at in before.items())
    window.desk.undo()
    assert {i.id: i.at for i in injects(page)} == before


def test_that_an_inject_is_dragged_along_the_timeline(page):
    line = page.prepare.timeline
    chip = next(c for c in line.chips if c.number == 1)
    from_, to = line._rect(chip).center(), line._rect(chip).center() + QPointF(80, 0)
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=from_.toPoint())
    QTest.mouseMove(line, to.toPoint())
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=to.toPoint())
    moved = next(i for i in injects(page) if i.id == chip.inject.id)
    assert moved.at - chip.inject.at == pytest.approx(80 / line._scale(), abs=6)
    others = {i.id: i.at for i in injects(page) if i.id != chip.inject.id}
    assert len(others) == len(injects(page)) - 1


def test_that_times_are_typed_as_lists_write_them(page):
    model = page.prepare.model
    first = injects(page)[0]
    assert model.setData(model.index(0, 0), "D+2 H+12 M+30")
    assert page.session.organisation.get(first.id).at == 2 * 1440 + 12 * 60 + 30
    refused = []
    model.refused.connect(refused.append)
    assert not model.setData(model.index(0, 0), "i morgon bitti")
    assert "i morgon bitti" in refused[0]


def test_that_the_preview_follows_each_key_and_the_text_is_kept(page, qtbot):
    first = injects(page)[0]
    page.prepare.choose(first.id)
    editor = page.prepare.message
    editor.field.setPlainText("Telefonerna är tysta.")
    assert editor.card.text.text() == "Telefonerna är tysta."
    assert editor.card.first.text() == editor.card.last.text() == MARK
    assert first.expected not in words_of(editor.card)
    qtbot.waitUntil(lambda: page.session.organisation.get(first.id).message == "Telefonerna är tysta.")


def test_that_columns_of_ones_own_are_filled_in(page, window):
    exercise = page.session.organisation.get(page._exercise)
    window.desk.edit(amend(exercise, columns=("Plats",)))
    model = page.prepare.model
    place = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())].index(
        "Plats"
    )
    assert model.setData(model.index(0, place), "Sal 3")
    assert model.index(0, place).data() == "Sal 3"
    assert injects(page)[0].extra[0].value == "Sal 3"


def test_that_a_list_written_anew_keeps_what_people_wrote_themselves(page, qtbot):
    page.prepare.add()
    own = next(i for i in injects(page) if not i.happening)
    other = {i.id for i in injects(page) if i.happening}
    page.prepare.rewrite()
    qtbot.waitUntil(lambda: not other & {i.id for i in injects(page)}, timeout=60_000)
    assert own.id in {i.id for i in injects(page)}


def test_that_the_papers_are_written_and_their_names_say_what_they_are(page, qtbot, tmp_path):
    page.prepare.write_papers()
    form = page.prepare.papers.form
    assert form.folder.text().rpartition("/")[2].startswith("ÖVNING")
    form.folder.setText(str(tmp_path / "papper"))
    form.formats["pdf"].setChecked(False)
    form.formats["txt"].setChecked(True)
    with qtbot.waitSignal(form.written, timeout=60_000) as got:
        QTest.mouseClick(form.write, Qt.MouseButton.LeftButton)
    assert len(got.args[0]) >= 4
    assert all(p.exists() and p.name.startswith(("OVNING", "ÖVNING")) for p in got.args[0])
    page.prepare.papers.close()


def test_that_an_event_list_goes_out_and_comes_in_again_as_one_step(page, window, qtbot, tmp_path):
    path = tmp_path / "ÖVNING-lista.xlsx"
    page.prepare.write_list(path)
    qtbot.waitUntil(lambda: path.exists() and "ÖVNING-lista" in window.toast.text, timeout=20_000)
    count, first = len(injects(page)), injects(page)[0]
    window.desk.edit(amend(first, name="Något annat"))
    page.prepare.read_list(path)
    qtbot.waitUntil(lambda: page.findChild(ListDialog) is not None, timeout=20_000)
    dialog = page.findChild(ListDialog)
    assert dialog.take.isEnabled()
    dialog.accept_list()
    assert page.session.organisation.get(first.id).name == first.name
    assert len(injects(page)) == count
    window.desk.undo()
    assert page.session.organisation.get(first.id).name == "Något annat"


def test_that_a_list_with_an_impossible_time_is_told_and_cannot_be_taken_over(page, qtbot, tmp_path):
    path = tmp_path / "lista.csv"
    path.write_text("Tid;Rubrik;Kanal\nD+2 H+12;Första;Telefon\n25:99;Andra;Telefon\n", encoding="utf-8")
    page.prepare.read_list(path)
    qtbot.waitUntil(lambda: page.findChild(ListDialog) is not None, timeout=20_000)
    dialog = page.findChild(ListDialog)
    assert not dialog.take.isEnabled()
    assert "25:99" in dialog.problems.item(0).text()
    dialog.reject()


def test_that_the_start_page_leads_to_an_exercise_in_one_press(window, qtbot):
    QTest.mouseClick(window.start.doors["exercise"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.pages.current == "exercise", timeout=20_000)
    assert window.pages.made["exercise"].make.scenario.key
    window.open_workspace("start")
    session = window.desk.session
    QTest.mouseClick(window.start.doors["exercise"], Qt.MouseButton.LeftButton)
    assert window.pages.current == "exercise"
    assert window.desk.session is session


# --- playing ------------------------------------------------------------------------------------------


def test_that_the_clock_starts_at_the_speed_that_the_plan_asks_for(playing):
    clock = playing.run.clock
    clock.toggle()
    assert playing.stage.play.clock.running
    assert playing.stage.play.clock.speed == playing.stage.speed_of_plan > 10
    clock.toggle()
    assert not playing.stage.play.clock.running


def test_that_injects_are_given_held_and_left_out_by_keys(playing):
    table = playing.run.injects.table
    first, second, third = (line.inject.id for line in playing.stage.play.lines()[:3])
    playing.run.injects.choose(first)
    press(table, Qt.Key.Key_Return)
    assert playing.stage.play.line(first).state == "delivered"
    assert playing.run.injects.line.inject.id == second  # the next one is chosen
    press(table, Qt.Key.Key_H)
    assert playing.stage.play.line(second).state == "held"
    press(table, Qt.Key.Key_H)
    assert playing.stage.play.line(second).state == "planned"
    playing.run.injects.choose(third)
    press(table, Qt.Key.Key_S)
    assert playing.stage.play.line(third).state == "skipped"
    playing.run.injects.choose(first)
    press(table, Qt.Key.Key_E)
    assert playing.stage.play.line(first).state == "done"


def test_that_what_follows_is_retimed_along(playing):
    lines = playing.stage.play.lines()
    before = {line.inject.id: line.minute for line in lines}
    playing.run.injects.retime(lines[4], "> " + playing.session.relative_time(lines[4].minute + 45))
    for line in playing.stage.play.lines():
        later = before[line.inject.id] >= lines[4].minute
        assert line.minute == before[line.inject.id] + (45 if later else 0)


def test_that_injects_give_themselves_where_that_is_wished(playing, qtbot):
    playing.run.injects.by_itself.setChecked(True)
    playing.stage.do(lambda play: play.set_speed(3600, time.monotonic()))
    playing.run.clock.toggle()
    qtbot.waitUntil(
        lambda: any(line.state == "delivered" for line in playing.stage.play.lines()), timeout=10_000
    )


def decide(page, qtbot, words, **effects):
    form = page.run.decide
    form.who.setCurrentText("Betalchef")
    form.decision.setPlainText(words)
    for sort, fields in effects.items():
        row = form.add_effect(sort)
        for name, key in fields.items():
            row.fields[name].show_key(key, key)
    form.take()
    qtbot.waitUntil(lambda: not page.stage.busy, timeout=60_000)


def test_that_a_decision_changes_the_world_and_says_what_followed(playing, qtbot):
    playing.stage.do(lambda play: play.jump(play.exercise.begins + 60, time.monotonic()))
    measure = next(m for m in playing.stage.play.organisation.all(Measure) if m.code == "M-BANK2")
    decide(playing, qtbot, "Byt bank", measure={"measure": measure.id})
    assert playing.stage.play.played.decisions[0].effects[0]["measure"] == measure.id
    assert playing.run.decide.told.text().startswith("Antecknat.")
    assert not playing.run.decide.rows


def test_that_a_fallback_without_its_law_is_refused_in_words_and_the_form_keeps_them(playing, qtbot):
    org = playing.stage.play.organisation
    certificate = next(f for f in org.of_kind("fallback") if f.kind == "certificate")
    stream = next(s for s in org.of_kind("stream") if certificate.id in s.fallbacks)
    form = playing.run.decide
    form.decision.setPlainText("Betala mot bevis")
    row = form.add_effect("fallback")
    row.fields["pay_day"].show_key(f"{stream.id}|2027-02-25", "x")
    row.fields["fallback"].show_key(certificate.id, "x")
    form.take()
    qtbot.waitUntil(lambda: not playing.stage.busy, timeout=60_000)
    assert len(form.problem.text()) > 20
    assert form.decision.toPlainText() == "Betala mot bevis"
    assert not playing.stage.play.played.decisions


def test_that_what_is_done_while_the_world_is_worked_out_is_not_lost(playing, qtbot):
    slow = []
    playing.stage.think(lambda _play: time.sleep(0.3), slow.append)
    playing.stage.do(lambda play: play.note("Under tiden"))
    assert not playing.stage.play.played.remarks
    qtbot.waitUntil(lambda: bool(slow) and not playing.stage.busy)
    assert playing.stage.play.played.remarks[0].text == "Under tiden"


def test_that_a_play_closed_while_the_world_is_worked_out_is_whole(playing, qtbot):
    path = playing.stage.play.log.path
    playing.stage.think(lambda play: (time.sleep(0.3), play.note("Sist")), lambda _found: None)
    playing.stage.close()
    assert playing.stage.play is None
    qtbot.waitUntil(lambda: not playing.stage.busy)
    kept = Session.open_play(path, read_only=True)
    assert kept.played.remarks[-1].text == "Sist"
    assert kept.log.broken_link() is None
    kept.log.close()


def test_that_the_clock_stands_while_the_world_is_worked_out(playing, qtbot):
    playing.run.clock.toggle()
    at = playing.stage.play.clock.at
    playing.stage.think(lambda _play: time.sleep(0.5), lambda _found: None)
    qtbot.waitUntil(lambda: not playing.stage.busy)
    assert playing.stage.play.clock.running
    assert playing.stage.play.clock.at - at < 0.3 * playing.stage.play.clock.speed


def test_that_a_photo_is_kept_and_something_else_is_not(playing, window, tmp_path):
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    image.save(str(tmp_path / "tavla.png"))
    (tmp_path / "anteckning.txt").write_text("hej", encoding="utf-8")
    playing.run.log.attach(tmp_path / "tavla.png")
    playing.run.log.attach(tmp_path / "anteckning.txt")
    assert "anteckning.txt" in window.toast.text
    (photo,) = [r for r in playing.stage.play.played.remarks if r.kind == "photo"]
    assert playing.stage.play.log.attachment(photo.about)[0] == "tavla.png"


def test_that_the_log_is_corrected_by_adding(playing):
    playing.run.log.line.setText("Kl 14 larmades alla")
    playing.run.log.note()
    count = len(playing.stage.play.log.entries)
    playing.stage.do(lambda play: play.correct(count, "Kl 14:10"))
    playing.run.tabs.setCurrentWidget(playing.run.log)
    assert playing.run.log.table.numbers.rowCount() == count + 1


def test_that_looking_back_shows_the_list_as_it_stood_and_changes_nothing(playing):
    first = playing.stage.play.lines()[0].inject.id
    playing.tabs.setCurrentIndex(RUN)
    playing.run.tabs.setCurrentWidget(playing.run.log)
    playing.stage.do(lambda play: play.note("Före"))
    playing.stage.do(lambda play: play.deliver(first))
    playing.run.injects.choose(first)
    count = len(playing.stage.play.log.entries)
    playing.run.log.slider.setValue(count - 1)
    assert playing.run.injects.line.state == "planned"
    assert not playing.run.injects.buttons["deliver"].isEnabled()
    assert "0 inspel" in playing.run.log.told.text()
    QTest.mouseClick(playing.run.log.back, Qt.MouseButton.LeftButton)
    assert playing.run.injects.line.state == "delivered"
    assert len(playing.stage.play.log.entries) == count


def test_that_a_play_goes_on_at_the_same_second(playing, qtbot):
    playing.run.clock.toggle()
    qtbot.wait(700)
    path, at = playing.stage.play.log.path, playing.stage.play.clock.at
    playing.stage.close()
    assert playing.run.currentIndex() == 0
    playing.stage.go_on(path)
    qtbot.waitUntil(lambda: playing.stage.play is not None and not playing.stage.busy, timeout=60_000)
    assert playing.stage.play.clock.at == pytest.approx(at, abs=playing.stage.play.clock.speed)
    assert not playing.stage.play.clock.running


def test_that_a_machine_that_slept_is_said_and_nothing_is_missed(playing):
    playing.run.clock.toggle()
    stood = playing.stage.play.clock.at
    play = playing.stage.play
    play.clock = dataclasses.replace(play.clock, seen=play.clock.seen - 3600)
    playing.stage.tick()
    assert playing.stage.play.clock.at == stood
    assert "1 h" in playing.run.note.text().replace("\u00a0", " ")


# --- the players' screen ------------------------------------------------------------------------------


def test_that_the_players_see_what_was_given_and_nothing_of_controls(playing, qtbot):
    playing.run.show_players()
    screen: PlayersWindow = playing.run.players
    lines = playing.stage.play.lines()
    given, coming = lines[0].inject, lines[5].inject
    playing.stage.do(lambda play: play.deliver(given.id))
    qtbot.waitUntil(lambda: given.message in words_of(screen))
    text = words_of(screen)
    assert coming.message not in text
    for secret in (given.expected, given.evaluation, given.hint):
        assert not secret or secret not in text
    assert text.count(MARK) >= 4
    assert screen.windowTitle().startswith(MARK)
    assert screen.windowTitle().endswith(MARK)
    assert playing.stage.play.exercise.stop_word in text


def test_that_a_hint_is_seen_once_it_is_given(playing, qtbot):
    playing.run.show_players()
    line = next(one for one in playing.stage.play.lines() if one.inject.hint)
    playing.stage.do(lambda play: play.deliver(line.inject.id))
    qtbot.waitUntil(lambda: line.inject.message in words_of(playing.run.players))
    assert line.inject.hint not in words_of(playing.run.players)
    playing.stage.do(lambda play: play.hint(line.inject.id))
    qtbot.waitUntil(lambda: line.inject.hint in words_of(playing.run.players))


def test_that_the_status_board_knows_only_what_was_told(playing):
    session, play = playing.session, playing.stage.play
    assert session.status_board(play) == []
    line = next(one for one in play.lines() if one.inject.happening.startswith("outage/"))
    playing.stage.do(lambda p: p.deliver(line.inject.id))
    known = session.status_board(play)
    assert 1 <= len(known) <= 3
    assert {one.state for one in known} <= {"down", "reduced"}


# --- never mistaken -----------------------------------------------------------------------------------


def test_that_the_window_is_marked_on_every_page_while_a_play_is_open(playing, window):
    assert window.windowTitle().startswith(MARK)
    window.open_workspace("map")
    assert playing.mark.border.isVisible()
    assert playing.mark.border.size() == window.size()
    assert playing.mark.band.isVisible()
    assert playing.stage.play.exercise.stop_word in playing.mark.band.words.text()
    window.setWindowTitle("Något annat")
    assert window.windowTitle().startswith(MARK)
    playing.stage.close()
    assert MARK not in window.windowTitle()
    assert playing.mark.border is None


def test_that_a_real_event_freezes_saves_and_leads_to_what_is_real(playing, window, qtbot):
    playing.run.show_players()
    screen, path = playing.run.players, playing.stage.play.log.path
    playing.run.clock.toggle()
    QTest.mouseClick(playing.mark.band.real, Qt.MouseButton.LeftButton)
    assert playing.stage.play is None
    assert window.pages.current in ("situation", "calendar")
    assert MARK not in window.windowTitle()
    assert "fryst" in screen.real.text()
    screen.close()
    frozen = Session.open_play(path, read_only=True)
    assert frozen.played.frozen
    frozen.log.close()


def test_that_a_frozen_play_can_be_thawed(playing, qtbot):
    assert not playing.run.back.isVisibleTo(playing.run)
    path = playing.stage.play.log.path
    playing.real_event()
    assert playing.stage.last == path
    assert playing.run.back.isVisibleTo(playing.run)
    playing.run.back.click()
    qtbot.waitUntil(lambda: playing.stage.play is not None and not playing.stage.busy, timeout=60_000)
    assert not playing.stage.is_live
    playing.run.go_on_after_all()
    assert playing.stage.is_live


def test_that_a_play_holds_no_real_number(playing):
    assert playing.session.organisation.of_kind("contact")
    assert not json.loads(playing.stage.play.log.organisation).get("contacts")


def test_that_the_proposed_file_says_what_it_is(page):
    assert page.run.proposal().name.startswith("ÖVNING")


# --- afterwards ---------------------------------------------------------------------------------------


def test_that_report_gaps_and_times_come_of_what_was_observed(playing, window, qtbot, tmp_path):
    org = playing.session.organisation
    function = org.of_kind("function")[0]
    objective = playing.stage.play.objectives[0]
    observe = playing.run.observe
    observe.objective.setCurrentIndex(observe.objective.findData(objective.id))
    observe.rating.setCurrentIndex(observe.rating.findData("not_met"))
    observe.text.setPlainText("Larmet gick efter två timmar.")
    observe.choose(function.id)
    observe.minutes.setText("9 h")
    observe.take()
    playing.tabs.setCurrentIndex(AFTER)
    qtbot.waitUntil(lambda: bool(playing.after.pages.images), timeout=60_000)
    row = playing.after.rows[0]
    assert row.name.text() == objective.name
    owner = org.of_kind("role")[0]
    row.owner.setCurrentIndex(row.owner.findData(owner.id))
    before = len(org.all(Gap))
    playing.after.put_gaps()
    gap = org.all(Gap)[-1]
    assert len(org.all(Gap)) > before
    assert gap.owner == owner.id
    assert gap.due is not None
    playing.after.put_times()
    assert org.get(function.id).achievable_rto == 540
    assert org.get(function.id).achievable_known == "tested"
    playing.after.form.folder.setText(str(tmp_path / "rapport"))
    with qtbot.waitSignal(playing.after.form.written, timeout=60_000) as got:
        playing.after.form.begin()
    assert all(path.exists() for path in got.args[0])


def test_that_a_play_is_looked_at_without_being_changed(playing, qtbot):
    path = playing.stage.play.log.path
    playing.stage.do(lambda play: play.note("Slut"))
    playing.stage.close()
    playing.stage.go_on(path, read_only=True)
    qtbot.waitUntil(lambda: playing.stage.play is not None and not playing.stage.busy, timeout=60_000)
    assert playing.tabs.currentIndex() == AFTER
    playing.tabs.setCurrentIndex(RUN)
    assert not playing.run.clock.run.isEnabled()
    assert not playing.run.log.line.isEnabled()


def test_that_everything_is_said_in_english_too(playing, window):
    window.language_to("en")
    try:
        assert playing.tabs.tabText(PREPARE) == "Prepare"
        assert playing.mark.band.words.text().startswith("EXERCISE EXERCISE EXERCISE")
        assert window.windowTitle().startswith("EXERCISE EXERCISE EXERCISE – ")
        assert "ÖVNING" not in window.windowTitle()
    finally:
        window.language_to("sv")


def test_that_another_document_puts_the_play_away(playing, window, session):
    window.documents.take(session)
    assert playing.stage.play is None
    assert playing.mark.border is None
