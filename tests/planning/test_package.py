"""The package: whole or not at all, verified to the byte, the same for the same plan."""

import dataclasses
import errno
import json
import threading
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from continuity import messages
from continuity.exchange.library import load_reference
from continuity.model.edits import amend
from continuity.model.problems import Refused
from continuity.planning import (
    PlanCancelled,
    PlanPackage,
    PlanRequest,
    available,
    place,
    preview,
    preview_pages,
    verify_package,
    write_package,
)
from tests.planning.plan_samples import GENERATED, id_, sample_run, small


def request(out: Path, **changes: object) -> PlanRequest:
    return PlanRequest(out=out, generated=GENERATED, results=sample_run(small()), **changes)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> PlanPackage:
    return write_package(small(), request(tmp_path_factory.mktemp("plans") / "paket"))


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [p.code for p in refused.value.problems]


def test_that_a_package_is_a_folder_and_a_zip_of_the_same(package: PlanPackage) -> None:
    on_disk = {p.relative_to(package.folder).as_posix() for p in package.folder.rglob("*") if p.is_file()}
    assert on_disk == set(package.files)
    with zipfile.ZipFile(package.zip) as archive:
        assert set(archive.namelist()) == on_disk
        assert archive.read("index.html") == (package.folder / "index.html").read_bytes()
    assert verify_package(package.folder) == []
    assert verify_package(package.zip) == []


def test_that_each_plan_is_there_in_each_format(package: PlanPackage) -> None:
    papers = {name for name in package.files if name.endswith(".pdf")}
    stems = {name.removesuffix(".pdf") for name in papers if not name.endswith("-a6.pdf")}
    assert {f"{stem}.html" for stem in stems} <= set(package.files)
    assert {f"{stem}.docx" for stem in stems} <= set(package.files)
    assert set(package.pages) == papers
    assert all(package.pages.values())
    assert [n for n in package.files if n.endswith(".txt")]


def test_that_the_start_page_leads_to_every_plan_and_back(package: PlanPackage) -> None:
    for page in package.folder.rglob("*.html"):
        soup = BeautifulSoup(page.read_text("utf-8"), "html5lib")
        for link in soup.find_all("a"):
            address = link["href"]
            assert "://" not in address
            if not address.startswith("#"):
                assert (page.parent / address).resolve().is_file(), (page.name, address)
    index = BeautifulSoup((package.folder / "index.html").read_text("utf-8"), "html5lib")
    linked = {a["href"] for a in index.find_all("a")}
    assert set(package.files) - linked == {"index.html", "manifest.json"}


def test_that_the_start_page_says_what_the_package_reveals(package: PlanPackage, tmp_path: Path) -> None:
    assert "Håll det inlåst" in (package.folder / "index.html").read_text("utf-8")
    cards = write_package(small(), request(tmp_path / "kort", profile="cards", formats=("html",)))
    text = (cards.folder / "index.html").read_text("utf-8")
    assert "Bara kort" in text
    assert "Håll det inlåst" not in text


def test_that_the_search_finds_words_inside_the_plans(package: PlanPackage) -> None:
    index = BeautifulSoup((package.folder / "index.html").read_text("utf-8"), "html5lib")
    words = json.loads(index.find(id="words").string)
    assert "valvet" in words["sheet/B-1/2027-01-20"].split()
    assert set(words) == {li["data-key"] for li in index.find_all("li", attrs={"data-key": True})}


def test_that_the_manifest_tells_run_profile_and_language(package: PlanPackage) -> None:
    plain = json.loads((package.folder / "manifest.json").read_text("utf-8"))
    assert plain["profile"] == "full"
    assert plain["language"] == "sv"
    assert plain["run"]["seed"] == 1
    assert set(plain["files"]) == set(package.files) - {"manifest.json"}


def test_that_the_same_input_gives_the_same_bytes(package: PlanPackage, tmp_path: Path) -> None:
    again = write_package(small(), request(tmp_path / "paket"))
    assert again.zip.read_bytes() == package.zip.read_bytes()


def test_that_no_contact_is_left_when_they_are_left_out(tmp_path: Path) -> None:
    made = write_package(small(), request(tmp_path / "p", contacts=False, formats=("html", "txt")))
    assert not [name for name in made.files if (made.folder / name).read_bytes().find(b"Vera Exempel") >= 0]


@pytest.mark.parametrize("name", ["index.html", "forsta-timmen.pdf", "kort/h-1-stoppa-filen.txt"])
def test_that_a_flipped_byte_is_found(package: PlanPackage, tmp_path: Path, name: str) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(package.folder, copy)
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)
    assert [(p.code, p.path) for p in verify_package(copy)] == [("package-file-changed", name)]


def test_that_missing_and_extra_files_are_found(package: PlanPackage, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(package.folder, copy)
    (copy / "kontakter.pdf").unlink()
    (copy / "eget.txt").write_text("mitt")
    assert {(p.code, p.path) for p in verify_package(copy)} == {
        ("package-file-missing", "kontakter.pdf"),
        ("package-file-extra", "eget.txt"),
    }


def test_that_a_damaged_zip_is_found(package: PlanPackage, tmp_path: Path) -> None:
    data = bytearray(package.zip.read_bytes())
    data[len(data) // 3] ^= 255
    damaged = tmp_path / "paket.zip"
    damaged.write_bytes(data)
    assert verify_package(damaged)
    damaged.write_bytes(data[: len(data) // 2])
    assert [p.code for p in verify_package(damaged)] == ["package-not-readable"]


@pytest.mark.parametrize(
    "text, code",
    [
        ("{", "package-bad-manifest"),
        ("[]", "package-bad-manifest"),
        ('{"kind": "other"}', "package-bad-manifest"),
        ('{"kind": "uthallig-plans", "format": 99, "files": {}}', "package-newer"),
        ('{"kind": "uthallig-plans", "format": 1, "files": {"a": 1}}', "package-bad-manifest"),
    ],
)
def test_that_a_bad_manifest_is_told(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    assert [p.code for p in verify_package(tmp_path)] == [code]


def test_that_what_is_no_package_is_told(tmp_path: Path) -> None:
    assert [p.code for p in verify_package(tmp_path / "none")] == ["package-not-found"]
    assert [p.code for p in verify_package(tmp_path)] == ["package-no-manifest"]


# --- places ---------------------------------------------------------------------------------------


def test_that_a_foreign_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Refused) as refused:
        write_package(small(), request(tmp_path))
    assert codes(refused) == ["package-folder-not-ours"]
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_that_an_older_package_is_replaced_but_never_with_own_files_in_it(tmp_path: Path) -> None:
    out = tmp_path / "p"
    write_package(small(), request(out, profile="cards", formats=("html",)))
    made = write_package(small(), request(out, profile="cards", formats=("txt",)))
    assert not list(out.rglob("h-1*.html"))
    assert verify_package(made.folder) == []
    (out / "notes.txt").write_text("mine")
    with pytest.raises(Refused) as refused:
        write_package(small(), request(out, profile="cards", formats=("html",)))
    assert codes(refused) == ["package-folder-changed"]
    assert (out / "notes.txt").read_text() == "mine"


def test_that_a_file_or_a_foreign_zip_in_the_way_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "p").write_text("a file")
    with pytest.raises(Refused) as refused:
        write_package(small(), request(tmp_path / "p"))
    assert codes(refused) == ["package-is-a-file"]
    (tmp_path / "q.zip").write_text("no zip")
    with pytest.raises(Refused) as refused:
        write_package(small(), request(tmp_path / "q"))
    assert codes(refused) == ["package-zip-not-ours"]
    assert (tmp_path / "q.zip").read_text() == "no zip"


def test_that_a_folder_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refused) as refused:
        write_package(small(), request(tmp_path / "file" / "p"))
    assert codes(refused) == ["package-not-writable"]


@pytest.mark.parametrize(
    "number, code",
    [
        (errno.ENOSPC, "package-disk-full"),
        (errno.EACCES, "package-not-writable"),
        (errno.EROFS, "package-not-writable"),
    ],
)
def test_that_no_half_package_is_left_after_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    written = []

    def full(path: Path, data: bytes) -> int:
        if len(written) == 3:
            raise OSError(number, "no")
        written.append(path)
        with path.open("wb") as file:
            return file.write(data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Refused) as refused:
        write_package(small(), request(tmp_path / "p", profile="cards", formats=("txt",)))
    assert codes(refused) == [code]
    assert len(written) == 3
    assert list(tmp_path.iterdir()) == []


def test_that_the_older_package_survives_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "p"
    write_package(small(), request(out, profile="cards", formats=("txt",)))
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}

    def broken(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(place, "_pack", broken)
    with pytest.raises(Refused):
        write_package(small(), request(out, profile="cards", formats=("html",)))
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["p", "p.zip"]


def test_that_a_package_can_be_cancelled_and_tells_how_far_it_is(tmp_path: Path) -> None:
    cancel, heard = threading.Event(), []

    def report(done: int, total: int) -> None:
        heard.append((done, total))
        if done >= 2:
            cancel.set()

    with pytest.raises(PlanCancelled):
        write_package(small(), request(tmp_path / "p"), report, cancel)
    told = [done for done, _ in heard]
    assert told[0] == 0
    assert told == sorted(set(told))
    assert 2 <= told[-1] < heard[0][1]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "changes, code",
    [
        ({"profile": "all"}, "package-bad-profile"),
        ({"formats": ("odt",)}, "package-bad-format"),
        ({"formats": ()}, "package-bad-format"),
        ({"role": "nobody"}, "package-no-role"),
    ],
)
def test_that_a_senseless_wish_is_refused(tmp_path: Path, changes: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        write_package(small(), dataclasses.replace(request(tmp_path / "p"), **changes))
    assert codes(refused) == [code]
    assert all(messages.sentence(p) != p.code for p in refused.value.problems)


def test_that_plans_with_the_same_name_do_not_write_over_one_another(tmp_path: Path) -> None:
    organisation = small()
    twin = dataclasses.replace(organisation.find("function", "F-1"), id=id_("function", "F.1"), code="F.1")
    from continuity.model.edits import Add

    organisation.apply(Add(twin))
    made = write_package(organisation, request(tmp_path / "p", formats=("html",)))
    assert [n for n in made.files if n.startswith("planer/f-1")] == [
        "planer/f-1-betala-ut-2.html",
        "planer/f-1-betala-ut.html",
    ]


# --- previews -------------------------------------------------------------------------------------


def test_that_each_plan_in_the_list_can_be_previewed() -> None:
    organisation = small()
    run = sample_run(organisation)
    names = available(organisation, "en", run)
    assert next(n.group for n in names) == "Begin here"
    for name in names:
        assert preview(organisation, name.code, "en", run).startswith("<!DOCTYPE html>")
    assert preview_pages(organisation, "card/H-1", "en", run, pixels_per_inch=30)[0].startswith(b"\x89PNG")


def test_that_a_plan_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        preview(small(), "card/none")
    assert codes(refused) == ["no-such-plan"]


def test_that_the_reference_agency_gives_a_whole_package(tmp_path: Path) -> None:
    organisation = load_reference("sv")
    run = sample_run(organisation)
    made = write_package(
        organisation,
        PlanRequest(out=tmp_path / "p", generated=GENERATED, results=run, formats=("pdf",), most_sheets=3),
    )
    assert verify_package(made.zip) == []
    assert made.left_out
    cards = {n: pages for n, pages in made.pages.items() if n.startswith(("kort/", "roller/"))}
    assert len(cards) > 100
    assert {pages for name, pages in cards.items() if not name.endswith("-a6.pdf")} == {1}
    assert {pages for name, pages in cards.items() if name.endswith("-a6.pdf")} <= {1, 2}
    assert made.pages["forsta-timmen.pdf"] <= 20


def test_that_a_changed_organisation_gives_another_package(package: PlanPackage, tmp_path: Path) -> None:
    organisation = small()
    organisation.apply(amend(organisation.elements[0], note="ny"))
    made = write_package(organisation, request(tmp_path / "p"))
    assert made.zip.read_bytes() != package.zip.read_bytes()
