"""The commands as a person types them: answers, exit codes, and sentences for what went wrong."""

import json
from pathlib import Path

import pytest

from continuity.cli.app import run
from continuity.exchange.organisation_json import write_organisation
from continuity.model.values import Change, PayDay
from continuity.session import Session
from tests.builders import Builder, fixed


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A small organisation as JSON: a function on a hall, one scenario, one measure."""
    b = Builder()
    b.resource("HALL")
    b.function("PAY", mtpd=300, rto=120)
    b.need("PAY", "HALL", code="N1")
    b.scenario("X", horizon_days=10)
    b.event("X", elements=["HALL"], offset=60, duration=fixed(600))
    path = tmp_path / "small.json"
    write_organisation(b.build(), path)
    return path


def broken(document: Path, change) -> Path:
    plain = json.loads(document.read_text(encoding="utf-8"))
    change(plain["records"])
    path = document.with_name("broken.json")
    path.write_text(json.dumps(plain), encoding="utf-8")
    return path


def test_that_a_new_document_is_made_and_opens(tmp_path: Path, capsys) -> None:
    path = tmp_path / "ny.uthallig"
    assert run(["new", str(path), "--lang", "sv"]) == 0
    with Session.open(path, read_only=True) as session:
        assert len(session.organisation) == 0
    assert run(["new", str(path)]) == 1
    assert str(path) in capsys.readouterr().err


def test_that_check_lists_what_is_missing_and_says_so_by_its_exit_code(document: Path, capsys) -> None:
    assert run(["check", str(document), "--lang", "en"]) == 0
    assert "Nobody owns PAY PAY." in capsys.readouterr().out

    def too_slow(records):
        records["function"][0]["rto"] = "6 h"

    assert run(["check", str(broken(document, too_slow)), "--lang", "en"]) == 1
    assert "take longer than the tolerable outage (5 h)" in capsys.readouterr().out.replace("\xa0", " ")


def test_that_check_answers_in_json(document: Path, capsys) -> None:
    run(["check", str(document), "--json", "-"])
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert {"no-owner", "no-agency"} <= {problem["code"] for problem in problems}


def test_that_every_fault_of_a_file_is_told_at_once_with_its_path(document: Path, capsys) -> None:
    def wrong(records):
        records["function"][0].update(mtpd=-5, mbco=2000, last_review="yesterday", colour="red")
        records["need"][0]["supplies"][0]["element"] = "NOWHERE"
        records["resource"].append(dict(records["resource"][0]))
        records["resource"][0]["tags"] = "own-it"

    path = broken(document, wrong)
    assert run(["check", str(path), "--lang", "en"]) == 1
    err = capsys.readouterr().err
    for place in (
        "records.function[0].mtpd", "records.function[0].mbco", "records.function[0].last_review",
        "records.function[0].colour", "records.need[0].supplies[0].element", "records.resource[0].tags",
        "records.resource[1]",
    ):  # fmt: skip
        assert place in err
    assert "Traceback" not in err


def test_that_a_simulation_prints_its_headline_and_json(document: Path, tmp_path: Path, capsys) -> None:
    out = tmp_path / "out.json"
    arguments = ["simulate", str(document), "--scenario", "X", "--replications", "32", "--json", str(out)]
    assert run([*arguments, "--lang", "en"]) == 0
    assert "PAY" in capsys.readouterr().out
    answer = json.loads(out.read_text(encoding="utf-8"))
    assert {"program_version", "seed", "fingerprint"} <= (answer.keys() | answer.get("meta", {}).keys())


def test_that_an_unknown_name_says_which_exist(document: Path, capsys) -> None:
    assert run(["simulate", str(document), "--scenario", "WAR", "--lang", "en"]) == 2
    assert "There is no scenario “WAR”. There are:\n  X X" in capsys.readouterr().err
    arguments = ["simulate", str(document), "--scenario", "X", "--with", "M1", "--lang", "en"]
    assert run(arguments) == 2
    assert "“M1”" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["simulate", "{file}"],
        ["simulate", "{file}", "--scenario", "X", "--start", "soon"],
        ["simulate", "{file}", "--scenario", "X", "--scheduler", "somewhere"],
        ["plan", "{file}"],
        ["export", "{file}", "x.pdf"],
        ["fly"],
        ["demo", "--lang", "de"],
    ],
)
def test_that_wrong_use_is_told_in_a_line_and_exits_with_two(document: Path, arguments, capsys) -> None:
    assert run([argument.format(file=document) for argument in arguments]) == 2
    err = capsys.readouterr().err
    assert err.strip()
    assert "Traceback" not in err


@pytest.mark.parametrize("replications", ["0", "-1", "1000000000"])
def test_that_absurd_numbers_of_replications_are_refused(document: Path, replications: str, capsys) -> None:
    assert run(["simulate", str(document), "--scenario", "X", "--replications", replications]) in (1, 2)
    assert "Traceback" not in capsys.readouterr().err


def test_that_export_and_import_change_nothing(document: Path, tmp_path: Path) -> None:
    path, first, second = tmp_path / "a.uthallig", tmp_path / "1.json", tmp_path / "2.json"
    assert run(["import", str(path), str(document)]) == 0
    assert run(["export", str(path), str(first)]) == 0
    other = tmp_path / "b.uthallig"
    assert run(["import", str(other), str(first)]) == 0
    assert run(["export", str(other), str(second)]) == 0
    one, two = (json.loads(p.read_text(encoding="utf-8")) for p in (first, second))
    assert one["records"] == two["records"]


def test_that_a_missing_file_and_a_picture_are_told_plainly(tmp_path: Path, capsys) -> None:
    picture = tmp_path / "a.uthallig"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    for path in (tmp_path / "none.uthallig", picture, tmp_path):
        assert run(["check", str(path)]) == 1
        err = capsys.readouterr().err
        assert str(path) in err
        assert "Traceback" not in err
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_that_an_unwritable_target_is_told(document: Path, tmp_path: Path, capsys) -> None:
    target = tmp_path / "missing" / "folder" / "out.json"
    assert run(["export", str(document), str(target)]) == 1
    assert "out.json" in capsys.readouterr().err


def test_that_a_target_that_cannot_be_written_is_told_before_the_run(
    document: Path, tmp_path: Path, capsys
) -> None:
    for target in (tmp_path / "missing" / "out.json", tmp_path):
        arguments = ["simulate", str(document), "--scenario", "X", "--json", str(target), "--lang", "en"]
        assert run(arguments) == 1
        err = capsys.readouterr().err
        assert f"{target} cannot be written" in err
        assert "Traceback" not in err


def test_that_a_package_never_replaces_what_is_not_ours(document: Path, tmp_path: Path, capsys) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "letter.txt").write_text("dear", encoding="utf-8")
    assert run(["plan", str(document), "--out", str(folder), "--lang", "en"]) == 1
    assert run(["demo", "--out", str(folder), "--lang", "en"]) == 1
    assert [p.name for p in folder.iterdir()] == ["letter.txt"]
    assert "not empty" in capsys.readouterr().err


def test_that_the_version_is_said_and_the_language_may_come_first(tmp_path: Path, capsys) -> None:
    assert run(["--version"]) == 0
    assert "0." in capsys.readouterr().out
    assert run(["--lang", "en", "verify", str(tmp_path / "none")]) == 1
    assert "There is no such folder or file." in capsys.readouterr().err


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    """A stream on a hall that fails on its pay day, and two measures, one of them useless."""
    b = Builder()
    b.resource("HALL")
    b.function("PAY", mbco=500)
    b.need("PAY", "HALL", code="N1")
    b.scenario("X", name="Loss: the hall", horizon_days=10)
    b.event("X", elements=["HALL"], probability=0.5, offset=4 * 1440, duration=fixed(3 * 1440))
    b.add("stream", "S", payees=1000, amount=10, livelihood="sole", pay_days=(PayDay(day=5),))
    b.add("stage", "T", stream="S", element="PAY", opens_at=480, work=60, reaches="usable")
    for code, minutes, cost in (("M1", 5 * 1440, 100), ("M2", 60, 50)):
        longer = Change(kind="need", target="N1", values={"autonomy": minutes})
        b.add("measure", code, name=f"Measure {code}", changes=(longer,), cost_once=cost)
    path = tmp_path / "agency.json"
    write_organisation(b.build(), path)
    return path


def test_that_sets_are_compared_in_words_and_in_json(agency: Path, tmp_path: Path, capsys) -> None:
    target = tmp_path / "sets.json"
    asked = [
        "compare",
        str(agency),
        "--scenario",
        "X",
        "--with",
        "M1",
        "--with",
        "M2",
        "--replications",
        "200",
    ]
    assert run([*asked, "--json", str(target), "--lang", "en"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Sets of measures, each against nothing on the same draws" in said
    assert "M1 Measure M1: nobody waits." in said
    plain = json.loads(target.read_text(encoding="utf-8"))
    assert plain["kind"] == "uthallig-sets"
    assert plain["meta"]["seed"] == 1
    assert len(plain["meta"]["scenarios"][0]["fingerprint"]) == 64
    nothing, first, second = plain["sets"]
    assert set(nothing["in_need_unpaid"]) == {"mean", "error", "p10", "p50", "p90"}
    assert first["in_need_unpaid"]["mean"] == 0
    assert second["gain"]["in_need_unpaid"] == {"mean": 0, "low": 0, "high": 0}
    assert run([*asked[:-2], "--with", "M1,M2", "--lang", "en"]) == 1
    assert "different values. Switch one of them off" in capsys.readouterr().err
    assert run(["compare", str(agency), "--scenario", "X", "--lang", "en"]) == 2


def test_that_the_best_set_is_said_with_what_was_tried(agency: Path, tmp_path: Path, capsys) -> None:
    target = tmp_path / "best.json"
    asked = ["optimise", str(agency), "--budget", "120", "--replications", "200", "--lang", "en"]
    assert run([*asked, "--scenario", "X:2", "--json", str(target)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Proven: all 2 affordable sets of measures that make a difference were tried." in said
    plain = json.loads(target.read_text(encoding="utf-8"))
    assert plain["kind"] == "uthallig-optimum"
    codes = [plain["records"][one["measure"]]["code"] for one in plain["bought"]]
    assert codes == ["M1"]
    assert [one["weighting"] for one in plain["weighed"]] == ["decided", "in_need", "payees", "sek"]
    assert run(["optimise", str(agency), "--budget", "20", "--scenario", "X", "--lang", "en"]) == 1
    assert "20 SEK is enough for no measure: the cheapest, “Measure M2”" in capsys.readouterr().err
    assert run(["optimise", str(agency), "--budget", "20", "--scenario", "X:much", "--lang", "en"]) == 2
    assert run(["optimise", str(agency), "--budget", "20", "--lang", "en"]) == 2
