"""simulate --sweep: the calendar of harm on the command line."""

import json
from pathlib import Path

import pytest

from continuity.cli.app import run
from continuity.exchange.library import load_reference
from continuity.exchange.organisation_json import write_organisation


@pytest.fixture(scope="module")
def document(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("sweep") / "reference.json"
    write_organisation(load_reference("en"), path)
    return path


def test_that_every_day_is_listed_and_written_as_json(document, tmp_path, capsys):
    out = tmp_path / "sweep.json"
    asked = ["simulate", str(document), "--scenario", "S05", "--sweep", "2027-02", "--replications", "64"]
    assert run([*asked, "--lang", "en", "--json", str(out)]) == 0
    told = capsys.readouterr().out
    assert "Tue 16 Feb" in told
    assert "Worst to begin on" in told
    plain = json.loads(out.read_text(encoding="utf-8"))
    assert plain["kind"] == "uthallig-sweep"
    assert [d["date"] for d in plain["days"]] == [f"2027-02-{n:02d}" for n in range(1, 29)]
    assert {"mean", "error", "p10", "p50", "p90"} == set(plain["days"][0]["in_need_unpaid"])
    assert plain["records"][plain["scenario"]]["code"] == "S05"
    assert plain["program_version"]
    assert plain["days"][3]["fingerprint"]


@pytest.mark.parametrize(
    "more",
    [
        ["--sweep", "February"],
        ["--sweep", "2027-02", "--start", "2027-02-01"],
        ["--sweep", "2027-02", "--precision", "1"],
    ],
)
def test_that_what_does_not_go_together_is_wrong_use(document, capsys, more):
    assert run(["simulate", str(document), "--scenario", "S05", *more, "--lang", "en"]) == 2
    assert "--sweep" in (err := capsys.readouterr().err) or "month" in err
