"""What goes with a package: signature, numbered copies, a sealed model, own words, cards for the pocket."""

import dataclasses
import datetime as dt
import io
import json
import shutil
import stat
import zipfile
from pathlib import Path

import pikepdf
import pytest

from continuity import messages
from continuity.model.kinds import Plan
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.model.values import CopyHolder
from continuity.planning import PlanRequest, verify_package, write_package
from continuity.planning.own_words import plan_words, speaking, starter
from continuity.planning.sealed import seal, unseal
from continuity.planning.signature import make_keys, open_key, open_public
from continuity.planning.verify import signature_of
from tests.planning.plan_samples import GENERATED, id_, small

SECRET = "fyra ord som inte hör ihop"


def request(out: Path, **changes: object) -> PlanRequest:
    return PlanRequest(out=out, generated=GENERATED, formats=("html",), profile="cards", **changes)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    assert all(messages.sentence(p) != p.code for p in refused.value.problems)
    return [p.code for p in refused.value.problems]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "plans.pem"
    make_keys(path, SECRET)
    return path


@pytest.fixture(scope="module")
def signed(keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    key = open_key(keys, SECRET, "Vera Exempel")
    return write_package(small(), request(tmp_path_factory.mktemp("signed") / "p", key=key)).folder


# --- signature --------------------------------------------------------------------------------------


def test_that_a_signed_package_says_by_whom_in_folder_and_zip(signed: Path, keys: Path) -> None:
    public = open_public(keys.with_suffix(".public.pem"))
    for place in (signed, signed.with_name("p.zip")):
        assert verify_package(place, public) == []
        found = signature_of(place)
        assert (found.state, found.name, found.fingerprint) == ("signed", "Vera Exempel", public)
    assert json.loads((signed / "manifest.json").read_text("utf-8"))["signer"] == public
    assert public in (signed / "index.html").read_text("utf-8")


def _changed(signed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(signed, tmp_path / "copy"))


def test_that_a_new_manifest_breaks_the_signature(signed: Path, tmp_path: Path) -> None:
    copy = _changed(signed, tmp_path)
    plain = (copy / "manifest.json").read_text("utf-8")
    (copy / "manifest.json").write_text(plain.replace('"sv"', '"en"'), "utf-8")
    assert [p.code for p in verify_package(copy)] == ["package-signature-broken"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"statement": {}}', '{"statement": 1, "key": 2, "signature": 3}']
)
def test_that_a_damaged_signature_is_broken_and_no_traceback(signed: Path, tmp_path: Path, text: str) -> None:
    copy = _changed(signed, tmp_path)
    (copy / "manifest.sig").write_text(text, "utf-8")
    assert [p.code for p in verify_package(copy)] == ["package-signature-broken"]


def test_that_a_name_cannot_be_changed_in_a_signature(signed: Path, tmp_path: Path) -> None:
    copy = _changed(signed, tmp_path)
    text = (copy / "manifest.sig").read_text("utf-8")
    (copy / "manifest.sig").write_text(text.replace("Vera", "Bo"), "utf-8")
    assert signature_of(copy).state == "broken"


def test_that_a_signature_taken_away_is_missed(signed: Path, tmp_path: Path) -> None:
    copy = _changed(signed, tmp_path)
    (copy / "manifest.sig").unlink()
    assert [p.code for p in verify_package(copy)] == ["package-signature-missing"]


def test_that_another_key_is_told_from_the_right_one(signed: Path, tmp_path: Path) -> None:
    _public, other = make_keys(tmp_path / "other.pem", SECRET)
    assert [p.code for p in verify_package(signed, other)] == ["package-signed-by-another"]
    plain = write_package(small(), request(tmp_path / "plain")).folder
    assert verify_package(plain) == []
    assert signature_of(plain).state == "unsigned"
    assert [p.code for p in verify_package(plain, other)] == ["package-unsigned"]


def test_that_a_private_key_is_locked_and_for_its_owner_alone(keys: Path) -> None:
    assert b"ENCRYPTED" in keys.read_bytes()
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    with pytest.raises(Refused) as refused:
        open_key(keys, "something else entirely", "")
    assert codes(refused) == ["key-wrong-passphrase"]


def test_that_keys_are_never_written_over_nor_weak(keys: Path, tmp_path: Path) -> None:
    before = keys.read_bytes()
    with pytest.raises(Refused) as refused:
        make_keys(keys, SECRET)
    assert codes(refused) == ["key-exists"]
    assert keys.read_bytes() == before
    with pytest.raises(Refused) as refused:
        make_keys(tmp_path / "weak.pem", "1234")
    assert codes(refused) == ["passphrase-too-short"]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
def test_that_what_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "k.pem").write_bytes(content)
    for ask in (lambda: open_public(tmp_path / "k.pem"), lambda: open_key(tmp_path / "k.pem", SECRET, "")):
        with pytest.raises(Refused) as refused:
            ask()
        assert codes(refused) == ["key-not-one"]


# --- the sealed model -------------------------------------------------------------------------------


def test_that_the_model_goes_along_sealed_and_only_when_asked(tmp_path: Path) -> None:
    plain = write_package(small(), request(tmp_path / "without"), model=b"{}")
    assert "model.sealed" not in plain.files
    made = write_package(small(), request(tmp_path / "p", seal=SECRET), model=b'{"secret": "banken"}')
    data = (made.folder / "model.sealed").read_bytes()
    assert b"banken" not in data
    assert unseal(data, SECRET) == b'{"secret": "banken"}'
    assert "krypterad kopia" in (made.folder / "index.html").read_text("utf-8")


def test_that_a_sealed_copy_opens_with_its_passphrase_only() -> None:
    data = seal(b"x" * 1000, SECRET)
    with pytest.raises(Refused) as refused:
        unseal(data, SECRET + "!")
    assert codes(refused) == ["sealed-not-opened"]
    for place in (10, 60, len(data) - 1):
        with pytest.raises(Refused) as refused:
            unseal(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :], SECRET)
        assert codes(refused)[0] in ("sealed-not-opened", "sealed-not-one")
    with pytest.raises(Refused) as refused:
        unseal(b"uthallig-sealed 1 scrypt-99 aes-256-gcm\n" + b"x" * 60, SECRET)
    assert codes(refused) == ["sealed-not-one"]
    with pytest.raises(Refused) as refused:
        seal(b"x", "kort")
    assert codes(refused) == ["passphrase-too-short"]


# --- numbered copies --------------------------------------------------------------------------------


def listed() -> Organisation:
    from continuity.model.edits import Add

    organisation = small()
    holders = (
        CopyHolder(number=1, holder="Stabschef", place="Valvet"),
        CopyHolder(number=3, holder="Betalchef", place="Skåp 7"),
        CopyHolder(number=4, holder="It-chef", place="Hall 2", destroyed=dt.date(2026, 1, 1)),
    )
    functions = tuple(f.id for f in organisation.of_kind("function"))
    plan = Plan(id=id_("plan", "Z"), code="Z", name="Plan", covers=functions, copies=12, holders=holders)
    organisation.apply(Add(plan))
    return organisation


def test_that_a_copy_bears_its_number_on_every_page_and_a_receipt(tmp_path: Path) -> None:
    asked = dataclasses.replace(request(tmp_path / "p", copy=3), formats=("html", "pdf"), profile="full")
    made = write_package(listed(), asked)
    for page in made.folder.rglob("*.html"):
        assert "Exemplar 3 av 12, Betalchef, Skåp 7" in page.read_text("utf-8"), page.name
    assert json.loads((made.folder / "manifest.json").read_text("utf-8"))["copy"] == 3
    assert "kvittens.pdf" in made.files
    receipt = (made.folder / "kvittens.html").read_text("utf-8")
    assert all(word in receipt for word in ("Mottaget", "Återtaget", "Förstört", "Skåp 7"))


def test_that_the_place_of_a_copy_stands_in_the_full_profile_only(tmp_path: Path) -> None:
    made = write_package(listed(), dataclasses.replace(request(tmp_path / "p", copy=3), profile="team"))
    assert "Skåp 7" not in (made.folder / "kvittens.html").read_text("utf-8")


@pytest.mark.parametrize("number", [2, 4, 13])
def test_that_a_copy_that_is_not_on_the_list_is_refused(tmp_path: Path, number: int) -> None:
    with pytest.raises(Refused) as refused:
        write_package(listed(), request(tmp_path / "p", copy=number))
    assert codes(refused) == ["package-no-copy"]
    assert not (tmp_path / "p").exists()


# --- cards for the pocket ---------------------------------------------------------------------------


def test_that_cards_come_in_a6_with_tags_and_title(tmp_path: Path) -> None:
    made = write_package(small(), dataclasses.replace(request(tmp_path / "p"), formats=("pdf",)))
    small_ones = [name for name in made.files if name.endswith("-a6.pdf")]
    assert small_ones
    for name in small_ones:
        with pikepdf.open(io.BytesIO((made.folder / name).read_bytes())) as pdf:
            width, height = (round(float(v) / 72 * 25.4) for v in list(pdf.pages[0].MediaBox)[2:])
            assert (width, height) == (105, 148)
            assert len(pdf.pages) <= 2
            assert pdf.Root.Lang == "sv"
            assert bool(pdf.Root.MarkInfo.Marked)
    without = dataclasses.replace(request(tmp_path / "q", pocket=False), formats=("pdf",))
    assert not [name for name in write_package(small(), without).files if name.endswith("-a6.pdf")]


# --- own words --------------------------------------------------------------------------------------


def own(tmp_path: Path, text: str, language: str = "sv") -> Path:
    folder = tmp_path / "ord"
    folder.mkdir()
    (folder / f"{language}.toml").write_text(text, "utf-8")
    return folder


def test_that_an_agency_words_its_plans_itself(tmp_path: Path) -> None:
    folder = own(tmp_path, '"Gör så här" = "Åtgärder i ordning"\n"Missing" = "Fattas"\n')
    made = write_package(small(), request(tmp_path / "p", words=folder))
    text = "".join(page.read_text("utf-8") for page in made.folder.rglob("*.html"))
    assert "Åtgärder i ordning" in text
    assert "Gör så här" not in text
    assert plan_words("sv")._("Missing") != "Fattas"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('"Detta står inte i någon plan" = "x"', "own-words-unknown"),
        ('"Copy {number} of {of}" = "Exemplar {nummer}"', "own-words-placeholder"),
        ('"Copy {number} of {of}" = "Exemplar {number"', "own-words-placeholder"),
        ('"Copy {number} of {of}" = "{number.__class__}"', "own-words-placeholder"),
        ('"Missing" = 3', "own-words-no-text"),
        ('"Missing" = ["a", "b"]', "own-words-no-text"),
        ('"Missing" = ', "own-words-not-readable"),
    ],
)
def test_that_faulty_own_words_are_refused_with_their_sentence(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        write_package(small(), request(tmp_path / "p", words=own(tmp_path, text)))
    assert codes(refused) == [code]
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_that_the_file_to_begin_with_is_taken_as_it_is(tmp_path: Path, language: str) -> None:
    lines = starter(language).splitlines()
    text = "\n".join(line.removeprefix("# ") if line.startswith('# "') else line for line in lines)
    assert len(lines) > 300
    with speaking(own(tmp_path, text, language)):
        assert plan_words(language)._("Missing")


def test_that_the_zip_of_a_signed_package_holds_its_signature(signed: Path) -> None:
    with zipfile.ZipFile(signed.with_name("p.zip")) as archive:
        assert archive.read("manifest.sig") == (signed / "manifest.sig").read_bytes()
