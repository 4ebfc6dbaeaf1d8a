"""Prove that all which the program needs to run may be passed on together with it under Apache-2.0.

    python packaging/licences.py            exit 1 if a licence is unknown or not permitted
    python packaging/licences.py --notice   write NOTICE
    python packaging/licences.py --collect FOLDER   copy every licence text there, for the packed program

Looks at what `requirements/run.txt` names. Tools of development (PyInstaller: GPL with an exception for its
output) are not part of the program.
"""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements" / "run.txt"
NOTICE = ROOT / "NOTICE"
# Texts of licences whose packages do not bring them along.
TEXTS = Path(__file__).resolve().parent / "licences"

# SPDX identifiers that permit public agencies to use the program and pass it on.
# LGPL: used as separate, replaceable libraries.
PERMITTED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "LGPL-2.1-only",
    "LGPL-3.0-only", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "OFL-1.1", "PSF-2.0", "Zlib",
}  # fmt: skip

# Older metadata in free words, or only as a classifier.
IN_OTHER_WORDS = {
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Python Software Foundation License": "PSF-2.0",
    "SIL OFL 1.1": "OFL-1.1",
    "SIL Open Font License 1.1 (OFL-1.1)": "OFL-1.1",
}
# Metadata that says nothing: read from the licence text that comes along, with what is built in.
BY_TEXT = {"sqlcipher3": "Zlib AND BSD-3-Clause AND Apache-2.0"}  # itself, SQLCipher, OpenSSL
LICENCE_FILE = re.compile(r"(^|/)(licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """One distribution and its licence as an SPDX expression ("" if unknown)."""

    name: str
    licence: str
    distribution: importlib.metadata.Distribution

    @property
    def permitted(self) -> bool:
        return is_permitted(self.licence)


def is_permitted(expression: str) -> bool:
    """Whether an SPDX expression leaves a way to pass the part on: each AND, one of each OR."""
    words = expression.replace("(", " ( ").replace(")", " ) ").split()
    words = re.sub(r" WITH \S+", "", " ".join(words)).split()
    python = [w.lower() if w in {"AND", "OR"} else w if w in "()" else str(w in PERMITTED) for w in words]
    try:
        return bool(python) and bool(eval(" ".join(python), {"__builtins__": {}}))
    except SyntaxError:
        return False


def licence_of(distribution: importlib.metadata.Distribution) -> str:
    """The SPDX expression in a distribution's metadata, or ""."""
    metadata = distribution.metadata
    classifiers = [
        c.split(" :: ")[-1] for c in metadata.get_all("Classifier") or [] if c.startswith("License ::")
    ]
    stated = metadata.get("License-Expression") or ""
    if not stated:
        # The License field may hold a whole licence text, which is not looked into.
        candidates = [text for text in (metadata.get("License") or "", *classifiers) if "\n" not in text]
        stated = next((text for c in candidates if is_permitted(text := IN_OTHER_WORDS.get(c, c))), "")
    return stated or BY_TEXT.get(metadata["Name"], "")


def required() -> list[str]:
    """Names in the run requirements that hold for this machine."""
    names = []
    for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines():
        if re.match(r"[A-Za-z0-9]", line):
            requirement = Requirement(line.split("\\")[0].strip())
            if requirement.marker is None or requirement.marker.evaluate():
                names.append(requirement.name)
    return names


def parts() -> list[Part]:
    """Every distribution that the program needs to run."""
    found = []
    for name in required():
        distribution = importlib.metadata.distribution(name)
        found.append(Part(distribution.metadata["Name"], licence_of(distribution), distribution))
    return sorted(found, key=lambda part: part.name.casefold())


def notice() -> str:
    """The text of NOTICE."""
    lines = [
        "Uthållig",
        "Copyright the Uthållig contributors",
        "",
        "Licensed under the Apache License, Version 2.0 (see LICENSE).",
        "",
        "The packed program contains Python (PSF-2.0) and the parts below, each under its own licence; the",
        "texts lie in the folder `licences` of the packed program. Qt and PySide6 are used under the GNU",
        "LGPL version 3, docxtpl under its version 2.1, as separate libraries which may be replaced in the",
        "program's folder.",
        "",
    ]
    lines += [f"  {part.name}: {part.licence}" for part in parts()]
    return "\n".join(lines) + "\n"


def texts(part: Part) -> Iterator[Path]:
    """The licence texts that a distribution brings along."""
    for file in part.distribution.files or []:
        if LICENCE_FILE.search(str(file)):
            path = Path(str(file.locate()))
            if path.is_file() and path.suffix not in {".py", ".pyc"}:
                yield path


def collect(folder: Path) -> None:
    """Copy LICENSE, NOTICE and every licence text into a folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in (ROOT / "LICENSE", NOTICE, *TEXTS.glob("*.txt")):
        shutil.copyfile(path, folder / path.name)
    for part in parts():
        for number, path in enumerate(texts(part)):
            suffix = f"-{number}" if number else ""
            shutil.copyfile(path, folder / f"{part.name}{suffix}.txt")


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--collect"]:
        collect(Path(arguments[1]))
        return 0
    if arguments == ["--notice"]:
        NOTICE.write_text(notice(), encoding="utf-8", newline="\n")
    refused = [part for part in parts() if not part.permitted]
    for part in refused:
        print(f"{part.name}: licence {part.licence or 'unknown'} is not among the permitted ones")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
