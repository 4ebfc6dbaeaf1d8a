"""A package on its way: its documents one by one, each in its formats, told and stopped between them."""

from __future__ import annotations

import contextvars
import os
import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

from continuity.planning.blocks import Document
from continuity.planning.catalogue import pieces
from continuity.planning.contents.pay_day import chosen
from continuity.planning.copies import copy_numbered, receipt, said
from continuity.planning.ics import year_wheel_ics
from continuity.planning.material import Material
from continuity.planning.piece import Piece
from continuity.planning.request import PlanCancelled, PlanRequest
from continuity.planning.writers.html import write_html
from continuity.planning.writers.pdf import pages_in, write_pdf
from continuity.planning.writers.text import write_text
from continuity.words import Words

Report = Callable[[int, int], None]

_MOST_THREADS: Final = 8
_POCKET: Final = ("cards", "roles")  # groups that also come in A6
_SECOND: Final = 0.2  # of waiting between looks at the clock


@dataclass(slots=True)
class Made:
    """One document that was written: its piece, itself, and its paths by format."""

    piece: Piece
    document: Document
    paths: dict[str, str] = field(default_factory=dict)


class Making:
    """Makes the documents of ``request``; paper is set in threads beside the rest."""

    def __init__(
        self, m: Material, request: PlanRequest, report: Report | None, cancel: threading.Event | None
    ) -> None:
        self.m, self.request, self.report, self.cancel = m, request, report, cancel
        self.copy = copy_numbered(m, request.copy) if request.copy is not None else None
        self.files: dict[str, bytes] = {}
        self.pages: dict[str, int] = {}
        self.made: list[Made] = []
        self.left_out: tuple[str, ...] = ()
        self._stems: set[str] = {"index", "manifest", "model"}
        self._told = -1

    def make(self) -> None:
        """Fill ``files``, ``pages`` and ``made``; raise PlanCancelled once asked to stop."""
        held = self._pieces()
        with _pool() as pool:
            waiting: list[tuple[Made, dict[str, Future[bytes]]]] = []
            for piece in held:
                self._tell(_done(waiting), len(held))
                made = Made(piece, self._document(piece))
                waiting.append((made, self._write(made, pool)))
                self.made.append(made)
            while (done := _done(waiting)) < len(held):
                self._tell(done, len(held))
                wait([one for _, futures in waiting for one in futures.values()], _SECOND)
            for _made, futures in waiting:
                for path, future in futures.items():
                    self.files[path] = future.result()
                    self.pages[path] = pages_in(self.files[path])
        self._tell(len(held), len(held))

    def _pieces(self) -> list[Piece]:
        request, m = self.request, self.m
        held = pieces(m, contacts=request.contacts, role=request.role, most_sheets=request.most_sheets)
        if m.detail != "cards":
            self.left_out = tuple(v.code for v in chosen(m, request.most_sheets)[1])
        if (copy := self.copy) is not None:
            title, what = m.words._("Receipt"), m.words._("Received, taken back, destroyed")
            held.insert(0, Piece("receipt", "begin", title, what, lambda: receipt(m, copy)))
        return held

    def _document(self, piece: Piece) -> Document:
        document = piece.make()
        if self.copy is None:
            return document
        return replace(document, meta=replace(document.meta, copy=said(self.m, self.copy)))

    def _tell(self, done: int, total: int) -> None:
        if self.cancel is not None and self.cancel.is_set():
            raise PlanCancelled
        if self.report is not None and done > self._told:
            self.report(done, total)
        self._told = max(done, self._told)

    def _write(self, made: Made, pool: ThreadPoolExecutor) -> dict[str, Future[bytes]]:
        """Write one document in each format; return what is still being set on paper, by path."""
        stem, document, formats = self._stem(made.piece), made.document, self.request.formats
        up, name = "../" * stem.count("/"), stem.rsplit("/", 1)[-1]
        futures: dict[str, Future[bytes]] = {}
        generated = self.request.generated
        if "pdf" in formats:
            made.paths["pdf"] = f"{stem}.pdf"
            futures[f"{stem}.pdf"] = _submit(pool, write_pdf, document, generated)
            if self.request.pocket and made.piece.group in _POCKET:
                made.paths["a6"] = f"{stem}-a6.pdf"
                futures[f"{stem}-a6.pdf"] = _submit(pool, write_pdf, document, generated, "a6")
        if "html" in formats:
            pdf = f"{name}.pdf" if "pdf" in formats else ""
            self._put(made, "html", stem, write_html(document, home=f"{up}index.html", pdf=pdf))
        if "docx" in formats:
            from continuity.planning.writers.word import write_word

            self._put(made, "docx", stem, write_word(document, generated, self.request.form))
        if "txt" in formats and (made.piece.text or formats == ("txt",)):
            self._put(made, "txt", stem, write_text(document))
        if document.code == "year-wheel":
            self._put(made, "ics", stem, year_wheel_ics(self.m))
        return futures

    def _put(self, made: Made, ending: str, stem: str, data: bytes) -> None:
        made.paths[ending] = f"{stem}.{ending}"
        self.files[f"{stem}.{ending}"] = data

    def _stem(self, piece: Piece) -> str:
        """The path of a plan without its ending, unlike all others also where names are."""
        wanted = stem = path_of(piece, self.m.words)
        number = 1
        while stem in self._stems:
            number += 1
            stem = f"{wanted}-{number}"
        self._stems.add(stem)
        return stem


@contextmanager
def _pool() -> Iterator[ThreadPoolExecutor]:
    """Threads that leave at once what has not begun where the making is broken off."""
    pool = ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST_THREADS), thread_name_prefix="plans")
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _submit(pool: ThreadPoolExecutor, work: Callable[..., bytes], *given: object) -> Future[bytes]:
    """Let a thread do ``work`` in the words that hold here."""
    return pool.submit(contextvars.copy_context().run, work, *given)


def _done(waiting: list[tuple[Made, dict[str, Future[bytes]]]]) -> int:
    return sum(all(one.done() for one in futures.values()) for _, futures in waiting)


def path_of(piece: Piece, words: Words) -> str:
    """Return the path of a plan below the package without its ending: short, in plain letters."""
    folders = {
        "plans": words.pgettext("folder", "plans"),
        "sheets": words.pgettext("folder", "decision-sheets"),
        "cards": words.pgettext("folder", "cards"),
        "roles": words.pgettext("folder", "roles"),
        "loss": words.pgettext("folder", "losses"),
    }
    code = piece.code.split("/", 1)[-1] if "/" in piece.code else ""
    name = slug(piece.file or f"{code} {piece.title}")[:60].strip("-") or "plan"
    folder = folders.get(piece.group) if code else ""
    return f"{folder}/{name}" if folder else name


def slug(text: str) -> str:
    """Return ``text`` in small letters, digits and hyphens."""
    flat = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", flat).strip("-")
