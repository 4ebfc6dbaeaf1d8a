"""The kernels say the same as plain Python as they do compiled."""

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
SCRIPT = """
import sys
sys.path[:0] = [{tests!r}, {here!r}]
from test_pay_rules import BANK_DOWN, UNKNOWN, with_one, with_stop
from pay_cases import Paid, agency, at
from continuity.simulation.cause_kernels import stalls
cases = [
    (agency(), {{}}),
    (agency(), {{"LINE": [(at(4, "6:00"), at(4, "17:00"))]}}),
    (with_one(stream={{"restart_allowance": 240}}), BANK_DOWN),
    (with_one("interim", cases_per_hour=1500, staff=20, set_up=300, down_for=60), BANK_DOWN),
    (with_stop(work=61), UNKNOWN),
    (with_one("early", standing=True, set_up=1440), {{"SYS": [(at(4, "0:00"), at(9, "0:00"))]}}),
]
for builder, outages in cases:
    paid = Paid(builder, outages)
    late = paid.block.paid > paid.plan.arrays.days["due"][:, None]
    print([v.tolist() for v in (paid.block.done, paid.block.state, paid.block.used, paid.block.finished,
        paid.block.covered, paid.block.blocked, paid.block.best)])
    print(stalls(paid.plan.arrays, paid.pieces, paid.block.done, late, paid.plan.horizon).tolist())
"""


def test_that_kernels_say_the_same_uncompiled(tmp_path):
    script = tmp_path / "cases.py"
    script.write_text(SCRIPT.format(tests=str(TESTS), here=str(TESTS / "payments")), encoding="utf-8")
    said = [
        subprocess.run(
            [sys.executable, "-B", str(script)],
            env={**os.environ, "NUMBA_DISABLE_JIT": off},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for off in ("0", "1")
    ]
    assert said[0] == said[1]
    assert said[0].count("\n") == 12
