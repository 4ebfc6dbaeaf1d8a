"""A picture or a table taken out of the program: SVG and PNG, XLSX and CSV."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, QSize, QStandardPaths, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from continuity.model.problems import Problem, Refused
from continuity.words import N_, _
from ui.charts.chart import Chart
from ui.charts.numbers import Numbers
from ui.desk import Desk
from ui.theme import theme

_SHARP = 2  # a picture for print has so many pixels for one of the screen
_TABLES = (("xlsx", N_("Table as a workbook (.xlsx) …")), ("csv", N_("Table as text (.csv) …")))
_PICTURES = (("svg", N_("Picture as SVG …")), ("png", N_("Picture as PNG …")))


class ExportMenu(QMenu):
    """The menu of what can be written, opened by a button."""

    def __init__(
        self,
        button: QToolButton,
        title: Callable[[], str],
        numbers: Callable[[], Numbers],
        chart: Chart | None = None,
    ) -> None:
        super().__init__(button)
        self._texts: list[str] = []
        for ending, text in (*(_PICTURES if chart is not None else ()), *_TABLES):
            action = self.addAction("")
            action.triggered.connect(
                lambda _on=False, e=ending: ask_and_write(button, title(), e, numbers, chart)
            )
            self._texts.append(text)
        button.setMenu(self)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def say(self) -> None:
        """Say everything in the language spoken now."""
        for action, text in zip(self.actions(), self._texts, strict=True):
            action.setText(_(text))


def ask_and_write(
    over: QWidget, title: str, ending: str, numbers: Callable[[], Numbers], chart: Chart | None
) -> None:
    """Ask where to write, and write; what went wrong is said."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    proposed = str(Path(folder) / f"{file_name(title)}.{ending}")
    chosen, _filter = QFileDialog.getSaveFileName(over, _("Write to a file"), proposed, f"*.{ending}")
    if not chosen:
        return
    path = Path(chosen).with_suffix(f".{ending}")
    desk = over.window().findChild(Desk)
    try:
        write(path, title, numbers(), chart)
    except Refused as refused:
        if desk is not None:
            desk.refuse(refused)
    else:
        if desk is not None:
            desk.say(_("Written: {file}", file=str(path)), "done")


def write(path: Path, title: str, numbers: Numbers, chart: Chart | None) -> None:
    """Write a picture or a table by the ending of ``path``; raise Refused where it cannot be written."""
    if chart is None or path.suffix not in (".svg", ".png"):
        from continuity.session import Session

        Session.write_table(str(path), [t.text for t in numbers.titles], rows_of(numbers))
    elif path.suffix == ".svg":
        _write_svg(path, title, chart)
    else:
        image = picture_of(chart)
        if not image.save(str(path), "PNG"):
            raise _refused(path)


def rows_of(numbers: Numbers) -> list[list[object]]:
    """Return the rows with texts; figures are figures where a cell shows nothing but its number."""
    columns = range(len(numbers.titles))
    return [[_value(numbers, row, column) for column in columns] for row in range(len(numbers.rows))]


def _value(numbers: Numbers, row: int, column: int) -> object:
    cell = numbers.cell(row, column)
    plain = "".join(cell.text.split()).replace("\u2212", "-").replace(",", ".")
    if isinstance(cell.value, int | float) and re.fullmatch(r"-?\d+(\.\d+)?", plain):
        return float(plain) if "." in plain else int(plain)
    return cell.text


def picture_of(chart: Chart) -> QImage:
    """Return ``chart`` as it is painted, on its ground, without the frame of what has the keyboard."""
    image = QImage(chart.size() * _SHARP, QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(_SHARP)
    image.fill(theme.colour("raised"))
    painter = QPainter(image)
    _draw(painter, chart)
    painter.end()
    return image


def _write_svg(path: Path, title: str, chart: Chart) -> None:
    made = QSvgGenerator()
    made.setFileName(str(path))
    made.setSize(QSize(chart.width(), chart.height()))
    made.setViewBox(QRect(0, 0, chart.width(), chart.height()))
    made.setTitle(title)
    made.setDescription(chart.accessibleDescription())
    painter = QPainter()
    if not painter.begin(made):
        raise _refused(path)
    painter.fillRect(QRect(0, 0, chart.width(), chart.height()), theme.colour("raised"))
    _draw(painter, chart)
    painter.end()


def _draw(painter: QPainter, chart: Chart) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(QRect(0, 0, chart.width(), chart.height()), Qt.ClipOperation.ReplaceClip)
    chart.draw(painter)


def _refused(path: Path) -> Refused:
    reason = _("there is no such folder, or no permission to write there")
    return Refused([Problem("cannot-write", facts={"file": str(path), "reason": reason})])


def file_name(title: str) -> str:
    """Return ``title`` as the name of a file."""
    return re.sub(r"[^\w\- ]+", "", title).strip()[:60] or "uthallig"
