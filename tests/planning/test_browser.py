"""Pages of a package in a real browser: nothing from outside, readable, kept, useful without scripts."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from continuity.planning import PlanRequest, write_package
from tests.planning.browser import PROGRAM, Browser
from tests.planning.plan_samples import GENERATED, sample_run, small

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no Chromium is installed")

# Contrast by WCAG 2.2 of every text against the first ground behind it.
CONTRAST = """(() => {
  const rgb = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = c => { const [r, g, b] = c.map(v => { v /= 255;
    return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b; };
  const ground = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] > 0) return c.slice(0, 3); } return [255, 255, 255]; };
  const poor = [];
  for (const e of document.querySelectorAll('body *')) {
    if (e.closest('svg, script, style, noscript') || !e.offsetParent) continue;
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    const s = getComputedStyle(e), a = light(rgb(s.color).slice(0, 3)), b = light(ground(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) poor.push([e.tagName, e.className, e.textContent.trim().slice(0, 30), ratio]);
  }
  return poor.slice(0, 5);
})()"""
HEADINGS = "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("pages") / "paket"
    run = sample_run(small())
    return write_package(
        small(), PlanRequest(out, formats=("html",), generated=GENERATED, results=run)
    ).folder


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    made = Browser(tmp_path_factory.mktemp("browser"))
    yield made
    made.close()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Browser]:
    """The browser with scripts off."""
    browser("Emulation.setScriptExecutionDisabled", value=True)
    yield browser
    browser("Emulation.setScriptExecutionDisabled", value=False)


def card(folder: Path) -> Path:
    return next((folder / "kort").glob("*.html"))


def test_that_no_page_asks_for_anything_but_itself(browser: Browser, folder: Path) -> None:
    browser.asked.clear()
    pages = sorted(folder.rglob("*.html"))
    for page in pages:
        browser.open(page)
        errors = [
            e for e in browser.events if e.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown")
        ]
        assert not errors, (page.name, errors)
    outside = [url for url in browser.asked if not url.startswith(("file:", "data:", "about:"))]
    assert outside == []
    assert len(browser.asked) >= len(pages)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_that_every_text_stands_out_from_its_ground(browser: Browser, folder: Path, scheme: str) -> None:
    browser("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    for page in sorted(folder.rglob("*.html")):
        browser.open(page)
        assert browser.run(CONTRAST) == [], page.name
    browser("Emulation.setEmulatedMedia", features=[])


def test_that_headings_are_in_order_on_every_page(browser: Browser, folder: Path) -> None:
    for page in sorted(folder.rglob("*.html")):
        browser.open(page)
        levels = browser.run(HEADINGS)
        assert levels[0] == 1
        assert levels.count(1) == 1, page.name
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), page.name


def test_that_no_page_is_wider_than_a_telephone(browser: Browser, folder: Path) -> None:
    browser("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=1, mobile=True)
    for page in sorted(folder.rglob("*.html")):
        browser.open(page)
        assert browser.run("document.documentElement.scrollWidth") <= 360, page.name
    browser("Emulation.clearDeviceMetricsOverride")


def test_that_ticks_and_notes_are_kept_until_they_are_cleared(browser: Browser, folder: Path) -> None:
    browser.open(card(folder))
    browser.run("document.querySelector('.ticks input').click()")
    browser.run(
        "(() => { const n = document.querySelector('.notes textarea'); n.value = 'Ringde <b>banken</b>';"
        "n.dispatchEvent(new Event('input')); })()"
    )
    browser.open(card(folder))
    assert browser.run("document.querySelector('.ticks input').checked")
    assert browser.run("document.querySelector('.ticks time').textContent.length") == 5
    assert browser.run("document.querySelector('.notes textarea').value") == "Ringde <b>banken</b>"
    assert browser.run("document.querySelector('.notes').open")
    assert browser.run("!document.getElementById('kept').hidden && document.getElementById('lost').hidden")
    browser.run("window.confirm = () => true; document.getElementById('clear').click()")
    browser.open(card(folder))
    assert not browser.run("document.querySelector('.ticks input').checked")
    assert browser.run("document.querySelector('.notes textarea').value") == ""


def test_that_what_is_filled_in_is_kept(browser: Browser, folder: Path) -> None:
    page = next(p for p in folder.rglob("*.html") if 'class="form"' in p.read_text("utf-8"))
    browser.open(page)
    browser.run(
        "(() => { const n = document.querySelector('.form input'); n.value = '42';"
        "n.dispatchEvent(new Event('input')); })()"
    )
    browser.open(page)
    assert browser.run("document.querySelector('.form input').value") == "42"


def test_that_the_start_page_finds_plans_by_words_inside_them(browser: Browser, folder: Path) -> None:
    browser.open(folder / "index.html")
    every = browser.run("document.querySelectorAll('.entries li:not([hidden])').length")
    found = (
        "(() => { const f = document.getElementById('field'); f.value = %r;"
        "f.dispatchEvent(new Event('input'));"
        "return document.querySelectorAll('.entries li:not([hidden])').length; })()"
    )
    assert 0 < browser.run(found % "valvet") < every
    assert browser.run(found % "finns-inte-alls") == 0
    assert browser.run("!document.getElementById('none').hidden")
    assert browser.run(found % "") == every


def test_that_pages_are_whole_with_scripts_off(plain: Browser, folder: Path) -> None:
    plain.open(folder / "index.html")
    assert plain.run("document.querySelector('.search').hidden")
    assert plain.run("document.querySelectorAll('.entries li a').length") > 5
    plain.open(card(folder))
    assert plain.run("document.querySelectorAll('.ticks input').length") > 0
    assert plain.run("getComputedStyle(document.querySelector('.notes')).display") == "none"
    assert plain.run("document.getElementById('clear').hidden")
    assert plain.run("document.body.innerText.includes('Skript är avstängda')")


def test_that_a_printed_page_is_black_on_white_without_buttons(browser: Browser, folder: Path) -> None:
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    browser("Emulation.setEmulatedMedia", media="print", features=dark)
    browser.open(card(folder))
    assert browser.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert browser.run("getComputedStyle(document.getElementById('clear')).display") == "none"
    assert browser.run("getComputedStyle(document.querySelector('.notes')).display") == "none"
    assert browser.run(CONTRAST) == []
    browser("Emulation.setEmulatedMedia", media="", features=[])
