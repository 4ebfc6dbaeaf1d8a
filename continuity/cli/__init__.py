"""The command line: a contract that other programs rely on (see ``docs/format.md``)."""

from __future__ import annotations

import os
import sys


def _has_screen() -> bool:
    """Whether a window can be shown: elsewhere than on Linux always, there where a display is named."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in named)


def main() -> None:
    """Open the window when nothing or only a document is named, else run the command."""
    arguments = sys.argv[1:]
    if not arguments or (len(arguments) == 1 and arguments[0].endswith(".uthallig")):
        if not _has_screen():
            from continuity.cli.speech import no_screen

            raise SystemExit(no_screen())
        from ui.run import main as open_window

        raise SystemExit(open_window(arguments[0] if arguments else None))
    from continuity.cli.app import run

    raise SystemExit(run(arguments))
