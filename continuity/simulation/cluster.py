"""Blocks on a Dask cluster: an optional extra, asked for by address; nothing else opens a socket."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from continuity.simulation.compiled import ENGINE_VERSION
from continuity.simulation.schedulers import Asked, Pool, Round, play, refused, variants_of
from continuity.simulation.variant import Variant

_PATIENCE = 10  # seconds until an address that does not answer is given up
_KEPT = 4  # jobs that a worker keeps compiled
_jobs: dict[str, tuple[Variant, ...]] = {}
_lock = threading.Lock()


@contextmanager
def cluster(job: bytes, address: str) -> Iterator[Pool]:
    """Play blocks on the workers of the Dask scheduler at ``address``; raise Refused where it cannot be."""
    try:
        from distributed import Client
    except ImportError:
        raise refused("no-dask") from None
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise refused("no-cluster", address=address, reason=str(error) or type(error).__name__) from error
    with client:
        yield _Cluster(client, job, _workers(client, address))


def _workers(client: Any, address: str) -> int:
    """Return how many blocks the cluster plays at a time; raise Refused where it has another engine."""
    threads: int = sum(client.nthreads().values())
    if not threads:
        raise refused("no-cluster", address=address, reason="no workers")
    try:
        versions = set(client.run(engine_version).values())
    except Exception as error:  # whatever a worker without this program answers
        raise refused("cluster-without-program", address=address, reason=str(error)) from error
    if versions != {ENGINE_VERSION}:
        raise refused("cluster-differs", address=address)
    return threads


class _Cluster:
    def __init__(self, client: Any, job: bytes, workers: int) -> None:
        self.workers, self._client = workers, client
        self._token = hashlib.sha256(job).hexdigest()
        self._job = client.scatter(job, broadcast=True, hash=False)

    def submit(self, asked: Asked) -> Any:
        return self._client.submit(play_there, self._token, self._job, asked, pure=False)


def engine_version() -> int:
    """Return the engine version of this process."""
    return ENGINE_VERSION


def play_there(token: str, job: bytes, asked: Asked) -> Round:
    """Play one round in a worker, which compiles a job once."""
    with _lock:
        variants = _jobs.get(token)
        if variants is None:
            while len(_jobs) >= _KEPT:
                _jobs.pop(next(iter(_jobs)))
            variants = _jobs[token] = variants_of(job)
    return play(variants, asked)
