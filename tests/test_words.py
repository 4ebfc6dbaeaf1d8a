"""The word catalogues are complete and match the code."""

import io
import json
from pathlib import Path

import pytest

from continuity import words
from tests.test_ground import load


@pytest.fixture
def tool(tmp_path: Path):
    """The words tool over a small program of its own."""
    module = load("words")
    module.ROOT = tmp_path
    (tmp_path / "continuity" / "planning").mkdir(parents=True)
    (tmp_path / "plans").mkdir()
    (tmp_path / "ui").mkdir()
    (tmp_path / "continuity" / "a.py").write_text(
        '_("Save {name}")\nLABEL = N_("Open")\nngettext("{n} day", "{n} days", k)\n'
        'pgettext("verb", "Plan")\n',
        encoding="utf-8",
    )
    (tmp_path / "continuity" / "planning" / "b.py").write_text('words._("Pay day")\n', encoding="utf-8")
    (tmp_path / "plans" / "page.html").write_text("{{ _('Contacts') }}{% if x %}{{ _('Open') }}{% endif %}")
    (tmp_path / "plans" / "page.typ").write_text('#tr("Signed \\"here\\"")')
    module.extract()
    return module


def set_words(tool, monkeypatch, domain: str, wanted: dict) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(wanted)))
    return tool.main(["set", domain])


def test_that_catalogues_are_complete_and_match_the_code():
    assert load("words").faults() == []


def test_that_messages_are_found_in_python_jinja_and_typst(tool):
    assert {e.name for e in tool.read("core").values()} == {
        "Save {name}", "Open", "{n} day|{n} days", "verb\u0004Plan",
    }  # fmt: skip
    assert {e.name for e in tool.read("plans").values()} == {"Pay day", "Contacts", "Open", 'Signed "here"'}


def test_that_a_translation_is_set_and_kept(tool, monkeypatch):
    assert set_words(tool, monkeypatch, "core", {"{n} day|{n} days": ["{n} dag", "{n} dagar"]}) == 0
    assert set_words(tool, monkeypatch, "core", {"verb\u0004Plan": "Planera", "Open": "Öppna"}) == 0
    tool.extract()
    assert tool.read("core")["", "{n} day"].strings == ("{n} dag", "{n} dagar")
    assert tool.read("core")["verb", "Plan"].strings == ("Planera",)


def test_that_one_domain_takes_over_what_another_has_translated(tool, monkeypatch):
    set_words(tool, monkeypatch, "core", {"Open": "Öppna"})
    tool.extract()
    assert tool.read("plans")["", "Open"].strings == ("Öppna",)


@pytest.mark.parametrize(
    "wanted",
    [
        {"Save {name}": "Spara {namn}"},
        {"Save {name}": "Spara"},
        {"Save {name}": ["Spara {name}"] * 2},
        {"{n} day|{n} days": "{n} dagar"},
        {"{n} day|{n} days": ["en dag", "dagar"]},
        {"Save {name}": "Spara {name} "},
        {"Save {name}": "Spara {name:d}"},
        {"Nowhere": "Ingenstans"},
    ],
)
def test_that_a_wrong_translation_is_refused(tool, monkeypatch, capsys, wanted):
    before = tool.catalogue_path("core").read_bytes()
    assert set_words(tool, monkeypatch, "core", {"Open": "Öppna"} | wanted) == 1
    assert tool.catalogue_path("core").read_bytes() == before
    assert "Nothing was written" in capsys.readouterr().err


def test_that_unused_and_missing_messages_are_faults(tool, monkeypatch):
    set_words(tool, monkeypatch, "core", {"Open": "Öppna"})
    (tool.ROOT / "continuity" / "a.py").write_text('_("Close")\n', encoding="utf-8")
    found = "\n".join(tool.faults())
    assert "core: not translated: 'Close'" in found
    assert "core: unused: 'Open'" in found
    tool.extract()
    assert [e.name for e in tool.read("core").values()] == ["Close"]


def test_that_nothing_is_removed_while_a_file_cannot_be_read(tool, monkeypatch, capsys):
    set_words(tool, monkeypatch, "core", {"Open": "Öppna"})
    (tool.ROOT / "continuity" / "a.py").write_text('_("""Clo', encoding="utf-8")
    tool.extract()
    assert tool.read("core")["", "Open"].strings == ("Öppna",)
    assert "cannot be read" in capsys.readouterr().err


def test_that_one_message_has_one_translation(tool, monkeypatch):
    set_words(tool, monkeypatch, "core", {"Open": "Öppna"})
    set_words(tool, monkeypatch, "plans", {"Open": "Öppen"})
    assert any("one message, one translation" in fault for fault in tool.faults())


def test_that_placeholders_are_named():
    tool = load("words")
    for text in ("{}", "{0}", "{n:.1f}", "{n!r}", "{a.b}", "{", "%(name)s"):
        assert list(tool.faults_of(tool.Entry("", (text,), ("",)))), text


def test_that_domains_are_the_same_in_tool_and_program():
    assert tuple(load("words").DOMAINS) == words.DOMAINS
