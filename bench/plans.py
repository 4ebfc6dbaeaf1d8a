"""How long plan packages take, and how that compares with setting the same pages by WeasyPrint.

    .venv/bin/python -m bench.plans [--functions 500] [--weasyprint 20] [--formats html,pdf,docx,txt]

The package of the reference agency is written whole, then that of an agency with so many functions, each a
copy of one of the reference's with its needs. WeasyPrint is a tool of development only: where it is not
installed (``pip install weasyprint``) its row is left out and that is said. It gets the pages that the
program itself writes as HTML, and sets so many of the reference agency's plans.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import datetime as dt
import logging
import tempfile
import time
from pathlib import Path

from continuity.exchange.library import load_reference
from continuity.model.edits import Add, Edit, Group
from continuity.model.ids import derived_id
from continuity.model.kinds import Function, Need, Supply
from continuity.model.organisation import Organisation
from continuity.planning import PlanRequest, write_package
from continuity.planning.blocks import Document
from continuity.planning.catalogue import pieces
from continuity.planning.material import Material
from continuity.planning.writers.html import write_html
from continuity.planning.writers.pdf import pages_in, write_pdf
from continuity.words import words_in

GENERATED = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


def with_functions(count: int) -> Organisation:
    """Return the reference agency with ``count`` functions."""
    organisation = load_reference("sv")
    originals = organisation.all(Function)
    adds: list[Edit] = []
    for number in range(count - len(originals)):
        function = originals[number % len(originals)]
        code = f"{function.code}-{number}"
        id_ = derived_id(organisation.document, "function", code)
        adds.append(Add(dataclasses.replace(function, id=id_, code=code, name=f"{function.name} {number}")))
        for need in organisation.all(Need):
            if need.dependent == function.id:
                adds += _need(organisation, need, id_, number)
    organisation.apply(Group("add", tuple(adds)))
    return organisation


def _need(organisation: Organisation, need: Need, function: str, number: int) -> list[Edit]:
    code = f"{need.code}-{number}"
    id_ = derived_id(organisation.document, "need", code)
    found: list[Edit] = [Add(dataclasses.replace(need, id=id_, code=code, dependent=function))]
    for supply in organisation.parts(need.id, Supply):
        own = f"{supply.code}-{number}"
        supply_id = derived_id(organisation.document, "supply", own)
        found.append(Add(dataclasses.replace(supply, id=supply_id, code=own, need=id_)))
    return found


def package(name: str, organisation: Organisation, formats: tuple[str, ...]) -> None:
    """Write one package and say how long it took."""
    with tempfile.TemporaryDirectory() as folder:
        begun, cpu = time.perf_counter(), time.process_time()
        request = PlanRequest(Path(folder) / "p", formats=formats, generated=GENERATED, results=None)
        made = write_package(organisation, request)
        taken, cpu = time.perf_counter() - begun, time.process_time() - cpu
        size = made.zip.stat().st_size / 1e6
    pages = sum(made.pages.values())
    print(
        f"{name:<32} {taken:7.1f} s ({cpu:.0f} s of processors)  {len(made.files):5} files  "
        f"{pages:5} pages of PDF  {pages / taken:6.0f} pages/s  zip {size:.0f} MB"
    )


def against_weasyprint(documents: list[Document]) -> None:
    """Set ``documents`` by both and print the ratio, or say that WeasyPrint is missing."""
    begun = time.perf_counter()
    ours = [write_pdf(document, GENERATED) for document in documents]
    own = time.perf_counter() - begun
    pages = sum(map(pages_in, ours))
    print(f"{'Typst, one thread':<32} {own:7.1f} s  {len(ours):5} plans  {pages:5} pages")
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        print(f"WeasyPrint is not installed here ({error}): no ratio. It is needed for this row alone.")
        return
    for noisy in ("weasyprint", "fontTools"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    texts = [write_html(document).decode() for document in documents]
    begun = time.perf_counter()
    theirs = [weasyprint.HTML(string=text).render() for text in texts]
    for document in theirs:
        document.write_pdf(pdf_variant="pdf/ua-1")
    other = time.perf_counter() - begun
    count = sum(len(document.pages) for document in theirs)
    name = f"WeasyPrint {weasyprint.__version__}"
    print(f"{name:<32} {other:7.1f} s  {len(theirs):5} plans  {count:5} pages")
    ratio, per_page = other / own, (other / count) / (own / pages)
    print(f"For the same plans WeasyPrint takes {ratio:.1f} times as long, per page {per_page:.1f} times.")


def main() -> None:
    """Measure what the command line asks for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--functions", type=int, default=500)
    asked.add_argument("--weasyprint", type=int, default=20)
    asked.add_argument("--formats", default="html,pdf,docx,txt")
    given = asked.parse_args()
    formats = tuple(given.formats.split(","))
    reference = load_reference("sv")
    package("reference agency", reference, formats)
    if given.functions:
        package(f"{given.functions} functions", with_functions(given.functions), formats)
    if given.weasyprint:
        m = Material(reference, words_in("sv"), generated=GENERATED)
        held = pieces(m)
        step = max(len(held) // given.weasyprint, 1)
        against_weasyprint([piece.make() for piece in held[::step]][: given.weasyprint])


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
