"""How long the window stands still while a table of 10,000 rows is opened, sorted, narrowed and pasted into.

    QT_QPA_PLATFORM=offscreen .venv/bin/python -m bench.tables [ROWS]

For each verb: how long until it is done, and the longest gap between two beats of the window's thread.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from continuity.model.edits import Add, Group, amend
from continuity.model.ids import new_id
from continuity.model.kinds import Function, Resource, Role
from continuity.session import Session
from ui.app import make_app
from ui.grid.arrange import Condition

_BEAT = 2  # milliseconds
_PASTED = 1000


class Heart:
    """Beats while the window's thread is free; remembers the longest pause."""

    def __init__(self) -> None:
        self.timer = QTimer(interval=_BEAT)
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self._beat)
        self.last = self.longest = 0.0

    def measure(self, name: str, work: Callable[[], object], done: Callable[[], bool]) -> None:
        """Print how long ``work`` takes until ``done``, and the longest pause meanwhile."""
        QTest.qWait(600)
        self.last, self.longest = time.perf_counter(), 0.0
        self.timer.start()
        began = time.perf_counter()
        work()
        while not done():
            QTest.qWait(1)
        ended = time.perf_counter()
        QTest.qWait(50)
        self.timer.stop()
        print(f"{name:44s} {1000 * (ended - began):8.0f} ms   longest pause {1000 * self.longest:6.0f} ms")

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest, self.last = max(self.longest, now - self.last), now


def records(rows: int) -> Group:
    """Return the edit that makes ``rows`` resources with owners, and some functions."""
    roles = [Role(id=new_id(), code=f"O{n}", name=f"Roll {n}") for n in range(100)]
    functions = [
        Function(id=new_id(), code=f"F{n}", name=f"Funktion {n}", owner=roles[n % 100].id, vital=n % 2 == 0)
        for n in range(500)
    ]
    resources = [
        Resource(
            id=new_id(),
            code=f"R{n}",
            name=f"Resurs {n * 7919 % rows}",
            owner=roles[n % 100].id,
            supplier=f"Leverantör {n % 57}",
            sla_hours=n % 72,
        )
        for n in range(rows)
    ]
    return Group("add", tuple(Add(one) for one in (*roles, *functions, *resources)))


def main(rows: int) -> None:
    """Measure everything that a planner does in a large table."""
    app = make_app()
    from ui.main_window import MainWindow

    window = MainWindow()
    window.resize(1280, 800)
    window.show()
    session = Session.create(None)
    session.edit(records(rows))
    window.documents.take(session)
    heart = Heart()
    window.open_workspace("tables")
    page = window.pages.made["tables"]
    page._use("function")
    heart.measure("open a table", lambda: page._use("resource"), lambda: page.table.row_count() == rows)
    sheet, table = page.table.sheet, page.table
    free = lambda: not sheet.is_arranging  # noqa: E731
    heart.measure("sort by name", lambda: sheet.sort_by("name"), free)
    heart.measure("sort by owner, then name", lambda: sheet.sort_by("owner", further=True), free)
    heart.measure("narrow by words, first time", lambda: page.filter.setText("lev 13"), free)
    heart.measure("narrow by words, again", lambda: page.filter.setText("lev 1"), free)
    page.filter.clear()
    heart.measure("narrow by column", lambda: sheet.condition("sla_hours", Condition("least", "48")), free)
    sheet.clear()
    heart.measure("scroll 200 pages", lambda: _scroll(table), lambda: True)
    one = sheet.rows[50]
    heart.measure("change one cell", lambda: page.desk.edit(amend(one, note="x")), lambda: True)
    table.setCurrentIndex(sheet.index(0, sheet.names.index("supplier")))
    table.selectColumn(sheet.names.index("supplier"))
    heart.measure("fill down the whole column", lambda: page.verbs.do("fill_down"), lambda: True)
    heart.measure("undo it", page.desk.undo, lambda: True)
    table.clearSelection()
    table.setCurrentIndex(sheet.index(0, 0))
    text = "".join(f"P{n}\tKlistrad {n}\n" for n in range(_PASTED))
    QGuiApplication.clipboard().setText(text)
    heart.measure(f"paste {_PASTED} new rows", lambda: page.verbs.do("paste"), free)
    heart.measure("undo it", page.desk.undo, free)
    panel = window.problems
    heart.measure("check for problems in the background", panel.check, lambda: not panel.is_checking)
    print(f"{len(panel.model.all)} problems, {len(session.organisation)} records")
    window.desk.take(None)
    session.close()
    app.quit()


def _scroll(table: object) -> None:
    bar = table.verticalScrollBar()  # type: ignore[attr-defined]
    for _page in range(200):
        bar.setValue(bar.value() + bar.pageStep())
        QTest.qWait(0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
