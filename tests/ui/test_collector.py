"""Garbage is collected in the window's thread only."""

import gc
import threading
import weakref


class Knot:
    """Something in a cycle."""

    def __init__(self) -> None:
        self.me = self


def test_that_no_other_thread_collects_and_the_window_does(qapp, qtbot) -> None:
    knot = Knot()
    tied = weakref.ref(knot)
    del knot

    def make_much() -> None:
        kept = [[] for _ in range(200_000)]
        kept.clear()

    thread = threading.Thread(target=make_much)
    thread.start()
    thread.join()
    assert not gc.isenabled()
    assert tied() is not None
    many = [[] for _ in range(10 * gc.get_threshold()[0])]
    qtbot.waitUntil(lambda: tied() is None, timeout=20_000)
    assert many
