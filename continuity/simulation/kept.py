"""What runs leave behind for the next one: a store with a budget of bytes, least recently used out."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Final

BUDGET: Final = 512 * 2**20


@dataclass(frozen=True, slots=True)
class _Entry:
    value: Any
    size: int
    owner: str


class Kept:
    """Values by key. Threads may ask at the same time; what is kept is never changed."""

    def __init__(self, budget: int = BUDGET) -> None:
        self.budget, self.used = budget, 0
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Any:
        """Return what is kept under ``key``, or None."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            self._entries.move_to_end(key)
            return entry.value

    def put(self, key: Hashable, value: Any, size: int, owner: str) -> bool:
        """Keep ``value`` of so many bytes; make room by what others left, longest unused first.

        A run (``owner``) never pushes out what it has kept itself: the next one begins with its first
        blocks. Tells whether there was room.
        """
        with self._lock:
            self._drop(key)
            free = self.budget - self.used
            others = [(k, e.size) for k, e in self._entries.items() if e.owner != owner]
            if size > free + sum(freed for _, freed in others):
                return False
            for other, freed in others:
                if size <= free:
                    break
                self._drop(other)
                free += freed
            self._entries[key] = _Entry(value, size, owner)
            self.used += size
            return True

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries.clear()
            self.used = 0

    def _drop(self, key: Hashable) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self.used -= entry.size
