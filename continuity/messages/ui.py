"""Sentences for what is typed into fields of the window."""

from __future__ import annotations

from continuity.words import N_

SENTENCES: dict[str, str] = {
    "typed-duration": N_("“{value}” is not a duration."),
    "typed-clock": N_("“{value}” is not a time of day."),
    "typed-date": N_("“{value}” is not a date."),
    "typed-number": N_("“{value}” is not a number."),
    "typed-whole": N_("“{value}” is not a whole number."),
    "typed-flag": N_("“{value}” is neither yes nor no."),
    "typed-choice": N_("“{value}” is not one of: {known}."),
    "typed-low": N_("{value} is too little; {low} is the least."),
    "typed-high": N_("{value} is too much; {high} is the most."),
    "typed-never": N_("This cannot be written as text; open the field and choose."),
    "connect-itself": N_("{record} cannot need itself."),
    "connect-twice": N_("{record} already supplies “{need}”."),
    "paste-row": N_("Row {row}, {column}: {reason}"),
    "paste-empty": N_("There are no rows to paste."),
    "paste-wide": N_(
        "The rows have {columns} columns; from this column on the table has only {room}. Nothing is pasted."
    ),
    "cell-refused": N_("{row}, {column}: {reason}"),
    "paste-unnamed": N_("Row {row} would be a new record but has no column for: {missing}."),
}

MENDS: dict[str, str] = {
    "paste-wide": N_("Begin further to the left, show more columns, or let the first row be the headings."),
    "typed-duration": N_("Write for instance 4 h, 3 d or 1 d 6 h."),
    "typed-clock": N_("Write for instance 08:00."),
    "typed-date": N_("Write dates as 2027-01-25."),
}
