"""The ground on which the rest stands: versions, requirements, licences, places."""

import importlib.metadata
import importlib.util
import re
import sys
import tomllib
from pathlib import Path

import pytest

from continuity import places

ROOT = Path(__file__).resolve().parent.parent


def load(name: str):
    """A script of `packaging/` as a module."""
    spec = importlib.util.spec_from_file_location(f"house_{name}", ROOT / "packaging" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_that_qt_does_not_lose_references_to_none():
    from PySide6.QtCore import QPointF

    point = QPointF()
    before = sys.getrefcount(None)
    for i in range(1000):
        point.setX(i)
    assert abs(sys.getrefcount(None) - before) < 100


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_that_requirements_are_pinned_and_hashed_without_addresses(path):
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(-i|--index|--extra-index|--find-links|-f)\b", text, re.MULTILINE)
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==\S+", block), block
        assert "--hash=sha256:" in block, block


def test_that_all_locks_name_the_same_versions():
    pins = {}
    for path in (ROOT / "requirements").glob("*.txt"):
        for line in re.findall(
            r"^[A-Za-z0-9].*?==.*?(?= \\$)", path.read_text(encoding="utf-8"), re.MULTILINE
        ):
            name, rest = re.split(r"(?:\[.*?\])?==", line, maxsplit=1)
            version, _, marker = rest.partition(" ; ")
            pins.setdefault(name, {}).setdefault(marker, set()).add(version)
    assert [name for name, rows in pins.items() if any(len(v) > 1 for v in rows.values())] == []


def test_that_each_part_may_be_passed_on():
    licences = load("licences")
    assert [(part.name, part.licence) for part in licences.parts() if not part.permitted] == []


def test_that_gpl_is_not_permitted_unless_there_is_another_way():
    licences = load("licences")
    assert not licences.is_permitted("GPL-3.0-only")
    assert not licences.is_permitted("MIT AND AGPL-3.0-or-later")
    assert not licences.is_permitted("")
    assert not licences.is_permitted("Proprietary licence")
    assert licences.is_permitted("LGPL-3.0-only OR GPL-2.0-only")
    assert licences.is_permitted("(MIT OR GPL-2.0-only) AND Apache-2.0 WITH LLVM-exception")


def test_that_the_notice_names_each_part():
    licences = load("licences")
    text = licences.NOTICE.read_text(encoding="utf-8")
    assert [part.name for part in licences.parts() if f"  {part.name}: {part.licence}\n" not in text] == []


def test_that_the_version_is_the_same_everywhere():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert importlib.metadata.version("uthallig") == declared
    released = re.findall(
        r"^## \[(\d+\.\d+\.\d+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert not released or released[0] == declared


def test_that_fonts_are_files_of_one_family():
    from fontTools.ttLib import TTFont

    for path in places.fonts().values():
        assert TTFont(path)["name"].getDebugName(1).startswith(places.FONT_FAMILY)
    assert {p.name for p in places.font_folder().glob("*.ttf")} == {p.name for p in places.fonts().values()}
    assert {p.suffix for p in places.font_folder().iterdir()} == {".ttf"}


def test_that_settings_of_tests_are_not_those_of_the_user(tmp_path_factory):
    if sys.platform == "linux":
        assert places.config_dir().is_relative_to(tmp_path_factory.getbasetemp())
