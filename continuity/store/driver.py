"""The database driver: SQLCipher, which reads and writes plain SQLite files as well as encrypted ones.

A passphrase makes the key by SQLCipher's own derivation (PBKDF2-HMAC-SHA512); pages are AES-256 with an
authentication code each. Without a passphrase a file is an ordinary SQLite database that any tool reads.
This protects against loss and theft; it is no approval for security-classified information.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2

Connection = Any
#: What the driver raises.
DatabaseFault: Final = dbapi2.Error
MODULE: Final = dbapi2
#: SQLite's codes for "cannot be opened" and "is busy" in words, as the driver says them.
_NOT_NOW: Final = ("unable to open database file", "database is locked")
_PAGE: Final = 4096


def open_database(
    address: str | Path, passphrase: str = "", *, uri: bool = False, timeout: float = 5.0
) -> Connection:
    """Return a connection to a database; with a passphrase, to an encrypted one.

    Whether the passphrase is right shows when something is first read.
    """
    connection = dbapi2.connect(str(address), uri=uri, timeout=timeout)
    if passphrase:
        # The driver takes no parameter here; a quote in the passphrase is doubled.
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key='{_quoted(passphrase)}'")
    return connection


def copy_encrypted(source: Connection, target: Path, passphrase: str) -> None:
    """Copy an open database to a new file under another passphrase, or none; nothing plain touches the disk.

    Outside any transaction.
    """
    source.execute("ATTACH DATABASE ? AS copy KEY ?", [str(target), passphrase])
    try:
        source.execute("SELECT sqlcipher_export('copy')")
        for pragma in ("application_id", "user_version"):
            [value] = source.execute(f"PRAGMA main.{pragma}").fetchone()
            source.execute(f"PRAGMA copy.{pragma}={int(value)}")
    finally:
        with contextlib.suppress(DatabaseFault):
            source.execute("DETACH DATABASE copy")


def may_be_encrypted(size: int, header: bytes) -> bool:
    """Tell whether a file that is no plain database could be an encrypted one: whole pages of noise."""
    if size < _PAGE or size % _PAGE:
        return False
    return len(set(header)) > len(header) // 2 and any(byte > 0x7F for byte in header)


def is_not_now(fault: Exception) -> bool:
    """Tell whether the system, not the file, kept it from being read."""
    return any(words in str(fault) for words in _NOT_NOW)


def _quoted(text: str) -> str:
    return text.replace("'", "''")
