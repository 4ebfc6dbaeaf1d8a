"""What measures change: the paired differences of a comparison, ready to be drawn."""

from __future__ import annotations

from continuity.simulation.result import Comparison
from continuity.words import _, ngettext
from ui.charts.differences import Difference
from ui.runs import said


def differences(outcome: Comparison) -> tuple[Difference, ...]:
    """Return what the measures change, with its intervals."""
    head = outcome.without.headline
    unpaid = ngettext(
        "People in need unpaid for more than {n} day",
        "People in need unpaid for more than {n} days",
        head.hardship_days,
    )
    found = []
    for name, paired, words, good in (
        (unpaid, outcome.in_need_unpaid, said.paired_people, -1),
        (
            _("Days of waiting, all people in need together"),
            outcome.in_need_person_days,
            said.paired_people,
            -1,
        ),
        (_("Payees paid on time"), outcome.payees_on_time, said.paired_share, 1),
        (_("SEK paid on time"), outcome.sek_on_time, said.paired_share, 1),
    ):
        text, interval = words(paired)
        found.append(Difference(name, paired.mean, paired.low, paired.high, text, interval, good))
    return tuple(found)
