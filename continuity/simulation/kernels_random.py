"""Philox4x32-10 (Salmon et al., SC11): four 32-bit words from a key and a counter, no state."""

from __future__ import annotations

from typing import Any

import numpy as np

from continuity.simulation.kernels import leaf

_MASK = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_EAST = np.uint64(0xD2511F53)
_WEST = np.uint64(0xCD9E8D57)
_GOLDEN = np.uint64(0x9E3779B9)
_ROOT = np.uint64(0xBB67AE85)
_ELEVEN = np.uint64(11)


@leaf
def philox(key: Any, replication: Any, ordinal: Any) -> Any:
    """Return the four words (uint64 below 2^32) at counter (replication, ordinal, 0, 0)."""
    low, high = key & _MASK, key >> _HALF
    a, b = np.uint64(replication) & _MASK, np.uint64(ordinal) & _MASK
    c, d = np.uint64(0), np.uint64(0)
    for _ in range(10):
        first, second = a * _EAST, c * _WEST
        a, b, c, d = (second >> _HALF) ^ b ^ low, second & _MASK, (first >> _HALF) ^ d ^ high, first & _MASK
        low, high = (low + _GOLDEN) & _MASK, (high + _ROOT) & _MASK
    return a, b, c, d


@leaf
def unit(high: Any, low: Any) -> Any:
    """Return the uniform in (0, 1) of two words: 53 bits, in the middle of their cell."""
    bits = ((high << _HALF) | low) >> _ELEVEN
    return (np.float64(bits) + 0.5) * 2.0**-53


@leaf
def uniform(key: Any, replication: Any, ordinal: Any) -> Any:
    """Return the uniform in (0, 1) at an address."""
    a, b, _, _ = philox(key, replication, ordinal)
    return unit(a, b)


@leaf
def two_uniforms(key: Any, replication: Any, ordinal: Any) -> Any:
    """Return the uniforms of words 0-1 and 2-3 at an address."""
    a, b, c, d = philox(key, replication, ordinal)
    return unit(a, b), unit(c, d)
