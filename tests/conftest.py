"""What all tests share: no screen, no settings of the person who runs them, the same examples every time."""

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "house", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings and data of the program lie in a temporary folder; its cache of compiled kernels is kept."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))


@pytest.fixture(autouse=True)
def swedish() -> None:
    """Each test begins in Swedish, whatever the one before it spoke."""
    from continuity import words

    words.set_language("sv")


def pytest_runtest_teardown() -> None:
    """Where the window has taken over from Python's own collection, there may be no event loop to do it."""
    if not gc.isenabled():
        gc.collect(1)
