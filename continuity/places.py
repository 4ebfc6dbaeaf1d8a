"""Where things lie on disk, from source and in the packed program alike."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from functools import cache
from pathlib import Path

import platformdirs

APP = "uthallig"
FONT_FAMILY = "Source Sans Pro"
_FONT_PACKAGE = "font_source_sans_pro"
_FACES = ("Light", "Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")


def is_packed() -> bool:
    """Whether this is the packed program rather than Python with sources."""
    return bool(getattr(sys, "frozen", False))


def root() -> Path:
    """The folder that holds `resources/` and `plans/`."""
    if is_packed():
        return Path(getattr(sys, "_MEIPASS", Path(sys.executable).parent))
    return Path(__file__).resolve().parent.parent


def resources() -> Path:
    """Reference agency, scenario library, icons, translations, schemas."""
    return root() / "resources"


def plans() -> Path:
    """Templates of the plans."""
    return root() / "plans"


def words() -> Path:
    """Word catalogues, one folder per language."""
    return resources() / "words"


def migrations() -> Path:
    """Alembic's scripts, which are read as files."""
    return root() / "continuity" / "store" / "migrations"


@cache
def fonts() -> dict[str, Path]:
    """TrueType files of `FONT_FAMILY` by face: Light, Regular, It, Semibold, SemiboldIt, Bold, BoldIt."""
    return {face: _font_source() / f"SourceSansPro-{face}.ttf" for face in _FACES}


@cache
def font_folder() -> Path:
    """A folder with the files of `fonts()` and nothing else, for programs that search a folder."""
    if is_packed():
        return _font_source()
    # The package also holds the same faces in another format, which Typst would choose between.
    folder = cache_dir() / "fonts"
    folder.mkdir(exist_ok=True)
    for source in fonts().values():
        copy = folder / source.name
        if not copy.exists() or copy.stat().st_size != source.stat().st_size:
            fresh = folder / f".{source.name}.{os.getpid()}"
            shutil.copyfile(source, fresh)
            fresh.replace(copy)
    return folder


def _font_source() -> Path:
    if is_packed():
        return root() / _FONT_PACKAGE / "files"
    spec = importlib.util.find_spec(_FONT_PACKAGE)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"the font package {_FONT_PACKAGE} is not installed")
    return Path(spec.origin).parent / "files"


def cache_dir() -> Path:
    """The user's cache folder for this program, made if missing."""
    return platformdirs.user_cache_path(APP, appauthor=False, ensure_exists=True)


def config_dir() -> Path:
    """The user's settings folder for this program, made if missing."""
    return platformdirs.user_config_path(APP, appauthor=False, roaming=True, ensure_exists=True)


def data_dir() -> Path:
    """The user's data folder for this program (back-ups, recovered documents), made if missing."""
    return platformdirs.user_data_path(APP, appauthor=False, ensure_exists=True)


def documents_dir() -> Path:
    """The user's documents folder."""
    return platformdirs.user_documents_path()


def use_kernel_cache() -> None:
    """Let compiled kernels outlive the program; call before the first import of Numba."""
    os.environ.setdefault("NUMBA_CACHE_DIR", str(cache_dir() / "kernels"))
