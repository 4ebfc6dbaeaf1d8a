"""PDF, HTML and text: archive and accessibility law, one file each, text that stays text."""

import dataclasses
import datetime as dt
import io
import itertools
import re

import html5lib
import pikepdf
import pytest
from bs4 import BeautifulSoup

from continuity.planning.blocks import (
    Blank,
    Bullets,
    Callout,
    Column,
    Document,
    Facts,
    Figure,
    Form,
    Heading,
    Meta,
    Missing,
    PageBreak,
    Paragraph,
    Section,
    Signature,
    Steps,
    Table,
    Tick,
)
from continuity.planning.charts import svg
from continuity.planning.writers.html import write_html
from continuity.planning.writers.pdf import pages_in, write_pages, write_pdf
from continuity.planning.writers.text import write_text
from tests.planning.plan_samples import GENERATED, HOSTILE


def document(text: str = "Vanlig text", **changes: object) -> Document:
    """A document with every kind of block, ``text`` wherever a user can type."""
    picture = Figure(
        svg.picture(
            200, 60, text, [svg.text(5, 20, text, 8), svg.rect(0, 0, 50, 9, svg.state_paint("reduced"))]
        ),
        text,
        text,
        Table((Column("A"),), ((text,),)),
        text,
        page="a4",
    )
    blocks = (
        Heading(text),
        Heading(text, 2),
        Paragraph(text, text),
        Paragraph(text, small=True),
        Bullets((text,)),
        Steps((Tick(text, text, text, text), Tick(text))),
        Steps((Tick(text),), numbered=False),
        Table((Column(text), Column("Antal", "right")), ((text, "1 000"),) * 3, text, text),
        Facts(((text, text),), text),
        picture,
        dataclasses.replace(picture, page=""),
        Form((Blank(text, half=True), Blank(text, 3))),
        Signature((text,)),
        PageBreak(),
        *(
            Callout(kind, text, (text,), text)
            for kind in ("decide", "warn", "note", "stop", "halt", "left_out")
        ),
        Missing(text, text),
    )
    made = Document(
        "D-1",
        text,
        text,
        "sv",
        Meta(text, text, text, text, text, text, text, ((text, text),)),
        (Section(text, blocks), Section("Två", (Paragraph(text),), new_page=True)),
        contents=True,
        keywords=(text,),
    )
    return dataclasses.replace(made, **changes)


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(write_pdf(document(), GENERATED)))


def test_that_a_pdf_is_archive_and_accessible_in_one_file(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as meta:
        assert meta["pdfaid:part"] == "3"
        assert meta["pdfaid:conformance"] == "A"
        assert meta["pdfuaid:part"] == "1"
        assert meta["dc:title"] == "Vanlig text"
    assert pdf.Root.Lang == "sv"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def _tags(node: pikepdf.Object, found: list[pikepdf.Object]) -> list[pikepdf.Object]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found.append(kid)
            _tags(kid, found)
    return found


def test_that_headings_tables_lists_and_figures_are_tagged(pdf: pikepdf.Pdf) -> None:
    tags = _tags(pdf.Root.StructTreeRoot, [])
    kinds = [str(tag.S) for tag in tags]
    for wanted in ("/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/LI", "/Figure"):
        assert wanted in kinds, wanted
    figures = [tag for tag in tags if str(tag.S) == "/Figure"]
    assert all(str(tag.get("/Alt", "")).strip() for tag in figures)


def test_that_a_pdf_has_bookmarks_for_each_section(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root][-2:] == ["Vanlig text", "Två"]


def test_that_a_pdf_embeds_its_fonts_and_nothing_from_outside(pdf: pikepdf.Pdf) -> None:
    fonts = [
        o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
    ]
    assert fonts
    assert all("/FontFile2" in f or "/FontFile3" in f for f in fonts)
    assert all("SourceSansPro" in str(f.FontName) for f in fonts)
    assert not any(isinstance(o, pikepdf.Dictionary) and "/URI" in o for o in pdf.objects)


def test_that_the_same_plan_gives_the_same_bytes() -> None:
    assert write_pdf(document(), GENERATED) == write_pdf(document(), GENERATED)
    assert write_html(document()) == write_html(document())
    later = GENERATED + dt.timedelta(hours=1)
    assert write_pdf(document(), GENERATED) != write_pdf(document(), later)


def test_that_one_page_stays_one_page_by_smaller_type() -> None:
    steps = Steps(
        tuple(Tick(f"Gör sak nummer {n} så som det står i rutinen", "Betalchef", "5 min") for n in range(18))
    )
    card = document(sections=(Section("Gör så här", (steps,)),), contents=False, size="large")
    assert pages_in(write_pdf(card, GENERATED)) == 2
    assert pages_in(write_pdf(dataclasses.replace(card, one_page=True), GENERATED)) == 1


def test_that_pages_can_be_seen_as_pictures() -> None:
    pages = write_pages(document(), GENERATED, 40)
    assert len(pages) == pages_in(write_pdf(document(), GENERATED))
    assert all(page.startswith(b"\x89PNG") for page in pages)


def test_that_hostile_text_comes_out_as_text_on_paper() -> None:
    made = pikepdf.open(io.BytesIO(write_pdf(document(HOSTILE), GENERATED)))
    assert "{{ 7*7 }} <script>alert(1)</script> \\frac{a}{b} $x$ #let y = 1" in str(made.docinfo["/Title"])
    assert "49" not in str(made.docinfo["/Title"])


def test_that_ten_thousand_letters_fit_the_paper() -> None:
    long = "å" * 10_000
    table = Table((Column("Kort"), Column("Lång")), (("a", long),))
    made = document(
        sections=(Section(long[:300], (Paragraph(long), table, Facts((("A", long),)))),), contents=False
    )
    assert pages_in(write_pdf(made, GENERATED)) > 4
    assert long in write_html(made).decode()


def test_that_hostile_text_comes_out_as_text_on_the_page() -> None:
    page = write_html(document(HOSTILE)).decode()
    soup = BeautifulSoup(page, "html5lib")
    assert len(soup.find_all("script")) == 1
    assert "alert" not in soup.find("script").string
    assert "<script>alert(1)</script>" in soup.find("h1").text
    assert "{{ 7*7 }}" in soup.find("h1").text
    assert "🙂" in soup.find("h1").text
    assert "\u202e" not in page
    assert not soup.find_all(lambda tag: any(name.startswith("on") for name in tag.attrs))


def test_that_a_page_is_good_html_and_needs_no_network() -> None:
    page = write_html(document(), home="../index.html", pdf="d-1.pdf").decode()
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(page)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", page)
    soup = BeautifulSoup(page, "html5lib")
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none'")
    assert {a["href"] for a in soup.find_all("a")} >= {"#main", "../index.html", "d-1.pdf"}


def test_that_a_page_has_language_skip_link_and_headings_in_order() -> None:
    soup = BeautifulSoup(write_html(document()), "html5lib")
    assert soup.html["lang"] == "sv"
    assert soup.find("a", class_="skip")["href"] == "#main"
    assert soup.find(id="main").name == "main"
    levels = [int(tag.name[1]) for tag in soup.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


def test_that_inner_links_lead_somewhere_and_names_are_unique() -> None:
    soup = BeautifulSoup(write_html(document()), "html5lib")
    names = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(names) == len(set(names))
    inner = {a["href"][1:] for a in soup.find_all("a") if a["href"].startswith("#")}
    asked = {tag["for"] for tag in soup.find_all("label") if tag.get("for")}
    drawn = set(re.findall(r"url\(#([\w-]+)\)", str(soup)))
    assert inner | asked | drawn <= set(names)


def test_that_each_tick_box_has_a_label_and_each_picture_a_name() -> None:
    soup = BeautifulSoup(write_html(document()), "html5lib")
    boxes = soup.find_all("input", type="checkbox")
    assert boxes
    assert all(soup.find("label", attrs={"for": box["id"]}) for box in boxes)
    assert all(picture["aria-label"] and picture["role"] == "img" for picture in soup.find_all("svg"))


def test_that_a_plan_as_text_keeps_lines_short_and_boxes_to_tick() -> None:
    text = write_text(document("Ring banken. " * 20)).decode()
    assert all(len(line) <= 72 for line in text.splitlines())
    assert "[ ] 1. " in text
    assert text.count("\r\n") == text.count("\n")


def test_that_paper_and_screen_use_the_same_colours() -> None:
    from continuity.planning.palette import DARK, LIGHT
    from ui.theme import tokens

    names = set(LIGHT) - {"paper", "raised"}
    assert {n: LIGHT[n] for n in names} == {n: getattr(tokens.LIGHT, n) for n in names}
    assert {n: DARK[n] for n in names} == {n: getattr(tokens.DARK, n) for n in names}
