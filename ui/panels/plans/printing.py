"""Printing the pages that are shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtWidgets import QWidget


def print_pages(images: Sequence[QImage], title: str, parent: QWidget) -> bool:
    """Ask for a printer and print ``images``, one per page; False where the user left."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    if images:
        printer.setPageOrientation(_orientation(images[0]))
    dialog = QPrintDialog(printer, parent)
    if not images or dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    painter = QPainter()
    if not painter.begin(printer):
        return False
    for number, image in enumerate(images):
        if number:
            printer.setPageOrientation(_orientation(image))
            printer.newPage()
        paper = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
        painter.drawImage(_inside(paper, image), image)
    return painter.end()


def _orientation(image: QImage) -> QPageLayout.Orientation:
    wide = image.width() > image.height()
    return QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait


def _inside(paper: QRectF, image: QImage) -> QRectF:
    """Return the largest place for ``image`` on ``paper``, its proportions kept."""
    scale = min(paper.width() / image.width(), paper.height() / image.height())
    width, height = image.width() * scale, image.height() * scale
    return QRectF((paper.width() - width) / 2, (paper.height() - height) / 2, width, height)
