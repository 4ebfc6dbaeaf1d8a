"""Published and closed-form answers, kept as data in ``resources/known_answers``."""

import json
from pathlib import Path

import pytest

from bench.known_answers import ERRORS, SAMPLES, answers, cases

CASES = cases()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_that_the_engines_reproduce(path: Path) -> None:
    found = list(answers(path, SAMPLES))
    assert [a for a in found if not a.good] == []
    assert all(abs(a.errors) < ERRORS for a in found if a.errors is not None)


def test_that_a_wrong_answer_is_seen(tmp_path: Path) -> None:
    wrong = json.loads(next(p for p in CASES if p.stem == "theatre").read_text("utf-8"))
    wrong["expect"][0] |= {"is": 0.0207, "exact": 0.0207}
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(wrong), encoding="utf-8")
    assert [a.good for a in answers(path, 20_000)] == [False, False]


def test_that_the_standby_case_is_down_as_long_as_published() -> None:
    case = json.loads(next(p for p in CASES if p.stem == "standby").read_text("utf-8"))
    (expected,) = case["expect"]
    spans = [
        b - a
        for (a, level), (b, _) in zip(expected["pieces"], expected["pieces"][1:], strict=False)
        if not level
    ]
    assert sum(spans) == expected["minutes_down"] == 240
