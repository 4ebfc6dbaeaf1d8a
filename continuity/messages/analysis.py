"""Sentences for the problems that ``analysis`` reports."""

from __future__ import annotations

from continuity.words import N_

SENTENCES: dict[str, str] = {
    "nothing-to-choose": N_(
        "There is no measure to choose: none changes anything that is not in place already."
    ),
    "budget-fits-nothing": N_(
        "{budget} SEK is enough for no measure: the cheapest, “{measure}”, takes {cost} SEK."
    ),
    "bad-weights": N_("Every scenario that counts needs a weight above 0."),
    "bad-years": N_("The yearly cost can be counted for 0 to 50 years, not {value}."),
    "too-many-sets": N_("{value} sets cannot be looked at side by side: {most} can."),
}

MENDS: dict[str, str] = {
    "nothing-to-choose": N_("Describe what a measure changes, or choose others."),
    "budget-fits-nothing": N_("Raise the budget, or count the yearly cost for fewer years."),
    "bad-weights": N_("Write a number such as 1 or 2.5, or leave the scenario out."),
}
