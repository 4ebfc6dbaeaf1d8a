"""Chains of causes, backlog and who is missed as the window says them; laws beside their editor."""

import datetime as dt
from dataclasses import replace

import pytest

from continuity.model.values import Law
from continuity.simulation.result import Backlog, BacklogSeries, Chain, Estimate, Link, Missed, Proportion
from tests.ui.results_builder import estimate
from tests.ui.testing_window import board, opened, ran
from ui.charts.levels import Period
from ui.charts.waiting import WaitingChart
from ui.forms.nested import law_said
from ui.panels.results.functions_page import FunctionsPage
from ui.runs import because


def plain(text: str) -> str:
    """Ordinary spaces for those that do not break."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def waits(**changes) -> Backlog:
    series = BacklogSeries((0, 360, 720), (0, 40, 90), (0, 40, 90), (0, 60, 120), (0, 70, 150), (0, 10, 0))
    made = Backlog(
        series=series,
        peak=estimate(90),
        peak_at=estimate(720),
        left=estimate(0),
        late=Proportion(100, 100, 0.9, 1.0),
        still_late=Proportion(0, 100, 0.0, 0.1),
        gone=estimate(2880),
        catch_up=estimate(600),
        wrt_breach=Proportion(25, 100, 0.2, 0.3),
        wrt_breach_at=estimate(900),
    )
    return replace(made, **changes)


def test_that_a_chain_is_said_from_what_fell_to_what_began_it(qapp, reference):
    hall, generator = (reference.find("resource", code).id for code in ("R-DH1", "R-GEN-DH1"))
    grid = reference.find("resource", "R-GRID-NORR").id
    chain = Chain(
        (Link(hall, "standby_empty", 31 * 60, generator), Link(grid, "outage", 0)),
        0.62,
    )
    said = plain(because.chain(reference, chain, None))
    assert said.startswith("62")
    assert said.index("Reservaggregat, datahall 1") < said.index("Regionnät el, norra")
    assert "1 d 7 h" in said


def test_that_backlog_is_said_with_peak_end_and_catching_up(qapp):
    said = plain(because.backlog(waits()))
    assert "90" in said and "2 d" in said and "10 h" in said and "75" in said
    still = because.backlog(waits(still_late=Proportion(90, 100, 0.8, 0.95), left=estimate(1234)))
    assert "1" in still and "234" in still
    assert because.backlog(None) == ""
    calm = because.backlog(waits(late=Proportion(0, 100, 0.0, 0.04)))
    assert calm and "90" not in calm


def test_that_every_reason_has_words(qapp):
    from continuity.simulation.chain_kernels import LINKS
    from continuity.simulation.pay_outcome import REASONS

    assert set(REASONS) == set(because.REASONS)
    assert {*LINKS, "backlog", "demand"} == set(because.LINKS)


def test_that_the_chart_of_what_waits_gives_its_numbers(qtbot):
    chart = WaitingChart()
    qtbot.addWidget(chart)
    chart.show_series(Period(dt.datetime(2027, 3, 1, tzinfo=dt.UTC), (0, 360, 720), (), 720), waits().series)
    chart.resize(600, 120)
    assert not chart.grab().isNull()
    numbers = chart.numbers()
    assert [numbers.text(row, 1) for row in range(3)] == ["0", "40", "90"]


def test_that_functions_without_a_queue_have_no_such_chart(window, reference, qtbot):
    page = opened(window, reference, "results")
    page.form.show_scenario(reference.find("scenario", "S05").id)
    ran(qtbot, board(window), page.form.ask)
    functions = next(one for one in page.pages if isinstance(one, FunctionsPage))
    page.tabs.setCurrentWidget(functions)
    assert functions.waiting_box.isHidden()  # the made-up result counts no cases


@pytest.mark.parametrize(
    ("law", "words"),
    [
        (Law(law="fixed", likely=240), ["4 h"]),
        (Law(law="uniform", low=60, high=180), ["2 h", "1 h 12 min", "2 h 48 min"]),
        (Law(law="uniform", low=180, high=60), ["kortaste"]),
    ],
)
def test_that_a_law_says_its_mean_and_quantiles_or_what_is_wrong(qapp, law, words):
    said = plain(law_said(law))
    assert all(word in said for word in words), said


def test_that_who_is_missed_is_told_with_the_reason(qapp):
    class Stream:
        missed = (
            Missed("not_covered", Estimate(1200.0, 1, 1, 1, 1)),
            Missed("late", Estimate(0.1, 0, 0, 0, 0)),
        )

    said = because.missed(Stream)
    assert "1" in said and "200" in said and said.count(":") == 2
