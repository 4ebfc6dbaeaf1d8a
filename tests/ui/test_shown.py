"""Values become words and figures, and typed text becomes values again."""

import datetime as dt

import pytest

from continuity.messages import sentence
from continuity.model.fields import FieldType, Spec
from continuity.model.kinds import KINDS
from continuity.model.problems import Refused
from tests.ui.conftest import small
from ui.shown import nested, shown, typed


def spec(kind: FieldType, **more) -> Spec:
    return Spec(type=kind, label="Field", **more)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (FieldType.MINUTES, 4320, "3 d"),
        (FieldType.MINUTES, 90, "1 h 30 min"),
        (FieldType.PERMILLE, 455, "45,5 %"),
        (FieldType.SEK, 1250000, "1 250 000 kr"),
        (FieldType.COUNT, 12500, "12 500"),
        (FieldType.MILLI, 1250, "1,25"),
        (FieldType.NUMBER, 0.25, "0,25"),
        (FieldType.CLOCK, 480, "08:00"),
        (FieldType.DATE, dt.date(2027, 1, 25), "2027-01-25"),
        (FieldType.TAGS, ("el", "kritisk"), "el, kritisk"),
        (FieldType.TEXT, "Elnät", "Elnät"),
    ],
)
def test_that_a_value_is_shown_and_read_back(kind, value, text):
    assert shown(spec(kind), value).replace("\u00a0", " ") == text
    assert typed(spec(kind), text) == value


def test_that_choices_are_shown_in_words_and_read_by_word_or_code():
    rule = KINDS["need"].specs["rule"]
    assert shown(rule, "k_of_n") == "Minst k av dem"
    assert typed(rule, "minst k av dem") == typed(rule, "k_of_n") == "k_of_n"


def test_that_records_are_shown_by_name_and_read_by_name_or_code():
    organisation = small()
    element = KINDS["supply"].specs["element"]
    grid = organisation.find("resource", "GRID")
    assert shown(element, grid.id, organisation) == "Elnät"
    assert typed(element, "GRID", organisation) == typed(element, "Elnät", organisation) == grid.id


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (FieldType.MINUTES, "snart", "”snart” är ingen tidslängd."),
        (FieldType.CLOCK, "25:00", "”25:00” är inget klockslag."),
        (FieldType.DATE, "25/1", "”25/1” är inget datum."),
        (FieldType.SEK, "mycket", "”mycket” är inget tal."),
        (FieldType.COUNT, "1,5", "”1,5” är inget heltal."),
        (FieldType.FLAG, "kanske", "”kanske” är varken ja eller nej."),
    ],
)
def test_that_what_cannot_be_read_is_said_in_a_sentence(kind, text, said):
    with pytest.raises(Refused) as refused:
        typed(spec(kind), text)
    assert sentence(refused.value.problems[0]) == said


def test_that_bounds_are_said_in_the_units_of_the_field():
    with pytest.raises(Refused) as refused:
        typed(spec(FieldType.PERMILLE, low=0, high=1000), "120 %")
    assert sentence(refused.value.problems[0]).replace("\u00a0", " ") == "120 % är för mycket; högst 100 %."


def test_that_blank_is_none_only_where_the_field_may_be_blank():
    assert typed(spec(FieldType.MINUTES, optional=True), " ") is None
    with pytest.raises(Refused):
        typed(spec(FieldType.MINUTES), " ")


def test_that_a_nested_value_is_one_line_of_what_it_says():
    law = KINDS["resource"].specs["repair"].value
    said = nested(law(law="pert", low=60, likely=240, high=1440)).replace("\u00a0", " ")
    assert said == "PERT · 1 h · 4 h · 1 d"
