"""A copy of the model that nobody reads without its passphrase: AES-256-GCM under a key of scrypt.

The file: one line that names form and measure, 16 bytes of salt, 12 bytes of nonce, the sealed text. The
line is sealed too, so that none of it can be changed. This guards against loss and theft; it is no
approval for security-classified information.
"""

from __future__ import annotations

import os
import re
from typing import Final

from continuity.model.problems import Problem, Refused

#: Fewer letters than this are guessed.
SHORTEST: Final = 12
_LINE: Final = b"uthallig-sealed 1 scrypt-%d aes-256-gcm\n"
_MATCH: Final = re.compile(rb"uthallig-sealed 1 scrypt-(\d{2}) aes-256-gcm\n")
_COST: Final = 17  # 2 to this power, 128 MiB and some tenths of a second
_COSTS: Final = range(14, 21)  # what may be asked of a machine that opens
_SALT, _NONCE = 16, 12


def is_sealed(head: bytes) -> bool:
    """Tell whether a file that begins so is one of these."""
    return _MATCH.match(head) is not None


def seal(data: bytes, passphrase: str) -> bytes:
    """Return ``data`` sealed; raise :class:`Refused` where the passphrase is too short."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(passphrase) < SHORTEST:
        raise Refused([Problem("passphrase-too-short", facts={"least": SHORTEST})])
    line, salt, nonce = _LINE % _COST, os.urandom(_SALT), os.urandom(_NONCE)
    return line + salt + nonce + AESGCM(_key(passphrase, salt, _COST)).encrypt(nonce, data, line)


def unseal(sealed: bytes, passphrase: str, path: str = "") -> bytes:
    """Return what was sealed; raise :class:`Refused` where the passphrase is wrong or the file damaged."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    match = _MATCH.match(sealed)
    if match is None or int(match[1]) not in _COSTS:
        raise Refused([Problem("sealed-not-one", path=path)])
    rest = sealed[match.end() :]
    salt, nonce, text = rest[:_SALT], rest[_SALT : _SALT + _NONCE], rest[_SALT + _NONCE :]
    try:
        return AESGCM(_key(passphrase, salt, int(match[1]))).decrypt(nonce, text, match[0])
    except (InvalidTag, ValueError):
        raise Refused([Problem("sealed-not-opened", path=path)]) from None


def _key(passphrase: str, salt: bytes, cost: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=32, n=2**cost, r=8, p=1).derive(passphrase.encode("utf-8"))
