"""Archives judged before anything of them is unpacked into memory: bombs, locks, damage, tricks in XML."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from continuity.exchange.files import refusal
from continuity.exchange.sheets import Watch, unwatched

#: What a spreadsheet may hold when unpacked; 50,000 rows of 30 columns take about 100 MB.
LARGEST_UNPACKED = 400 * 1024 * 1024
LARGEST_PACKED = 64 * 1024 * 1024
_MOST_PARTS = 5_000
_PIECE = 1024 * 1024
_HEAD = 30  # bytes of a local header
_LOCKED = 0x1
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_PART = "EncryptedPackage".encode("utf-16-le")


def kind_of_file(path: Path) -> str:
    """Return what ``path`` is by its first bytes: zip, locked, old-office, empty or text."""
    try:
        with path.open("rb") as file:
            start = file.read(8)
            if not start:
                return "empty"
            if start.startswith(b"PK\x03\x04"):
                return "zip"
            if start != _OLD_OFFICE:
                return "text"
            return "locked" if _LOCKED_PART in start + file.read(LARGEST_PACKED) else "old-office"
    except FileNotFoundError:
        raise refusal("no-such-file", path) from None
    except IsADirectoryError:
        raise refusal("is-a-folder", path) from None
    except PermissionError:
        raise refusal("no-permission", path) from None
    except OSError as error:
        raise refusal("cannot-read", path, reason=error.strerror or str(error)) from None


def checked_parts(path: Path, watch: Watch = unwatched) -> dict[str, int]:
    """Return the parts of the archive ``path`` with their true sizes; refuse what cannot be trusted.

    Sizes are measured by unpacking piece by piece, since those that an archive states may be invented.
    """
    if (size := path.stat().st_size) > LARGEST_PACKED:
        raise refusal("sheet-too-large", path, size=size, limit=LARGEST_PACKED)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_PARTS or sum(e.file_size for e in entries) > LARGEST_UNPACKED:
                raise refusal("unpacks-too-large", path, limit=LARGEST_UNPACKED // 1024**2)
            if any(entry.flag_bits & _LOCKED for entry in entries):
                raise refusal("locked-file", path)
            return _measured(path, entries, watch)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError):
        raise refusal("damaged-file", path) from None


def _measured(path: Path, entries: list[zipfile.ZipInfo], watch: Watch) -> dict[str, int]:
    sizes: dict[str, int] = {}
    total = 0
    with path.open("rb") as file:
        for done, entry in enumerate(entries):
            watch(done, len(entries))
            size = 0
            tail = b""
            for piece in _unpacked(file, entry):
                size += len(piece)
                if total + size > LARGEST_UNPACKED:
                    raise refusal("unpacks-too-large", path, limit=LARGEST_UNPACKED // 1024**2)
                if b"<!DOCTYPE" in tail + piece and entry.filename.endswith((".xml", ".rels")):
                    raise refusal("xml-doctype", path)
                tail = piece[-10:]
            if size != entry.file_size:
                raise refusal("damaged-file", path)
            sizes[entry.filename] = size
            total += size
    return sizes


def _unpacked(file: object, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the content of ``entry`` as the archive truly holds it, whatever size it states."""
    file.seek(entry.header_offset)  # type: ignore[attr-defined]
    head = file.read(_HEAD)  # type: ignore[attr-defined]
    name, extra = struct.unpack("<HH", head[26:30])
    file.seek(entry.header_offset + _HEAD + name + extra)  # type: ignore[attr-defined]
    left = entry.compress_size
    unpack = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    if unpack is None and entry.compress_type != zipfile.ZIP_STORED:
        raise NotImplementedError
    while left > 0:
        packed = file.read(min(_PIECE, left))  # type: ignore[attr-defined]
        if not packed:
            raise EOFError
        left -= len(packed)
        if unpack is None:
            yield packed
            continue
        while packed:
            yield unpack.decompress(packed, _PIECE)
            packed = unpack.unconsumed_tail
    if unpack is not None:
        yield unpack.flush()
