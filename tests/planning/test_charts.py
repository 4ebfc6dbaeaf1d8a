"""Pictures: levels over time, and who needs whom in layers."""

import xml.etree.ElementTree as ET

import pytest

from continuity.planning.charts.layers import Node, layer_picture
from continuity.planning.charts.levels import Course, Mark, Spell, level_picture, spells, state
from continuity.planning.dependencies import Dependencies
from continuity.planning.typeface import fitted, shown, text_width
from continuity.words import words_in
from tests.planning.plan_samples import HOSTILE, START, id_, small

SV = words_in("sv")


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_that_times_below_the_least_level_are_found() -> None:
    grid = (0, 10, 20, 30, 40)
    assert spells(grid, (1000, 400, 400, 900, 300), 500) == [
        Spell(10, 30, open=False),
        Spell(40, 40, open=True),
    ]
    assert spells(grid, (500,) * 5, 500) == []


@pytest.mark.parametrize(
    "level, least, word", [(1000, 500, "full"), (999, 500, "reduced"), (499, 500, "lost")]
)
def test_that_a_level_has_a_state(level: int, least: int, word: str) -> None:
    assert state(level, least) == word


def test_that_pay_days_and_the_least_level_stand_in_the_picture() -> None:
    course = Course(START, (0, 1440, 2880), (1000, 300, 1000), (1000, 0, 0), 500)
    said = texts(level_picture(course, [Mark(1440, "25"), Mark(99_999, "outside")], "Bild", SV))
    assert "25" in said
    assert "outside" not in said
    assert any("50\u00a0%" in text and "ägsta" in text for text in said)


def test_that_states_differ_without_colour() -> None:
    course = Course(START, (0, 1440, 2880), (1000, 700, 0), (1000, 700, 0), 500)
    assert 'fill="url(#reduced)"' in level_picture(course, [], "Bild", SV)


def test_that_hostile_names_stay_text_in_pictures() -> None:
    nodes = [[Node("a", HOSTILE, "function")], [Node("b", "<b>&", "resource")]]
    picture = layer_picture(nodes, [("a", "b")], HOSTILE, SV)
    root = ET.fromstring(picture)
    assert {child.tag.rpartition("}")[2] for child in root.iter()} <= {
        "svg", "defs", "pattern", "rect", "path", "text", "line",
    }  # fmt: skip
    assert "<b>&" in texts(picture)


def test_that_names_fit_their_boxes() -> None:
    for line in fitted("Omhändertagande av driftstörningsrapporter " * 3, 60, 7, lines=2):
        assert text_width(line, 7) <= 60


def test_that_the_typeface_names_what_it_cannot_show() -> None:
    assert shown("åäö ☐ – 25\u00a0%") == "åäö ☐ – 25\u00a0%"
    assert shown("hej 🙂") == "hej [slightly smiling face]"


def test_that_layers_leave_out_what_others_imply() -> None:
    organisation = small()
    graph = Dependencies(organisation)
    function, system, power = id_("function", "F-1"), id_("resource", "R-1"), id_("resource", "R-2")
    layers, edges = graph.layers({function, system, power})
    assert layers == [[function], [system], [power]]
    assert edges == sorted([(function, system), (system, power)])
    # With the system out of the picture the way through it is an edge of its own.
    assert graph.layers({function, power}) == ([[function], [power]], [(function, power)])
    assert graph.carried()[power] == 1
