"""Start Uthållig; the same as the command `uthallig`."""

import multiprocessing

if __name__ == "__main__":
    multiprocessing.freeze_support()

    from continuity.cli import main

    main()
