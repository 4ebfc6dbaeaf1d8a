"""The command line: a contract that other programs rely on (see ``docs/format.md``)."""

from __future__ import annotations

import sys


def main() -> None:
    """Open the window when nothing or only a document is named, else run the command."""
    arguments = sys.argv[1:]
    if not arguments or (len(arguments) == 1 and arguments[0].endswith(".uthallig")):
        from ui.run import main as open_window

        raise SystemExit(open_window(arguments[0] if arguments else None))
    from continuity.cli.app import run

    raise SystemExit(run(arguments))
