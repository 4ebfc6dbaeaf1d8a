"""A window over a document in memory; its settings are those of nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from continuity.exchange.library import load_reference
from continuity.model.edits import Add, Group
from continuity.model.organisation import Organisation
from continuity.session import Session
from tests.builders import Builder, by, standby

_OF_THE_SCREENLESS_PLATFORM = ["propagateSizeHints", "does not support raise", "grabbing the keyboard"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's platform without a screen warns of what it cannot do; all other warnings fail a test."""
    for item in items:
        if "tests/ui" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore(*_OF_THE_SCREENLESS_PLATFORM, extend=True))


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application with the program's look."""
    from ui.app import make_app

    return make_app()


@pytest.fixture(scope="session")
def reference() -> Organisation:
    """The reference agency in Swedish; not to be changed."""
    return load_reference("sv")


def small() -> Organisation:
    """A hand-written agency: one function, what it needs, and one payment."""
    build = Builder()
    build.add("site", "S1", name="Norra hallen")
    build.add("role", "O1", name="Chef för drift")
    build.resource("GRID", name="Elnät", category="power")
    build.resource("GEN", name="Reservaggregat", category="power", site="S1")
    build.resource("HALL", name="Datahall", category="premises", site="S1", owner="O1")
    build.resource("LINE1", name="Fiber A", category="telecom")
    build.resource("LINE2", name="Fiber B", category="telecom")
    build.staff("OPS", 12, name="Driftpersonal")
    build.function("PAY", name="Betala ut", mbco=500)
    build.need("HALL", "GRID", standby("GEN", activation_delay=10, endurance=480), autonomy=60, name="El")
    build.need("PAY", "HALL", name="Datahall")
    build.need("PAY", "LINE1", "LINE2", rule="k_of_n", k=1, autonomy=4320, name="Förbindelse")
    build.need("PAY", by("OPS", capacity=12), rule="share", required=6, name="Folk")
    build.add("stream", "B1", name="Barnbidrag", payees=1000, amount=1250)
    build.add("stage", "B1/1", stream="B1", position=0, name="Skapa fil", element="PAY", opens_days=2)
    build.add("stage", "B1/2", stream="B1", position=1, name="Sänd fil", element="LINE1", opens_days=1)
    build.scenario("X", name="Strömavbrott")
    build.event("X", elements=["GRID"], name="Elnätet faller", offset=60)
    return build.build()


@pytest.fixture
def make_session() -> Iterator[Callable[[Organisation], Session]]:
    """Sessions in memory over copies of organisations; closed at the end."""
    made: list[Session] = []

    def make(organisation: Organisation) -> Session:
        session = Session.create(None)
        session.edit(Group("import", tuple(Add(record) for record in organisation)))
        made.append(session)
        return session

    yield make
    for session in made:
        session.close()


@pytest.fixture
def reference_session(make_session: Callable[[Organisation], Session], reference: Organisation) -> Session:
    """The reference agency in memory."""
    return make_session(reference)


@pytest.fixture
def session(make_session: Callable[[Organisation], Session]) -> Session:
    """The small agency in memory."""
    return make_session(small())


@pytest.fixture
def window(qtbot, qapp, monkeypatch):
    """The real window, empty, 1280 × 800; closing asks nothing."""
    from ui.document import Documents
    from ui.main_window import MainWindow
    from ui.theme import theme

    monkeypatch.setattr(Documents, "may_leave", lambda self: True)
    theme.use("light", 100)
    made = MainWindow()
    made.resize(1280, 800)
    made.show()
    yield made
    made.desk.take(None)
    made.close()
    # What still runs in the background must not outlive the widgets it reports to.
    QThreadPool.globalInstance().waitForDone()
    QApplication.sendPostedEvents()
    made.deleteLater()
    QTest.qWait(0)


@pytest.fixture
def at_work(window, session, qtbot):
    """The window with the small agency on its map."""
    window.documents.take(session)
    window.open_workspace("map")
    page = window.pages.made["map"]
    qtbot.waitUntil(
        lambda: len(page.map.nodes) == len(session.organisation.elements) and not page.map.is_filling
    )
    return window
