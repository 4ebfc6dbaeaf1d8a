"""Help to build streams and fallbacks in tests."""

from dataclasses import replace

from builders import Builder


def fallback(builder: Builder, code: str, kind: str = "execute", **fields) -> str:
    """Add a fallback of ``kind`` (a name that the builder keeps for itself)."""
    made = builder.add("fallback", code, **fields)
    builder.records[made] = replace(builder.records[made], kind=kind)
    return made
