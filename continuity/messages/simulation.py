"""Sentences for the problems that ``simulation`` reports."""

from __future__ import annotations

from continuity.words import N_

SENTENCES: dict[str, str] = {
    # Runs
    "bad-replications": N_("{value} is not a possible number of replications: 1 to {most} are."),
    "bad-seed": N_("{value} is not a possible seed: it must be a whole number, 0 or more."),
    "bad-workers": N_("{value} is not a possible number of workers: 1 to {most} are."),
    "bad-start": N_("A run cannot start on {value}: only years from {first} to {last} are possible."),
    "nothing-to-compare": N_("There is nothing to compare: no measure is chosen."),
    "no-pay-days-in-run": N_("No pay day falls within the {days} days of the run."),
    "bank-days-computed": N_(
        "No closed bank days are stated for {year}: they are computed from Swedish law and custom."
    ),
    "late-at-rest": N_(
        "The run of {stream} for {date} misses its due hour even when nothing happens: "
        "its stages take too long."
    ),
    # Why a fallback may not be used
    "not_switched_on": N_("“{fallback}” is switched off."),
    "needs_ruling": N_("“{fallback}” needs a legal ruling before it may be used."),
    "early_not_standing": N_(
        "“{fallback}” works only if it was standing before the event; it is not marked as standing."
    ),
    "no_owner_consent": N_("{stream} is paid on behalf of {owner}, who has not consented to “{fallback}”."),
    "not_legal_for_stream": N_("“{fallback}” is not legal for {stream} ({law})."),
    "interim_forbidden": N_("An interim decision on {stream} is forbidden (SFB 112:4)."),
    "repeat_without_law": N_(
        "Repeating the file for {stream} has no ready legal basis in peacetime: it is not a fixed benefit."
    ),
    "certificate_in_peace": N_(
        "“{fallback}” needs war or a Government regulation (SFB 117:2–3, 117:6–8); “{scenario}” has neither."
    ),
    "order_in_peace": N_(
        "“{fallback}” needs war, a Government regulation or a Government order (SFB 117:9); "
        "“{scenario}” has none of them."
    ),
    "no_war": N_("“{fallback}” may be used in war only; “{scenario}” is not war."),
    "no_regulation": N_(
        "“{fallback}” needs war or a Government regulation under SFB 117:3; “{scenario}” has neither."
    ),
    "element_not_in_use": N_("“{fallback}” needs something that is not in use."),
    "no_copy": N_("“{fallback}” has no verified copy to pay from."),
    "copy_not_readable": N_("The verified copy of “{fallback}” is not there or cannot be read."),
    "no_counter": N_("“{fallback}” has no agreement with a paying counter."),
    "counter_not_in_force": N_("The agreement of “{fallback}” with a paying counter is not in force."),
    # What blocks it in some runs
    "receipt_unknown": N_(
        "The file for {stream} was sent and its receipt is unknown: no second file may go out before stop or "
        "recall is confirmed. Ring {who}."
    ),
    "receipt_unknown_nobody": N_(
        "The file for {stream} was sent and its receipt is unknown: no second file may go out before stop or "
        "recall is confirmed, and nobody is named who could confirm it."
    ),
    "needs_down": N_("What “{fallback}” needs was below its least level at the hour of decision."),
}

MENDS: dict[str, str] = {
    "nothing-to-compare": N_("Choose a measure, or run without comparing."),
    "no-pay-days-in-run": N_("Choose a longer horizon or another start."),
    "bank-days-computed": N_("Add the closed bank days of that year."),
    "late-at-rest": N_("Check opening hours, work and cut-offs of its stages against the due hour."),
    "receipt_unknown_nobody": N_(
        "Add a stage that reaches “stop or recall confirmed”, done by an element whose owner is a role."
    ),
}
