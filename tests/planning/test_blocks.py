"""Blocks refuse what no writer could show well."""

import pytest

from continuity.planning.blocks import (
    Column,
    Figure,
    Heading,
    Paragraph,
    Section,
    Table,
    plain,
)


def test_that_a_table_needs_a_header_row() -> None:
    with pytest.raises(ValueError, match="header"):
        Table((), ())
    with pytest.raises(ValueError, match="header"):
        Table((Column("A"), Column("")), ())


def test_that_each_row_has_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="cells"):
        Table((Column("A"), Column("B")), (("1",),))


def test_that_a_picture_needs_its_text_alternative() -> None:
    with pytest.raises(ValueError, match="alternative"):
        Figure("<svg/>", " ", "A picture")


def test_that_a_section_is_never_empty() -> None:
    with pytest.raises(ValueError, match="empty"):
        Section("Nothing", ())
    with pytest.raises(ValueError, match="empty"):
        Section("Only a heading", (Heading("A"),))


def test_that_no_heading_is_skipped() -> None:
    with pytest.raises(ValueError, match="skipped"):
        Section("S", (Heading("Deep", 2), Paragraph("text")))
    Section("S", (Heading("High"), Heading("Deep", 2), Paragraph("text")))


@pytest.mark.parametrize("given, kept", [
    ("a\x00b\x07c", "abc"), ("right\u202eleft", "rightleft"), ("a\r\nb\rc", "a\nb\nc"), ("\ud800x", "x"),
    ("åäö 🙂 <b>", "åäö 🙂 <b>"), ("e\u0301", "é"),
])  # fmt: skip
def test_that_text_loses_only_what_no_file_may_hold(given: str, kept: str) -> None:
    assert plain(given) == kept
