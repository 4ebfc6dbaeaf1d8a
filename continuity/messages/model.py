"""Sentences for the problems that the model reports."""

from __future__ import annotations

from continuity.words import N_

SENTENCES: dict[str, str] = {
    "bad-code": N_("The code {value} is not usable: it must be a text of 1-200 characters."),
    "bad-id": N_("{value} is not an id (a UUID in small letters)."),
    "bad-date": N_("{value} is not a date."),
    "changed-meanwhile": N_("{record} has been changed in the meantime."),
    "dangling": N_("There is no {kinds} “{value}”."),
    "duplicate-code": N_("The code “{value}” is taken by another record of the same kind."),
    "duplicate-id": N_("The id of {record} is taken by another record."),
    "empty": N_("Something must be filled in here."),
    "missing-field": N_("The field “{field}” is missing."),
    "no-such-record": N_("The record is no longer there."),
    "out-of-bounds": N_("{value} is not between {low} and {high}."),
    "too-long": N_("The text has {length} characters; {limit} are allowed."),
    "unknown-choice": N_("{value} is not one of: {known}."),
    "unknown-field": N_("There is no such field."),
    "wrong-type": N_("{value} is not a value of type {expected}."),
}

MENDS: dict[str, str] = {
    "bad-date": N_("Write dates as 2027-01-25."),
    "dangling": N_("Add the record that is meant, or correct the code."),
    "duplicate-code": N_("Choose another code."),
    "unknown-field": N_("Remove it or correct its name. Known fields: {known}."),
}
