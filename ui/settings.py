"""What the window remembers between sessions. A misspelt setting is an error."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from continuity import places
from continuity.words import LANGUAGES

_RECENT = 8


class Settings:
    """Typed access to the settings file of the person who works here."""

    __slots__ = ("_file",)

    def __init__(self) -> None:
        self._file = QSettings(str(places.config_dir() / "window.ini"), QSettings.Format.IniFormat)

    @property
    def language(self) -> str:
        """``sv`` or ``en``: as chosen in the window, else as the environment says, else Swedish."""
        wanted = os.environ.get("UTHALLIG_LANG", "")
        held = self._text("language", wanted)
        return held if held in LANGUAGES else LANGUAGES[0]

    @language.setter
    def language(self, value: str) -> None:
        self._file.setValue("language", value)

    @property
    def theme(self) -> str:
        """A name of ``ui.theme.THEMES``."""
        return self._text("theme", "light")

    @theme.setter
    def theme(self, value: str) -> None:
        self._file.setValue("theme", value)

    @property
    def zoom(self) -> int:
        """Size of everything in per cent."""
        text = self._text("zoom", "100")
        return int(text) if text.isdigit() else 100

    @zoom.setter
    def zoom(self, value: int) -> None:
        self._file.setValue("zoom", str(value))

    @property
    def recent(self) -> list[Path]:
        """Documents opened lately, the latest first; those that have gone are left out."""
        held = self._file.value("recent", [])
        paths = [held] if isinstance(held, str) else list(held or [])
        return [path for text in paths if (path := Path(text)).exists()]

    def remember(self, path: Path) -> None:
        """Put ``path`` first among the recent documents."""
        others = [str(p) for p in self.recent if p != path]
        self._file.setValue("recent", [str(path), *others][:_RECENT])

    def forget_recent(self) -> None:
        """Empty the list of recent documents."""
        self._file.remove("recent")

    @property
    def folder(self) -> Path:
        """Where the file dialogs begin."""
        path = Path(self._text("folder", str(places.documents_dir())))
        return path if path.is_dir() else Path.home()

    @folder.setter
    def folder(self, value: Path) -> None:
        self._file.setValue("folder", str(value))

    def layout(self, name: str) -> QByteArray | None:
        """Return the kept geometry or state of the part ``name``."""
        held = self._file.value(f"layout/{name}")
        return held if isinstance(held, QByteArray) else None

    def keep_layout(self, name: str, state: QByteArray) -> None:
        """Keep the geometry or state of the part ``name``."""
        self._file.setValue(f"layout/{name}", state)

    def flag(self, name: str, default: bool = False) -> bool:
        """Return a kept choice between yes and no."""
        return self._text(f"flag/{name}", "1" if default else "0") == "1"

    def keep_flag(self, name: str, value: bool) -> None:
        """Keep a choice between yes and no."""
        self._file.setValue(f"flag/{name}", "1" if value else "0")

    def _text(self, name: str, default: str) -> str:
        held = self._file.value(name, default)
        return held if isinstance(held, str) else default
