"""Writes a document of the present schema as a sample for later programs: once per released schema.

.venv/bin/python -m tests.data.old.make_sample
"""

import gzip
import tempfile
from pathlib import Path

from continuity.exchange.organisation_json import write_organisation
from continuity.model.edits import amend
from continuity.session import Session
from continuity.store.tables import SCHEMA
from tests.strategies import filled_organisation

HERE = Path(__file__).parent


def make(target: Path) -> None:
    """Write the sample: every field of every kind, a version, and a step that can be taken back."""
    with tempfile.TemporaryDirectory() as folder:
        source, document = Path(folder) / "allt.json", Path(folder) / "allt.uthallig"
        write_organisation(filled_organisation(), source)
        with Session.open(source, author="Eva") as session:
            session.make_version("Den första")
            resource = session.organisation.of_kind("resource")[0]
            session.edit(amend(resource, note="Ändrad efteråt"))
            session.save_as(document)
        target.write_bytes(gzip.compress(document.read_bytes(), mtime=0))


if __name__ == "__main__":
    make(HERE / f"schema-{SCHEMA}.uthallig.gz")
