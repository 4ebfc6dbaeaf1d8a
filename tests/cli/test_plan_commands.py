"""Plan packages from the command line: signed, sealed, numbered, in own words and form."""

import json
from pathlib import Path

import docx
import pytest

from continuity.cli.app import run
from continuity.exchange.organisation_json import write_organisation
from tests.planning.test_package_extras import listed

SECRET = "fyra ord som inte hör ihop"


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("UTHALLIG_KEY_PASSPHRASE", SECRET)
    monkeypatch.setenv("UTHALLIG_MODEL_PASSPHRASE", SECRET)
    path = tmp_path / "liten.json"
    write_organisation(listed(), path)
    return path


def plan(document: Path, out: Path, *more: str) -> int:
    return run(
        [
            "plan",
            str(document),
            "--out",
            str(out),
            "--lang",
            "en",
            "--formats",
            "html",
            "--profile",
            "cards",
            *more,
        ]
    )


def test_that_a_package_is_signed_and_verified_with_the_public_key(document, tmp_path, capsys) -> None:
    key, out = tmp_path / "k.pem", tmp_path / "p"
    assert run(["keys", str(key), "--lang", "en"]) == 0
    assert plan(document, out, "--sign", str(key), "--signer", "Vera") == 0
    assert run(["verify", str(out), "--key", str(tmp_path / "k.public.pem"), "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "whole and unchanged" in told
    assert "by Vera with your key" in told
    run(["keys", str(tmp_path / "other.pem")])
    assert run(["verify", str(out), "--key", str(tmp_path / "other.public.pem"), "--lang", "en"]) == 1
    assert "is signed with the key" in capsys.readouterr().err


def test_that_an_unsigned_package_says_so(document, tmp_path, capsys) -> None:
    assert plan(document, tmp_path / "p") == 0
    assert run(["verify", str(tmp_path / "p.zip"), "--lang", "en"]) == 0
    assert "Not signed" in capsys.readouterr().out


def test_that_a_wrong_passphrase_leaves_nothing(document, tmp_path, capsys, monkeypatch) -> None:
    run(["keys", str(tmp_path / "k.pem")])
    monkeypatch.setenv("UTHALLIG_KEY_PASSPHRASE", "en annan lösenfras")
    assert plan(document, tmp_path / "p", "--sign", str(tmp_path / "k.pem")) == 1
    assert "does not open this key" in capsys.readouterr().err
    assert not (tmp_path / "p").exists()


def test_that_without_a_terminal_a_passphrase_has_to_be_given(
    document, tmp_path, capsys, monkeypatch
) -> None:
    monkeypatch.delenv("UTHALLIG_MODEL_PASSPHRASE")
    assert plan(document, tmp_path / "p", "--model-copy") == 2
    assert "UTHALLIG_MODEL_PASSPHRASE" in capsys.readouterr().err


def test_that_the_sealed_model_opens_again_without_contacts_where_they_are_left_out(
    document, tmp_path
) -> None:
    assert plan(document, tmp_path / "p", "--model-copy", "--no-contacts") == 0
    sealed, out = tmp_path / "p" / "model.sealed", tmp_path / "m.json"
    assert run(["unseal", str(sealed), "--out", str(out)]) == 0
    records = json.loads(out.read_text("utf-8"))["records"]
    assert records["function"]
    assert not records.get("contact")
    assert run(["unseal", str(sealed), "--out", str(out)]) == 2


def test_that_every_copy_on_the_list_becomes_a_package(document, tmp_path, capsys) -> None:
    assert plan(document, tmp_path / "p", "--copy", "all") == 0
    assert sorted(one.name for one in tmp_path.glob("p-*.zip")) == ["p-01.zip", "p-03.zip"]
    assert plan(document, tmp_path / "q", "--copy", "2") == 1
    assert "no copy 2" in capsys.readouterr().err
    assert plan(document, tmp_path / "q", "--copy", "two") == 2


def test_that_own_words_begin_with_a_file_of_all_sentences(document, tmp_path, capsys) -> None:
    words = tmp_path / "words"
    assert run(["words", str(words)]) == 0
    assert run(["words", str(words)]) == 2
    path = words / "en.toml"
    path.write_text(path.read_text("utf-8") + '\n"Not a sentence of any plan" = "x"\n', "utf-8")
    assert plan(document, tmp_path / "p", "--words", str(words)) == 1
    assert "Not a sentence of any plan" in capsys.readouterr().err


def test_that_a_broken_word_form_is_told_with_its_paragraph(document, tmp_path, capsys) -> None:
    form = docx.Document()
    for text in ("Our form", "{{ titel }}", "{{p body }}"):
        form.add_paragraph(text)
    form.save(str(tmp_path / "form.docx"))
    given = ["--formats", "docx", "--form", str(tmp_path / "form.docx")]
    assert run(["plan", str(document), "--out", str(tmp_path / "p"), "--lang", "en", *given]) == 1
    told = capsys.readouterr().err
    assert "“titel” in paragraph 2" in told
    assert "Tags that there are: title" in told
