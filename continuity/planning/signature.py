"""Who answers for a package: keys of Ed25519, and a signature over the manifest beside it.

The private key is a PEM file under a passphrase (PKCS 8), the public one a PEM file that is handed to
whoever is to check. The name in a signature is what the signer wrote; the fingerprint is what proves it.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from continuity.model.problems import Problem, Refused
from continuity.planning.sealed import SHORTEST

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

NAME: Final = "manifest.sig"
KIND: Final = "uthallig-signature"
_LONGEST: Final = 10_000  # bytes of a signature file


@dataclass(frozen=True, slots=True)
class Signature:
    """What the signature of a package says. ``broken``: the manifest is not the one that was signed."""

    state: Literal["unsigned", "signed", "broken"]
    name: str = ""
    at: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key, opened, and the name that stands in its signatures."""

    private: Ed25519PrivateKey
    name: str

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the public key."""
        return fingerprint_of(self.private.public_key())


def make_keys(path: Path, passphrase: str) -> tuple[Path, str]:
    """Write a new private key to ``path`` and the public one beside it; return its path and fingerprint."""
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if len(passphrase) < SHORTEST:
        raise Refused([Problem("passphrase-too-short", facts={"least": SHORTEST})])
    public_path = path.with_suffix(".public.pem")
    for one in (path, public_path):
        if one.exists():
            raise Refused([Problem("key-exists", path=str(one))])
    private = Ed25519PrivateKey.generate()
    locked = form.BestAvailableEncryption(passphrase.encode("utf-8"))
    secret = private.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, locked)
    public = private.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)
    try:
        _write_private(path, secret)
        public_path.write_bytes(public)
    except OSError as error:
        raise _unreadable("key-not-writable", path, error) from error
    return public_path, fingerprint_of(private.public_key())


def _write_private(path: Path, secret: bytes) -> None:
    """Write a file that nobody else may read, and never over another."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secret)


def open_key(path: Path, passphrase: str, name: str) -> SigningKey:
    """Return the private key in ``path``; raise :class:`Refused` where it cannot be had."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        private = load_pem_private_key(path.read_bytes(), passphrase.encode("utf-8") or None)
    except OSError as error:
        raise _unreadable("key-not-readable", path, error) from None
    except TypeError:  # a passphrase where none is needed, or none where one is
        code = "key-without-passphrase" if passphrase else "key-wrong-passphrase"
        raise Refused([Problem(code, path=str(path))]) from None
    except (ValueError, UnsupportedAlgorithm) as error:
        code = "key-wrong-passphrase" if b"ENCRYPTED" in path.read_bytes() else "key-not-one"
        raise Refused([Problem(code, path=str(path))]) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise Refused([Problem("key-not-one", path=str(path))])
    return SigningKey(private, name.strip())


def open_public(path: Path) -> str:
    """Return the fingerprint of the public key in ``path``."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        public = load_pem_public_key(path.read_bytes())
    except OSError as error:
        raise _unreadable("key-not-readable", path, error) from None
    except (ValueError, UnsupportedAlgorithm):
        raise Refused([Problem("key-not-one", path=str(path))]) from None
    if not isinstance(public, Ed25519PublicKey):
        raise Refused([Problem("key-not-one", path=str(path))])
    return fingerprint_of(public)


def fingerprint_of(public: Ed25519PublicKey) -> str:
    """Return half of the SHA-256 of a public key, in groups that can be read out over the telephone."""
    digest = hashlib.sha256(public.public_bytes_raw()).hexdigest()[:32]
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def signed(manifest: bytes, key: SigningKey, at: dt.datetime) -> bytes:
    """Return the signature file of ``manifest``."""
    statement = {
        "kind": KIND, "format": 1, "name": key.name, "at": at.isoformat(),
        "manifest": hashlib.sha256(manifest).hexdigest(),
    }  # fmt: skip
    plain = {
        "statement": statement,
        "key": base64.b64encode(key.private.public_key().public_bytes_raw()).decode(),
        "signature": base64.b64encode(key.private.sign(_bytes(statement))).decode(),
    }
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode()


def read_signature(data: bytes | None, manifest: bytes) -> Signature:
    """Return what the signature file ``data`` says of ``manifest``; None: there is no such file."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if data is None:
        return Signature("unsigned")
    try:
        plain: Any = json.loads(data) if len(data) <= _LONGEST else None
        statement = plain["statement"]
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(plain["key"], validate=True))
        public.verify(base64.b64decode(plain["signature"], validate=True), _bytes(statement))
        name, at, digest = str(statement["name"]), str(statement["at"]), statement["manifest"]
        is_ours = statement["kind"] == KIND and statement["format"] == 1
    except (ValueError, TypeError, KeyError, binascii.Error, InvalidSignature):
        return Signature("broken")
    whole = is_ours and digest == hashlib.sha256(manifest).hexdigest()
    return Signature("signed" if whole else "broken", name, at, fingerprint_of(public))


def _bytes(statement: dict[str, Any]) -> bytes:
    return json.dumps(statement, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _unreadable(code: str, path: Path, error: OSError) -> Refused:
    return Refused([Problem(code, path=str(path), facts={"reason": error.strerror or str(error)})])
