"""What the impacts propose, the classes, the pre-analysis, and the edits of the matrix."""

import json
from dataclasses import replace

import pytest

from continuity import places
from continuity.exchange.library import load_reference, load_scale
from continuity.exchange.organisation_json import read_organisation
from continuity.model.durations import DAY, HOUR, WEEK
from continuity.model.impact import (
    answered,
    cells_of,
    class_of,
    falling,
    judged,
    judged_class,
    proposed_mtpd,
    scale_of,
    spread,
    steps_of,
    unjudged,
    verdict,
    worded,
)
from continuity.model.kinds import Function
from continuity.model.values import ImpactCell
from tests.builders import Builder


@pytest.fixture(scope="module")
def scale():
    return load_scale("en")


def function(scale, **rows: str) -> Function:
    """A function whose rows are given as one digit for each step."""
    cells = tuple(
        ImpactCell(after=after, impact=impact, grade=int(grade))
        for impact, grades in rows.items()
        for after, grade in zip(steps_of(scale), grades, strict=True)
    )
    build = Builder()
    build.function("F", impact=cells)
    return build.build().all(Function)[0]


def changed(function: Function, edit) -> Function:
    return replace(function, **{name: new for name, (_, new) in edit.changes.items()})


def test_that_the_first_intolerable_step_of_any_type_is_proposed(scale):
    found = proposed_mtpd(function(scale, persons="0012344", trust="0002223", legal="0000123"), scale)
    assert (found.minutes, found.types) == (7 * DAY, ("persons",))
    both = proposed_mtpd(function(scale, persons="0012344", legal="0001333"), scale)
    assert both.types == ("persons", "legal")


def test_that_the_agency_says_what_is_intolerable(scale):
    one = function(scale, persons="0012344")
    assert proposed_mtpd(one, replace(scale, intolerable=4)).minutes == 14 * DAY
    assert proposed_mtpd(function(scale, persons="0000012"), scale) is None


def test_that_a_function_is_not_classed_before_it_is_judged(scale):
    assert judged_class(function(scale), scale) is None
    every = {kind.code: "0000000" for kind in scale.types}
    assert judged_class(function(scale, **every), scale) == len(scale.classes) - 1
    assert judged_class(replace(function(scale), mtpd=4 * HOUR), scale) == 0


@pytest.mark.parametrize(
    ("mtpd", "place"),
    [(1, 0), (DAY, 0), (DAY + 1, 1), (3 * DAY, 1), (14 * DAY, 2), (30 * DAY, 3), (31 * DAY, 4), (None, 4)],
)
def test_that_the_limit_belongs_to_its_class_where_the_scale_says_so(scale, mtpd, place):
    assert class_of(mtpd, scale) == place


def test_that_the_example_of_the_bsi_course_is_classed_as_published():
    case = json.loads((places.resources() / "known_answers" / "criticality" / "recplast.json").read_text())
    organisation = read_organisation(case["organisation"])
    scale = scale_of(organisation)
    for name, wanted in case["expected"].items():
        found = judged_class(organisation.find("function", name), scale)
        assert scale.classes[found].name == wanted, name
    # "3 days to 2 weeks" holds three days and not two weeks; four weeks are not "more than four weeks"
    assert [class_of(m, scale) for m in (3 * DAY - 1, 3 * DAY, 2 * WEEK - 1, 2 * WEEK, 4 * WEEK)] == [
        0, 1, 1, 2, 2,
    ]  # fmt: skip
    assert class_of(4 * WEEK + 1, scale) == 3


def test_that_harm_that_shrinks_with_time_is_found(scale):
    assert falling(function(scale, trust="0122334"), scale) is None
    assert falling(function(scale, trust="0121334"), scale) == ("trust", 3 * DAY)


def test_that_a_cell_is_judged_worded_and_cleared(scale):
    one = function(scale)
    assert unjudged(one, scale) == 6 * 7
    one = changed(one, judged(one, "trust", DAY, 3))
    one = changed(one, worded(one, "trust", DAY, "Top news"))
    assert cells_of(one)["trust", DAY] == ImpactCell(after=DAY, impact="trust", grade=3, words="Top news")
    one = changed(one, judged(one, "trust", DAY, 2))
    assert cells_of(one)["trust", DAY].words == "Top news"
    assert changed(one, judged(one, "trust", DAY, None)).impact == ()


def test_that_rows_are_spread_to_other_functions_as_one_step(scale):
    source = function(scale, persons="0012344", trust="0001112")
    build = Builder()
    build.function("G", impact=(ImpactCell(after=DAY, impact="persons", grade=1),))
    build.function("H", impact=(ImpactCell(after=DAY, impact="legal", grade=1),))
    organisation = build.build()
    organisation.apply(spread(source, ["persons"], organisation.all(Function)))
    g, h = organisation.all(Function)
    assert [cell.grade for cell in g.impact] == [0, 0, 1, 2, 3, 4, 4]
    assert cells_of(h)["legal", DAY].grade == 1
    assert len(h.impact) == 8


def test_that_one_yes_asks_for_the_full_analysis_and_only_noes_spare_it(scale):
    one = function(scale)
    codes = [question.code for question in scale.questions]
    assert verdict(one, scale) == "open"
    for code in codes[:-1]:
        one = changed(one, answered(one, code, "no"))
    assert verdict(one, scale) == "open"
    assert verdict(changed(one, answered(one, codes[-1], "unknown")), scale) == "open"
    assert verdict(changed(one, answered(one, codes[-1], "yes")), scale) == "full"
    assert verdict(changed(one, answered(one, codes[-1], "no")), scale) == "spared"


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_that_the_reference_agency_is_judged_whole(lang):
    organisation = load_reference(lang)
    scale = scale_of(organisation)
    for function in organisation.all(Function):
        assert unjudged(function, scale) == 0, function.code
        assert falling(function, scale) is None, function.code
        assert verdict(function, scale) == "full", function.code
        proposal = proposed_mtpd(function, scale)
        assert proposal.minutes == function.mtpd or function.mtpd_reason, function.code
    for kind in scale.types:
        assert all(getattr(kind, f"grade_{grade}") for grade in range(5))
