"""Addresses of random numbers: every draw has its own, whatever else is drawn.

A stream key is the first 8 bytes of BLAKE2b over seed (8 bytes, little-endian), kind of draw (16 bytes,
zero-padded), record id and second record id (16 bytes each; zeros where there is none). The number at
(replication, ordinal) of a stream is Philox4x32-10 under that key (``kernels_random.py``).
"""

from __future__ import annotations

import hashlib
import uuid
from typing import Final

#: Kinds of draw: does the event happen, is this element hit, how long, background failure and repair.
HAPPENS: Final = "happens"
HIT: Final = "hit"
DURATION: Final = "duration"
FAILURE: Final = "failure"

_NOTHING = bytes(16)


def stream_key(seed: int, draw: str, record: str, second: str | None = None) -> int:
    """Return the 64-bit key of a stream; ``record`` and ``second`` are ids."""
    other = uuid.UUID(second).bytes if second else _NOTHING
    address = (seed % 2**64).to_bytes(8, "little") + draw.encode().ljust(16, b"\0")
    digest = hashlib.blake2b(address + uuid.UUID(record).bytes + other).digest()
    return int.from_bytes(digest[:8], "little")
