"""The program opens no internet socket, and the core works without Qt; shown in processes of their own."""

import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).parent.parent

# The audit hook sees every socket of the process, whoever opens it.
WATCH = """
import sys
seen = []

def watch(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"):
        address = arguments[1] if event != "socket.getaddrinfo" else arguments[0]
        if not isinstance(address, (str, bytes)) or event == "socket.getaddrinfo":
            seen.append((event, address))

sys.addaudithook(watch)
"""

BLOCK_QT = """
import sys

class Block:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6", "qtpy", "qtawesome", "ui"):
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Block())
"""


def run(program: str, folder: Path) -> str:
    code = textwrap.dedent(program)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=None,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def test_that_the_watch_sees_a_socket(tmp_path: Path) -> None:
    program = (
        WATCH
        + """
import socket
try:
    socket.socket().connect(("127.0.0.1", 9))
except OSError:
    pass
print(seen)
"""
    )
    assert "127.0.0.1" in run(program, tmp_path)


def test_that_the_whole_road_opens_no_socket(tmp_path: Path) -> None:
    program = (
        WATCH
        + """
from continuity.cli.app import run
assert run(["self-test"]) == 0
print("sockets:", seen)
"""
    )
    assert "sockets: []" in run(program, tmp_path)


def test_that_the_window_opens_no_socket(tmp_path: Path) -> None:
    program = (
        WATCH
        + """
from PySide6.QtCore import QTimer
from ui.app import make_app
app = make_app()
from ui.main_window import MainWindow
window = MainWindow()
window.show()
window.documents.reference()
tick = QTimer(interval=100)
tick.timeout.connect(lambda: window.desk.session is not None and QTimer.singleShot(1000, app.exit))
tick.start()
QTimer.singleShot(60_000, app.exit)
app.exec()
assert window.desk.session is not None
print("sockets:", seen)
"""
    )
    assert "sockets: []" in run(program, tmp_path)


def test_that_a_document_becomes_a_plan_without_qt(tmp_path: Path) -> None:
    program = (
        BLOCK_QT
        + f"""
from pathlib import Path
from continuity.cli.app import run
folder = Path({str(tmp_path)!r})
document, package = str(folder / "a.uthallig"), str(folder / "package")
assert run(["new", document, "--from", "reference"]) == 0
arguments = ["plan", document, "--out", package, "--scenario", "S01", "--replications", "32"]
assert run([*arguments, "--formats", "html", "--profile", "cards"]) == 0
assert run(["verify", package]) == 0
assert not any(name.startswith("PySide6") for name in sys.modules)
print("done")
"""
    )
    assert run(program, tmp_path).strip().endswith("done")
    assert (tmp_path / "package" / "index.html").is_file()
