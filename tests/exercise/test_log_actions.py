"""Whatever can happen to an inject has its sentence in the log."""

import re
from pathlib import Path

from continuity.exercise.log import INJECT_STATES

EXERCISE = Path(__file__).parents[2] / "continuity" / "exercise"


def test_that_every_action_on_an_inject_is_told_in_words():
    from ui.panels.exercise.log_page import _INJECT

    source = "".join(path.read_text(encoding="utf-8") for path in EXERCISE.glob("*.py"))
    asked = set(re.findall(r'action == "(\w+)"', source)) - {"start", "end"}
    assert {"reword", "retime", "add", "hint"} <= asked
    assert (asked | INJECT_STATES.keys()) - _INJECT.keys() == set()
