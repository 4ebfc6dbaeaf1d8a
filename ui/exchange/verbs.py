"""The verbs of the File menu that speak with other programs: import, export, form, merge."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from continuity.words import _
from ui.desk import Desk
from ui.document import Documents, file_name
from ui.settings import Settings

_ENDINGS = (".xlsx", ".json", ".graphml")


class Exchange(QObject):
    """Asks for files and opens the dialogs."""

    def __init__(self, desk: Desk, documents: Documents, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self.desk, self.documents, self.settings, self.window = desk, documents, settings, window

    def ask_import(self) -> None:
        """Let the user choose a file, and open the wizard."""
        kinds = ";;".join(
            (
                _("All that can be read (*.xlsx *.xlsm *.ods *.csv *.tsv *.txt *.json *.graphml *.xml)"),
                _("Spreadsheets (*.xlsx *.xlsm *.ods)"),
                _("Text with separators (*.csv *.tsv *.txt)"),
                _("Organisation as JSON (*.json)"),
                _("Graph as GraphML (*.graphml)"),
                _("ArchiMate Open Exchange (*.xml)"),
                _("Folder of CSV files (uthallig.json)"),
            )
        )
        name, _kind = QFileDialog.getOpenFileName(self.window, _("Import"), str(self.settings.folder), kinds)
        if name:
            self.settings.folder = Path(name).parent
            self.open_import(Path(name))

    def open_import(self, path: Path) -> None:
        """Open the wizard for ``path``; the head of a CSV folder of ours means the folder."""
        from ui.exchange.import_dialog import ImportDialog

        if self.desk.session is None:
            return
        if path.name == "uthallig.json" and any(path.parent.glob("*.csv")):
            path = path.parent
        self.dialog = ImportDialog(self.desk, path, self.window)
        self.dialog.open()

    def ask_export(self) -> None:
        """Let the user choose name and form, and write the document there."""
        kinds = {
            _("Workbook with drop-downs (*.xlsx)"): ".xlsx",
            _("Organisation as JSON (*.json)"): ".json",
            _("Graph as GraphML (*.graphml)"): ".graphml",
            _("Folder of CSV files (*)"): "",
        }
        self._ask(_("Export"), kinds)

    def ask_form(self) -> None:
        """Write an empty workbook to send around."""
        self._ask(_("Empty form"), {_("Workbook with drop-downs (*.xlsx)"): ".xlsx"}, form=True)

    def _ask(self, title: str, kinds: dict[str, str], *, form: bool = False) -> None:
        session = self.desk.session
        if session is None:
            return
        stem = file_name(session.title)
        stem = _("{name} form", name=stem) if form else stem
        start = self.settings.folder / f"{stem}{next(iter(kinds.values()))}"
        name, kind = QFileDialog.getSaveFileName(self.window, title, str(start), ";;".join(kinds))
        if not name:
            return
        ending = kinds.get(kind, Path(name).suffix.lower())
        path = Path(name)
        if ending == "" and path.suffix.lower() in _ENDINGS:
            path = path.with_suffix("")
        elif ending and path.suffix.lower() != ending and path.suffix.lower() not in _ENDINGS:
            path = path.with_name(path.name + ending)
        self.export_to(path, form=form)

    def export_to(self, path: Path, *, form: bool = False) -> None:
        """Write the document to ``path`` in the form of its ending."""
        session = self.desk.session
        if session is not None:
            self.settings.folder = path.parent
            self.documents.do(session.exporting(path, form=form), _("Exported to {name}.", name=path.name))

    def ask_merge(self) -> None:
        """Let the user choose another document, and open the comparison."""
        name, _kind = QFileDialog.getOpenFileName(
            self.window,
            _("Merge with another document"),
            str(self.settings.folder),
            _("Uthållig documents (*.uthallig *.json)"),
        )
        if name:
            self.open_merge(Path(name))

    def open_merge(self, path: Path) -> None:
        """Compare with the document ``path``."""
        from ui.exchange.merge_dialog import MergeDialog

        if self.desk.session is not None:
            self.dialog = MergeDialog(self.desk, path, self.window)
            self.dialog.open()
