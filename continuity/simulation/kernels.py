"""How kernels are compiled: one decorator, and a cache that belongs to these very sources.

Numba looks only at a kernel's own file when it asks whether its cached machine code is still right,
not at the kernels that it calls. So the cache folder carries a digest of all sources of this room (of
the program itself when packed): a changed rule is never run from an old compilation.

Import this module only when a run starts: Numba takes a quarter of a second.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from continuity import places

_KEPT = 4  # caches of older sources that are kept


def _digest() -> str:
    digest = hashlib.sha256(sys.version.encode())
    if places.is_packed():
        digest.update(str(Path(sys.executable).stat().st_mtime_ns).encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


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


def kernel(function: Any) -> Any:
    """Compile ``function`` on first use, keep the result on disk, release the interpreter lock.

    ``kernel(f).py_func`` is the plain Python function.
    """
    return numba.njit(cache=True, nogil=True, error_model="numpy")(function)
