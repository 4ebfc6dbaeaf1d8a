"""Fourteen answers become a model that can be checked; blanks become questions."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from continuity.model.kinds import Gap, Need, StaffGroup, Stage, Stream, Supply
from continuity.model.organisation import Organisation
from ui.first_model import QUESTIONS, first_model
from ui.runs import said

ANSWERS = {
    "agency": "Länsbidraget", "benefit": "Bostadsbidrag", "payees": 12000, "amount": 4100, "day": 25,
    "hardship": 3, "bank": "Banken", "cutoff": 900, "system": "Betal", "register": "Beslut",
    "people": "Betalgruppen", "headcount": 9, "room": "Huset", "power": 2880,
}  # fmt: skip


def built(answers) -> Organisation:
    organisation = Organisation("5d0c8a4e-6a1b-4b7e-9d0e-7b1f2a3c4d5e")
    organisation.apply(first_model(answers))
    return organisation


def test_that_fourteen_answers_build_a_chain_from_power_to_pay_day():
    organisation = built(ANSWERS)
    assert len(ANSWERS) == len(QUESTIONS) == 14
    stream = organisation.all(Stream)[0]
    assert (stream.payees, stream.hardship_days, stream.pay_days[0].day) == (12000, 3, 25)
    assert [s.reaches for s in organisation.parts(stream.id, Stage)] == ["made", "sent", "executed", "usable"]
    assert (stream.amount, organisation.get(stream.function).name) == (4100, "Betala ut Bostadsbidrag")
    sent = organisation.parts(stream.id, Stage)[1]
    assert (sent.cutoff_days, sent.cutoff_at) == (1, 900)
    linked = {s.element for s in organisation.all(Supply)} | {n.dependent for n in organisation.all(Need)}
    assert linked == {element.id for element in organisation.elements}, "nothing stands alone on the map"
    assert organisation.all(StaffGroup)[0].headcount == 9
    needs = {(organisation.get(n.dependent).name, n.name): n.autonomy for n in organisation.all(Need)}
    assert needs["Huset", "El från nätet"] == 2880
    assert ("Betala ut Bostadsbidrag", "Betal") in needs
    assert organisation.count("gap") == 0
    assert organisation.agency.name == "Länsbidraget"


def test_that_blanks_become_open_questions_and_nothing_else():
    organisation = built({"benefit": "Bostadsbidrag"})
    assert organisation.count("gap") == 13
    assert "Ta reda på: Vilken bank tar emot betalfilen?" in {g.name for g in organisation.all(Gap)}
    assert organisation.count("resource") == 0
    assert organisation.count("stage") == 4


def test_that_the_start_page_leads_through_the_questions_to_the_map(window, qtbot):
    QTest.mouseClick(window.start.doors["new"], Qt.MouseButton.LeftButton)
    wizard = window.wizard
    QTest.keyClicks(wizard.rows["benefit"].editor, "Housing")
    QTest.keyClicks(wizard.rows["day"].editor, "44")
    wizard.build()
    assert wizard.isVisible(), "a day that does not exist is not taken"
    assert "5" in wizard.why_not.text()
    assert wizard.focusWidget() is wizard.rows["day"].editor
    wizard.rows["day"].editor.setText("25")
    wizard.build()
    qtbot.waitUntil(lambda: window.pages.current == "map", timeout=20000)
    page = window.pages.made["map"]
    qtbot.waitUntil(lambda: len(page.map.nodes) == 1 and len(page.map.tiles) == 1, timeout=20000)
    assert window.desk.session.organisation.all(Stream)[0].name == "Housing"
    window.desk.session.close()


def test_that_the_questions_without_an_answer_build_nothing_and_say_so(window):
    window.ask()
    window.wizard.build()
    assert window.wizard.isVisible()
    assert window.wizard.why_not.text().startswith("Besvara minst en fråga")
    window.wizard.reject()


def test_that_an_amount_that_nobody_stated_is_not_shown_as_none(swedish):
    assert said.amount(0, 12000) == "beloppet är inte känt"
    assert "0" in said.amount(0, 0)
