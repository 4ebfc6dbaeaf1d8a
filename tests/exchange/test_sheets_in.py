"""Spreadsheets as the world makes them: read as they are meant, or refused with a reason."""

import struct
import zipfile
import zlib

import openpyxl
import pytest

from continuity.exchange.archives import LARGEST_UNPACKED
from continuity.exchange.graphml import read_graphml
from continuity.exchange.sheets import CellFault, ExchangeCancelled, letters
from continuity.exchange.workbooks import read_workbook
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from tests.strategies import DOCUMENT


def refused(path):
    with pytest.raises(Refused) as caught:
        read_workbook(path)
    [problem] = caught.value.problems
    assert str(path) in str(problem.facts["file"])
    return problem.code


def book(path, *rows, then=lambda sheet: None):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    then(made.active)
    made.save(path)
    return path


def test_that_letters_count_as_spreadsheets_do():
    assert [letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_that_failed_formulas_and_those_without_a_result_are_told(tmp_path):
    def fill(sheet):
        sheet["A2"] = "#DIV/0!"
        sheet["B2"] = "=1/0"

    [sheet] = read_workbook(book(tmp_path / "a.xlsx", ["Namn", "Antal"], then=fill)).sheets
    assert sheet.rows[1] == [CellFault("#DIV/0!"), CellFault("=")]
    assert sheet.faults == 2


def test_that_rows_and_columns_before_the_first_cell_are_counted(tmp_path):
    path = book(tmp_path / "a.xlsx", then=lambda sheet: sheet.__setitem__("C4", "Namn"))
    [sheet] = read_workbook(path).sheets
    assert (len(sheet.rows), sheet.rows[3]) == (4, [None, None, "Namn"])


def test_that_cells_merged_downwards_count_for_each_row(tmp_path):
    path = book(
        tmp_path / "a.xlsx", ["Plats", "Namn"], ["Norr", "A"], [None, "B"], [None, "C"],
        then=lambda sheet: sheet.merge_cells("A2:A4"),
    )  # fmt: skip
    [sheet] = read_workbook(path).sheets
    assert [row[0] for row in sheet.rows] == ["Plats", "Norr", "Norr", "Norr"]
    assert sheet.merged == 1


@pytest.mark.parametrize(
    ("content", "encoding", "separator"),
    [
        ("Namn;Ort\r\nKällan;Örebro\r\n".encode("cp1252"), "cp1252", ";"),
        ("\ufeffNamn;Ort\r\nKällan;Örebro\r\n".encode(), "utf-8-sig", ";"),
        ("Namn,Ort\nKällan,Örebro\n".encode(), "utf-8", ","),
        ("Namn\tOrt\nKällan\tÖrebro\n".encode("utf-16"), "utf-16", "\t"),
        ("sep=|\nNamn|Ort\nKällan|Örebro\n".encode(), "utf-8", "|"),
    ],
)
def test_that_encodings_and_separators_are_recognised(tmp_path, content, encoding, separator):
    (tmp_path / "a.csv").write_bytes(content)
    found = read_workbook(tmp_path / "a.csv")
    assert (found.encoding, found.separator) == (encoding, separator)
    assert found.sheets[0].rows == [["Namn", "Ort"], ["Källan", "Örebro"]]


def test_that_quoted_cells_may_hold_separators_quotes_and_lines(tmp_path):
    (tmp_path / "a.csv").write_text('A;B\n"x;y";"rad 1\nrad ""2"""\n', encoding="utf-8")
    assert read_workbook(tmp_path / "a.csv").sheets[0].rows[1] == ["x;y", 'rad 1\nrad "2"']


def test_that_files_that_are_no_spreadsheets_are_refused_by_what_they_are(tmp_path):
    junk, empty, torn, other = (tmp_path / name for name in ("a.csv", "b.csv", "c.xlsx", "d.xlsx"))
    junk.write_bytes(bytes(range(256)) * 50)
    empty.write_bytes(b"")
    torn.write_bytes(book(tmp_path / "whole.xlsx", ["Namn"]).read_bytes()[:2000])
    other.write_text("no workbook")
    (tmp_path / "e.csv").write_text('A;B\n"open;1\n', encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "f.xlsx", "w") as archive:
        archive.writestr("readme.txt", "x")
    assert [refused(path) for path in (junk, empty, torn, other, tmp_path / "e.csv", tmp_path / "f.xlsx")] == [  # noqa: E501
        "not-a-text-sheet", "empty-file", "damaged-file", "damaged-file", "bad-quoting", "not-a-spreadsheet",
    ]  # fmt: skip
    assert refused(tmp_path / "nowhere.csv") == "no-such-file"


def test_that_what_is_called_csv_and_is_a_workbook_is_read_as_one(tmp_path):
    book(tmp_path / "a.xlsx", ["Namn"], ["A"]).rename(tmp_path / "a.csv")
    assert read_workbook(tmp_path / "a.csv").form == "xlsx"


def test_that_files_with_a_password_are_refused_as_such(tmp_path):
    office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    (tmp_path / "a.xlsx").write_bytes(office + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    (tmp_path / "b.xls").write_bytes(office)
    assert refused(tmp_path / "a.xlsx") == "locked-file"
    assert refused(tmp_path / "b.xls") == "old-spreadsheet"
    with zipfile.ZipFile(tmp_path / "c.ods", "w") as archive:
        archive.writestr("content.xml", "x")
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    assert refused(tmp_path / "c.ods") == "locked-file"


def test_that_a_bomb_is_not_unpacked(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(LARGEST_UNPACKED // 2**24 + 1):
                part.write(bytes(2**24))
    assert path.stat().st_size < 2_000_000
    assert refused(path) == "unpacks-too-large"


def test_that_a_bomb_that_lies_about_its_size_is_not_unpacked(tmp_path):
    path = tmp_path / "liar.xlsx"
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = packed.compress(bytes(3_000_000)) + packed.flush()
    name = b"xl/workbook.xml"
    crc = zlib.crc32(bytes(3_000_000))
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0, crc, len(content), 100, len(name), 0)
    central = struct.pack(
        "<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 0, crc, len(content), 100, len(name), 0, 0, 0, 0, 0, 0  # noqa: E501
    )  # fmt: skip
    start = len(local) + len(name) + len(content)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1, 1, len(central) + len(name), start, 0)
    path.write_bytes(local + name + content + central + name + end)
    assert refused(path) == "damaged-file"


BILLION = """<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
"""


def test_that_entities_are_never_expanded(tmp_path):
    graph = tmp_path / "a.graphml"
    graph.write_text(BILLION + "<graphml><graph id='&c;'/></graphml>")
    with pytest.raises(Refused, match="xml-doctype"):
        read_graphml(graph, Organisation(DOCUMENT))
    book(tmp_path / "b.xlsx", ["Namn"])
    with zipfile.ZipFile(tmp_path / "b.xlsx") as old, zipfile.ZipFile(tmp_path / "c.xlsx", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, BILLION.encode() + content if name == "xl/workbook.xml" else content)
    assert refused(tmp_path / "c.xlsx") == "xml-doctype"


def test_that_torn_and_deeply_nested_xml_is_refused(tmp_path):
    for number, (text, code) in enumerate(
        (("<graphml><graph>", "not-xml"), ("<a>" * 200 + "</a>" * 200, "too-deep"), ("<svg/>", "not-graphml"))
    ):
        path = tmp_path / f"{number}.graphml"
        path.write_text(text)
        with pytest.raises(Refused, match=code):
            read_graphml(path, Organisation(DOCUMENT))


def test_that_reading_can_be_stopped(tmp_path):
    def stop(done, total):
        raise ExchangeCancelled

    with pytest.raises(ExchangeCancelled):
        read_workbook(book(tmp_path / "a.xlsx", ["Namn"]), stop)
