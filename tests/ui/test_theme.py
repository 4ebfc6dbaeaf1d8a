"""The look keeps its promises: contrast, an even scale of levels, no colour without a name."""

import re
from pathlib import Path

import pytest

from ui.theme import THEMES, level_colour
from ui.theme.colour import contrast, luminance
from ui.theme.style import stylesheet

GROUNDS = ("surface", "raised", "sunken")
TEXTS = {"ink": 7.0, "muted": 4.5, "accent": 4.5, "warn": 4.5, "breach": 4.5}
SHAPES = ("border", "full", "reduced", "lost", "unknown", "function", "staff", "pay", "edge", "exercise")


@pytest.mark.parametrize("name", THEMES)
def test_that_text_and_shapes_stand_out_from_every_ground(name):
    tokens = THEMES[name]
    for ground in GROUNDS:
        for text, least in TEXTS.items():
            assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= least, (text, ground)
        for shape in SHAPES:
            assert contrast(getattr(tokens, shape), getattr(tokens, ground)) >= 3.0, (shape, ground)
    for ground in ("chosen", "hover"):
        assert contrast(tokens.ink, getattr(tokens, ground)) >= 7.0
        assert contrast(tokens.muted, getattr(tokens, ground)) >= 4.5
    for ground in ("accent", "exercise"):
        assert contrast(tokens.on_accent, getattr(tokens, ground)) >= 4.5


def test_that_a_higher_level_is_always_lighter():
    lights = [luminance(level_colour(level)) for level in range(0, 1001, 50)]
    assert lights == sorted(lights)
    assert lights[-1] > 6 * lights[0]


def test_that_levels_beyond_the_scale_take_its_ends():
    assert level_colour(-5) == level_colour(0)
    assert level_colour(2000) == level_colour(1000)


@pytest.mark.parametrize("name", THEMES)
def test_that_the_stylesheet_is_filled_in(qapp, name):
    sheet = stylesheet(THEMES[name], round)
    assert "$" not in sheet
    assert THEMES[name].accent in sheet


def test_that_no_colour_is_written_outside_the_tokens():
    named = {"tokens.py", "paint.py"}  # hatching lies on the scale of levels, the same in every theme
    found = [
        path.name
        for path in Path("ui").rglob("*.py")
        if path.name not in named and re.search(r'"#[0-9a-fA-F]{3,8}"', path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_that_every_icon_exists(qapp):
    from ui.theme.icons import ICONS, glyph

    assert all(glyph(name) for name in ICONS)
