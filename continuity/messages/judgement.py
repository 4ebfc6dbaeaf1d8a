"""Sentences for problems of impacts, sign-offs and staff."""

from __future__ import annotations

from continuity.words import N_

SENTENCES: dict[str, str] = {
    "impact-incomplete": N_("{n} cells of the impact matrix of {record} have not been judged."),
    "impact-falls": N_("{impact}: the harm is less after {after} than before it, which is rarely meant."),
    "mtpd-over-impacts": N_(
        "The tolerable outage ({mtpd}) is longer than the impacts say ({proposed}), and no reason is given."
    ),
    "mtpd-under-impacts": N_(
        "The tolerable outage ({mtpd}) is shorter than the impacts say ({proposed}), and no reason is given."
    ),
    "sign-off-stale": N_("{record} has been changed since its owner signed it off on {date}."),
    "staff-promised-twice": N_(
        "{record} has {headcount} persons, and {promised} are promised to {functions}."
    ),
    "placement-undated": N_("Nobody knows when the wartime placements of {record} were checked."),
    "placement-old": N_("The wartime placements of {record} were last checked on {date}."),
    "placement-short": N_(
        "War asks for {needed} of {record}; between {least} and {most} stay by what is known of placements."
    ),
}

MENDS: dict[str, str] = {
    "impact-incomplete": N_("Open Impact and judge them, or answer the pre-analysis."),
    "impact-falls": N_("Correct the grade, or say in words why it is so."),
    "mtpd-over-impacts": N_("Take the proposal, or write the reason."),
    "mtpd-under-impacts": N_("Take the proposal, or write the reason."),
    "sign-off-stale": N_("Let the owner look at it and sign it anew."),
    "staff-promised-twice": N_("Lower what is promised, give another group, or say who comes first."),
    "placement-undated": N_("Write the date of the check."),
    "placement-old": N_("Check the placements anew; once a year at least."),
    "placement-short": N_("Check those who are not checked, place more people here, or lower the need."),
}
