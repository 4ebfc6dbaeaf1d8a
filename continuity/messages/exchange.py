"""Sentences for the problems that ``exchange`` reports."""

from __future__ import annotations

from continuity.words import N_

SENTENCES: dict[str, str] = {
    "bad-text": N_("The text holds half of a character."),
    "cannot-read": N_("{file} cannot be read: {reason}."),
    "cannot-write": N_("{file} cannot be written: {reason}."),
    "doubled-name": N_("The name “{value}” stands twice in the same object."),
    "file-too-large": N_("{file} is too large to be an organisation."),
    "is-a-folder": N_("{file} is a folder, not a file."),
    "newer-format": N_("The file has format {format}; this program knows formats up to {known}."),
    "no-permission": N_("You may not open {file}."),
    "no-such-file": N_("There is no file {file}."),
    "not-a-number": N_("The file holds a number that JSON does not allow: {reason}."),
    "not-an-organisation": N_("The file is not an organisation of this program."),
    "not-empty": N_("Nothing may stand here when a record is removed."),
    "not-json": N_("The file is not JSON: line {line}, column {column} cannot be read."),
    "not-utf8": N_("{file} is not text in UTF-8 (byte {byte})."),
    "stands-inside": N_("Such records stand inside their {kinds}, under “{value}”."),
    "too-deep": N_("The file is nested more than {limit} levels deep."),
    "unknown-kind": N_("There is no kind of record called “{value}”."),
    "wrong-format": N_("{value} is not a format number that this program knows."),
}

MENDS: dict[str, str] = {
    "newer-format": N_("Open it with a newer version of the program."),
    "not-an-organisation": N_("Its “kind” must be {expected}."),
    "unknown-kind": N_("Known kinds: {known}."),
    "wrong-format": N_("Write {known}."),
}
