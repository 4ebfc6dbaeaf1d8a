"""Plans as Word documents: the form's own tags and styles, widths that hold, faults named by their line."""

import dataclasses
import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from continuity import messages
from continuity.model.problems import Refused
from continuity.planning import PlanRequest, write_package
from continuity.planning.blocks import Bullets, Column, Section, Steps, Table, Tick
from continuity.planning.writers.word import TAGS, check_form, default_form, texts_of, write_word
from tests.planning.plan_samples import GENERATED, HOSTILE, small
from tests.planning.test_writers import document


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def form(path: Path, *paragraphs: str, head: str = "") -> Path:
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    made.sections[0].header.paragraphs[0].text = head
    made.save(str(path))
    return path


def test_that_a_plan_is_set_with_the_styles_of_the_form() -> None:
    made = opened(write_word(document(), GENERATED))
    styles = {p.style.name for p in made.paragraphs}
    assert {"Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "Caption"} <= styles
    assert made.paragraphs[0].text == "Vanlig text"
    assert any(table.style.name == "Plan Table" for table in made.tables)
    assert made.core_properties.title == "Vanlig text"
    assert made.core_properties.language == "sv"


def test_that_tables_fill_the_page_and_repeat_their_heads() -> None:
    wide = Table(
        (Column("Nr", "right"), Column("Vad som görs och av vem")), (("1", "Ring banken " * 20),) * 3
    )
    made = opened(write_word(document(sections=(Section("Tabell", (wide,)),), contents=False), GENERATED))
    table = next(t for t in made.tables if t.style.name == "Plan Table")
    grid = [int(column.get(qn("w:w"))) / 20 / 72 * 25.4 for column in table._tbl.tblGrid]
    section = made.sections[0]
    room = (section.page_width - section.left_margin - section.right_margin) / Mm(1)
    assert abs(sum(grid) - room) < 1
    assert grid[0] < 20 < grid[1]
    head = table.rows[0]._tr.trPr
    assert head.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_that_ticks_can_be_ticked_and_pictures_say_what_they_show() -> None:
    data = write_word(document("Ring banken"), GENERATED)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
        assert body.count("<w14:checkbox>") + body.count("<w14:checkbox ") == 3
        assert 'descr="Ring banken"' in body
        assert [n for n in archive.namelist() if n.startswith("word/media/") and n.endswith(".png")]


def test_that_a_picture_with_a_page_of_its_own_lies_on_its_side() -> None:
    made = opened(write_word(document(), GENERATED))
    shapes = [(s.page_width > s.page_height) for s in made.sections]
    assert shapes == [False, True, False]
    lying = opened(write_word(document(landscape=True), GENERATED))
    assert lying.sections[-1].page_width > lying.sections[-1].page_height


def test_that_the_marking_and_the_copy_stand_on_every_page() -> None:
    plan = document()
    plan = dataclasses.replace(
        plan, meta=dataclasses.replace(plan.meta, marking="SEKRETESS", copy="Exemplar 3")
    )
    section = opened(write_word(plan, GENERATED)).sections[0]
    assert "SEKRETESS" in section.header.paragraphs[0].text
    assert "Exemplar 3" in section.footer.paragraphs[0].text


def test_that_the_same_plan_gives_the_same_bytes() -> None:
    assert write_word(document(), GENERATED) == write_word(document(), GENERATED)


@pytest.mark.parametrize(
    "text", [HOSTILE, "{{ title }} {% for x in y %} {{p body }}", "å" * 10_000, "a\nb\tc"]
)
def test_that_what_users_typed_comes_out_as_text(text: str) -> None:
    plan = document(
        text[:300] if len(text) > 400 else text,
        sections=(Section("Ett", (Bullets((text,)), Steps((Tick(text),)))),),
        contents=False,
    )
    told = "".join(texts_of(write_word(plan, GENERATED)))
    wanted = text.replace("\u202e", "").replace("\x07", "").replace("\n", "").replace("\t", "")
    assert told.count(wanted) >= 2


def test_that_an_agency_sets_plans_in_its_own_form(tmp_path: Path) -> None:
    own = form(
        tmp_path / "egen.docx",
        "Myndighetens mall",
        "{{ title }} ({{ code }})",
        "{{p body }}",
        head="{{ marking }}",
    )
    made = opened(write_word(document(), GENERATED, own))
    assert [p.text for p in made.paragraphs[:2]] == ["Myndighetens mall", "Vanlig text (D-1)"]
    assert any(table.style.name == "Table Grid" for table in made.tables)


def test_that_every_tag_is_filled_in(tmp_path: Path) -> None:
    own = form(tmp_path / "alla.docx", *(f"{tag}={{{{ {tag} }}}}" for tag in TAGS), "{{p body }}")
    told = "".join(texts_of(write_word(document(), GENERATED, own)))
    assert "{{" not in told
    assert "title=Vanlig text" in told


@pytest.mark.parametrize(
    ("paragraphs", "code", "line"),
    [
        (("Rubrik", "{{ titel }}", "{{p body }}"), "form-unknown-tag", 2),
        (("Rubrik", "x", "{{ title }", "{{p body }}"), "form-open-tag", 3),
        (("{% for x in title %}", "{{p body }}"), "form-bad-tag", 1),
        (("{{ title.__class__.__mro__ }}", "{{p body }}"), "form-bad-tag", 1),
        (("{{ title }}",), "form-without-body", None),
        (("{{p body }}", "{{p body }}"), "form-without-body", None),
    ],
)
def test_that_a_broken_form_names_its_line(
    tmp_path: Path, paragraphs: tuple[str, ...], code: str, line: int | None
) -> None:
    path = form(tmp_path / "mall.docx", *paragraphs)
    with pytest.raises(Refused) as refused:
        check_form(path)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.facts.get("line") == line
    assert messages.sentence(problem) != code
    assert messages.mend(problem)


def test_that_a_tag_in_the_header_is_found_too(tmp_path: Path) -> None:
    path = form(tmp_path / "mall.docx", "{{p body }}", head="{{ marknig }}")
    with pytest.raises(Refused) as refused:
        check_form(path)
    assert refused.value.problems[0].facts["text"] == "{{ marknig }}"


@pytest.mark.parametrize("content", [b"", b"not a document", b"PK\x03\x04 broken"])
def test_that_what_is_no_word_document_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "mall.docx").write_bytes(content)
    for path in (tmp_path / "mall.docx", tmp_path / "ingen.docx"):
        with pytest.raises(Refused) as refused:
            check_form(path)
        assert refused.value.problems[0].code == "form-not-readable"


def test_that_a_package_with_a_broken_form_is_refused_before_it_is_made(tmp_path: Path) -> None:
    path = form(tmp_path / "mall.docx", "{{ titel }}", "{{p body }}")
    with pytest.raises(Refused) as refused:
        write_package(small(), PlanRequest(tmp_path / "p", generated=GENERATED, form=path))
    assert refused.value.problems[0].code == "form-unknown-tag"
    assert not (tmp_path / "p").exists()


def test_that_the_form_that_comes_along_is_good() -> None:
    check_form(default_form())
