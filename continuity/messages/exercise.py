"""Sentences for the problems that ``exercise`` and its files report."""

from __future__ import annotations

from continuity.words import N_

SENTENCES: dict[str, str] = {
    "ambiguous-element": N_("“{value}” is the name of several things in the model."),
    "bad-effect": N_("A decision cannot change this: {value}."),
    "bad-jump": N_("The clock cannot go there: a decision has changed the course since."),
    "bad-level": N_("“{value}” is not a level from 0 to 100 %."),
    "bad-moment": N_("“{value}” is not a date and hour."),
    "bad-speed": N_("The clock cannot run at a speed of {value}."),
    "bad-template-braces": N_("{file}, line {line}: the braces in “{value}” do not match ({reason})."),
    "bad-template-choice": N_("{file}, line {line}: “{value}” is not known here."),
    "bad-templates": N_("{file} cannot be read: {reason}"),
    "bad-time": N_("“{value}” is not a time."),
    "empty-status-list": N_("The status list is empty."),
    "exercise-without-scenario": N_("The exercise has no scenario."),
    "fallback-not-of-stream": N_("{fallback} is not among the fallbacks of {stream}."),
    "known-before-it-happened": N_("It cannot be known before it happened."),
    "no-such-entry": N_("There is no entry {value} to correct."),
    "return-out-of-order": N_("The earliest, likely and latest return do not follow one another."),
    "status-list-too-long": N_("The status list has {count} rows; {most} can be read."),
    "no-such-element": N_("There is nothing in the model with the code or name “{value}”."),
    "no-such-task": N_("There is no task {value}."),
    "not-a-log": N_("{file} is not a log of an exercise or a situation."),
    "not-a-play": N_("{file} is not the log of an exercise."),
    "not-a-situation": N_("{file} is not the log of a situation: exercises and real events are kept apart."),
    "not-a-photo": N_("{file} is not a picture."),
    "photo-too-large": N_("{file} is larger than {most} MB."),
    "play-frozen": N_("The exercise is frozen: something real has happened."),
    "play-receipt-unknown": N_(
        "{record}: the file is sent and its receipt is unknown. No second file goes out."
    ),
    "report-from-the-future": N_("{value} has not been yet."),
    "report-of-nothing": N_("The report says of nothing what has happened to it."),
    "status-list-columns": N_("The status list has no column {missing}; it has: {found}."),
    "template-without-name": N_("{file}: the text {place} has no name."),
    "time-too-far": N_("“{value}” is more than {days} days away."),
    "too-few-to-move": N_("{record} has {held} people, so {count} cannot be moved."),
    "turn-out-of-range": N_("A decision can be played from minute {first} to minute {last}."),
    "unknown-placeholder": N_("{file}, line {line}: nothing fills in {value}."),
    "unknown-word": N_("“{value}” is not known as {field}."),
    "unknown-template-field": N_("{file}, line {line}: “{value}” is not a field of a text."),
}

MENDS: dict[str, str] = {
    "bad-jump": N_("Choose a minute between {first} and {last}."),
    "bad-speed": N_("Choose more than 0 and at most 3600 seconds of the scenario for one of the room."),
    "bad-template-choice": N_("Choose among: {known}."),
    "bad-time": N_("Write it as D+1 H+4, H+4:30, 14:05, D+2 08:00 or 2027-02-25 14:05."),
    "bad-moment": N_("Write it as 08:15, 23/2 08:15, 2027-02-23 08:15 or +2 h."),
    "exercise-without-scenario": N_("Choose a scenario in the exercise."),
    "ambiguous-element": N_("Write its code: {near}."),
    "no-such-element": N_("Near it: {near}."),
    "return-out-of-order": N_("Write the earliest first, and none before it happened."),
    "status-list-too-long": N_("Split it."),
    "not-a-photo": N_("Choose a JPEG, PNG or another picture."),
    "photo-too-large": N_("Take it again at a lower resolution."),
    "play-frozen": N_("Thaw it when the real event allows."),
    "play-receipt-unknown": N_("Ring the bank's named role and have the stop confirmed first."),
    "unknown-placeholder": N_("Known are: {known}."),
    "unknown-template-field": N_("Known are: {known}."),
    "report-of-nothing": N_("Choose an element or write in words what it is."),
    "unknown-word": N_("Choose among: {known}."),
}
