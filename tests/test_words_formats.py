"""Numbers, money, dates and durations as Swedes and the English read them."""

import datetime as dt
import math
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.sandbox import ImmutableSandboxedEnvironment

from continuity import words
from continuity.model import durations
from continuity.words import Words, words_in

SV, EN = Words("sv"), Words("en")


def plain(text: str) -> str:
    """The text with ordinary spaces and minus signs."""
    return text.replace("\u00a0", " ").replace("\u2212", "-")


@pytest.mark.parametrize(
    ("amount", "swedish", "english"),
    [
        (0, "0 kr", "SEK 0"),
        (9_850, "9 850 kr", "SEK 9,850"),
        (850_000, "850 000 kr", "SEK 850,000"),
        (999_999.6, "1,0 mn kr", "SEK 1.0 m"),
        (1_250_000, "1,3 mn kr", "SEK 1.3 m"),
        (3_000_000, "3 mn kr", "SEK 3 m"),
        (9_960_000, "10 mn kr", "SEK 10 m"),
        (1_250_000_000, "1 250 mn kr", "SEK 1,250 m"),
        (24_640_000_000, "24,6 mdr kr", "SEK 24.6 bn"),
        (246_000_000_000, "246 mdr kr", "SEK 246 bn"),
        (-2_400_000, "-2,4 mn kr", "SEK -2.4 m"),
    ],
)
def test_that_money_is_rounded_for_reading(amount, swedish, english):
    assert plain(SV.sek(amount)) == swedish
    assert plain(EN.sek(amount)) == english


def test_that_money_can_be_exact_and_never_breaks_over_lines():
    assert SV.sek(1_250_000_017, exact=True) == "1\u00a0250\u00a0000\u00a0017\u00a0kr"
    assert " " not in SV.sek(1_250_000_000) + EN.sek(5)


@pytest.mark.parametrize(
    ("share", "swedish"),
    [
        (0, "0 %"),
        (0.00001, "mindre än 0,1 %"),
        (0.003, "0,3 %"),
        (0.05, "5 %"),
        (0.454, "45 %"),
        (0.905, "90,5 %"),
        (0.9996, "mer än 99,9 %"),
        (1, "100 %"),
        (1.2, "120 %"),
    ],
)
def test_that_percent_says_never_and_always_only_when_it_is_so(share, swedish):
    assert plain(SV.percent(share)) == swedish


def test_that_levels_keep_their_permille():
    assert plain(SV.level(437)) == "43,7 %"
    assert EN.level(1000) == "100%"


def test_that_numbers_round_half_up_and_have_no_negative_zero():
    assert plain(SV.number(-1250.25, 1)) == "-1 250,3"
    assert SV.number(2.5) == "3"
    assert SV.number(-0.4) == "0"
    assert SV.number(math.nan) == "\u2013"


@given(st.integers(-(10**15), 10**15), st.sampled_from([SV, EN]))
def test_that_a_number_can_be_read_back(value, language):
    assert language.parse_number(language.number(value)) == value


@pytest.mark.parametrize(("text", "value"), [("1 250,5", 1250.5), ("1250", 1250), ("\u22123,5", -3.5)])
def test_that_swedish_numbers_are_understood(text, value):
    assert SV.parse_number(text) == value


@pytest.mark.parametrize("text", ["", "tolv", "1,2,3"])
def test_that_other_words_are_no_numbers(text):
    with pytest.raises(ValueError, match="not a number"):
        SV.parse_number(text)


def test_that_dates_have_five_forms():
    day = dt.date(2026, 9, 25)
    assert SV.date(day, "iso") == EN.date(day, "iso") == "2026-09-25"
    assert SV.date(day, "short") == "fre 25 sep."
    assert SV.date(day) == "25 sep. 2026"
    assert SV.date(day, "full") == "fredag 25 september 2026"
    assert EN.date(day, "long") == "25 September 2026"


def test_that_times_are_swedish_local_time_through_daylight_saving():
    assert SV.datetime(dt.datetime(2026, 7, 1, 6, tzinfo=dt.UTC)) == "1 juli 2026 08:00"
    assert SV.datetime(dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC)) == "1 jan. 2027 00:30"
    assert SV.time(dt.time(8)) == "08:00"


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0 min"), (45, "45 min"), (240, "4 h"), (4320, "3 d"), (1800, "1 d 6 h"), (1501, "1 d 1 h 1 min")],
)
def test_that_durations_are_exact(minutes, text):
    assert plain(SV.duration(minutes)) == text
    assert durations.parse_duration(text) == minutes


def test_that_coarse_durations_have_two_units_at_most():
    assert plain(SV.duration(1501, coarse=True)) == "1 d 1 h"
    assert plain(SV.duration(20_000.4, coarse=True)) == "14 d"
    assert plain(SV.duration(-90.2, coarse=True)) == "-1 h 30 min"


def test_that_durations_can_be_read_aloud():
    assert SV.duration_in_words(1800) == "1 dygn och 6 timmar"
    assert EN.duration_in_words(61) == "1 hour and 1 minute"


@given(st.integers(0, 10**7))
def test_that_a_duration_can_be_read_back(minutes):
    assert durations.parse_duration(durations.format_duration(minutes)) == minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("72 h", 4320),
        ("1,5 h", 90),
        ("1.5h", 90),
        ("3 dygn", 4320),
        ("2 veckor", 20160),
        ("1 v", 10080),
        ("2w", 20160),
        ("1 d 6 tim.", 1800),
        ("2 dagar och 3 timmar", 3060),
        ("1 hour, 30 minutes", 90),
        ("10MIN", 10),
        ("0", 0),
    ],
)
def test_that_typed_durations_are_understood(text, minutes):
    assert durations.parse_duration(text) == minutes


@pytest.mark.parametrize("text", ["", "72", "h", "-4 h", "3 år", "4 h 5", "fyra timmar"])
def test_that_a_duration_without_a_known_unit_is_refused(text):
    with pytest.raises(ValueError, match="not a duration"):
        durations.parse_duration(text)


@pytest.mark.parametrize(
    ("text", "minute"), [("08:00", 480), ("8.30", 510), ("0830", 510), ("kl 8", 480), ("24:00", 1440)]
)
def test_that_times_of_day_are_understood(text, minute):
    assert durations.parse_clock(text) == minute


@pytest.mark.parametrize("text", ["", "25:00", "24:01", "8:60", "åtta"])
def test_that_other_words_are_no_times_of_day(text):
    with pytest.raises(ValueError, match="not a time of day"):
        durations.parse_clock(text)


def test_that_a_clock_can_be_read_back():
    assert [durations.parse_clock(SV.clock(m)) for m in range(0, 1441, 7)] == list(range(0, 1441, 7))


def test_that_plurals_and_placeholders_are_filled():
    assert (
        EN.ngettext("{n} function in {place}", "{n} functions in {place}", 1, place="x") == "1 function in x"
    )
    assert EN.ngettext("{n} function", "{n} functions", 1250) == "1,250 functions"
    assert EN._("Literal {braces} stay") == "Literal {braces} stay"


def test_that_swedish_letters_sort_last():
    names = ["Öland", "Ärla", "Zon", "Åre", "Enköping", "zebra"]
    assert sorted(names, key=SV.sort_key) == ["Enköping", "zebra", "Zon", "Åre", "Ärla", "Öland"]


def test_that_lists_are_joined_as_people_do():
    assert SV.listing(["a", "b", "c"]) == "a, b och c"


def test_that_a_thread_can_speak_another_language_than_the_program():
    with words.speaking("en"):
        assert words.current() is words_in("en")
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(lambda: words.current().language).result() == "sv"
    assert words.current() is words_in("sv")
    words.set_language("en")
    assert words.current().language == "en"


def test_that_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="unknown language"):
        words.set_language("xx")


def test_that_templates_escape_what_is_filled_in():
    environment = ImmutableSandboxedEnvironment(autoescape=True)
    environment.globals.update(EN.for_templates())
    template = environment.from_string(
        "{{ _('Owner: {name}, 100 %', name=owner) }} {{ sek(5) }} {{ duration(60) }}"
    )
    assert plain(template.render(owner="<b>")) == "Owner: &lt;b&gt;, 100 % SEK 5 1 h"
