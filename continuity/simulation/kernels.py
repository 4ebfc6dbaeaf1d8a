"""How kernels are compiled: one decorator, and a cache that belongs to these very sources.

Numba looks only at a kernel's own file when it asks whether its cached machine code is still right,
not at the kernels that it calls. So the cache folder carries a digest of all sources of this room (of
the program itself when packed): a changed rule is never run from an old compilation.

Import this module only when a run starts: Numba takes a quarter of a second.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

from continuity import places

_IMPORTED = re.compile(r"^from continuity\.simulation\.(\w+) import", re.MULTILINE)
_KEPT = 4  # caches of older sources that are kept


def _digest() -> str:
    digest = hashlib.sha256(sys.version.encode())
    if places.is_packed():  # no sources there
        digest.update(str(Path(sys.executable).stat().st_mtime_ns).encode())
    for source in _sources(Path(__file__).parent):
        digest.update(source.encode())
    return digest.hexdigest()[:16]


def _sources(folder: Path) -> list[str]:
    """Return the sources of all modules with kernels, and of those from which they take their constants."""
    texts = {file.stem: file.read_text("utf-8") for file in folder.glob("*.py")}
    wanted = {"kernels", *(name for name, text in texts.items() if "simulation.kernels import" in text)}
    queue = list(wanted)
    while queue:
        used = set(_IMPORTED.findall(texts[queue.pop()])) & texts.keys() - wanted
        wanted |= used
        queue += used
    return [texts[name] for name in sorted(wanted)]


def _use_own_cache() -> None:
    folder = places.cache_dir() / "kernels"
    own = folder / _digest()
    own.mkdir(parents=True, exist_ok=True)
    own.touch()
    others = sorted((f for f in folder.iterdir() if f != own), key=lambda f: f.stat().st_mtime, reverse=True)
    for old in others[_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
    os.environ["NUMBA_CACHE_DIR"] = str(own)


if "numba" not in sys.modules:  # its settings are read once
    _use_own_cache()

import numba  # noqa: E402 - after the cache folder has been named


def cache_folder() -> Path:
    """Return the folder that holds the compiled kernels of these sources."""
    return Path(numba.config.CACHE_DIR)


def kernel(function: Any) -> Any:
    """Compile a function that Python calls: on first use, kept on disk, without the interpreter lock.

    ``kernel(f).py_func`` is the plain Python function.
    """
    return numba.njit(cache=True, nogil=True, error_model="numpy")(function)


def part(function: Any) -> Any:
    """Compile a function that only kernels call; it is kept on disk with them."""
    return numba.njit(nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)(
        function
    )


def leaf(function: Any) -> Any:
    """Compile a part that makes no arrays and returns none: it borrows its caller's.

    Without Numba's runtime no references are counted: an atomic instruction for each array at each call
    would cost more than most parts do.
    """
    return numba.njit(
        _nrt=False, nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True
    )(function)
