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
    "marking-too-high": N_(
        "{record} is marked “{marking}”; this document may hold nothing above “{allowed}”."
    ),
    "no-such-record": N_("The record is no longer there."),
    "out-of-bounds": N_("{value} is not between {low} and {high}."),
    "too-long": N_("The text has {length} characters; {limit} are allowed."),
    "unknown-choice": N_("{value} is not one of: {known}."),
    "unknown-field": N_("There is no such field."),
    "wrong-type": N_("{value} is not a value of type {expected}."),
    "no-owner": N_("Nobody owns {record}."),
    "no-deputy": N_("{record} has no deputy."),
    "no-mtpd": N_("{record} does not say how long an outage is tolerable (MTPD)."),
    "rto-over-mtpd": N_(
        "Recovery ({rto}) and catching up ({wrt}) take longer than the tolerable outage ({mtpd})."
    ),
    "needed-under-achievable": N_(
        "Recovery is needed within {needed}, but {achievable} is what can be achieved."
    ),
    "needs-nothing": N_("{record} needs nothing: it has not been described yet."),
    "orphan": N_("Nothing needs {record}."),
    "need-without-supply": N_("The need {record} has no supplier."),
    "k-over-n": N_("The need {record} asks for {k} of {n} suppliers."),
    "buffer-under-activation": N_(
        "The buffer of {record} ({buffer}) ends before its standby is active ({activation})."
    ),
    "single-supplier": N_("{record} hangs by one thread: {supplier} ({need})."),
    "crew-over-headcount": N_("The minimum crew ({crew}) is larger than the group ({headcount})."),
    "placement-sum": N_("Wartime placements add up to {placed}, the group has {headcount}."),
    "cycle-without-procedure": N_("The black start of {record} has no procedure or no owner."),
    "no-pay-days": N_("{record} has no pay day."),
    "shares-not-whole": N_("The shares of the pay days of {record} add up to {total} per mille, not 1000."),
    "no-stages": N_("{record} has no stages: nothing can be paid."),
    "no-owner-agency": N_("{record} is paid on behalf of another agency that is not named."),
    "states-out-of-order": N_("The stages of {record} take the file backwards."),
    "not-to-the-payee": N_("The last stage of {record} does not reach the payee."),
    "no-fallback": N_("{record} has no fallback."),
    "fallback-not-legal": N_("“{fallback}” is not legal for {record} ({law})."),
    "no-legal-basis": N_("{record} names no legal basis."),
    "no-decider": N_("Nobody is named who decides on {record}."),
    "no-verified-copy": N_("{record} has no verified copy to pay from: it covers nobody."),
    "certificate-in-peace": N_(
        "Payment on a certificate (SFB 117:7-8) is a war rule and cannot be used in peacetime."
    ),
    "repeat-without-law": N_("Repeating the file for {stream} has no ready legal basis in peacetime."),
    "measure-without-owner": N_("The decided measure {record} has no owner or no date."),
    "measure-changes-nothing": N_("The measure {record} changes nothing in the model."),
    "no-start": N_("The scenario {record} does not say when it starts."),
    "no-events": N_("The scenario {record} has no events."),
    "event-after-horizon": N_("{record} starts after the horizon of {days} days."),
    "no-target": N_("{record} hits nothing."),
    "no-cause": N_("The staff loss {record} names no cause."),
    "no-agency": N_("The document does not name its agency."),
    "priority-not-decided": N_("The order of priority between groups has not been decided."),
    "no-steps": N_("{record} has no steps."),
    "nobody-leads": N_("Nobody leads {record}."),
    "no-stop-condition": N_("{record} does not say when to stop."),
    "no-contact": N_("{record} cannot be reached: there is no contact."),
    "gap-without-owner": N_("{record} has no owner or no date."),
}

MENDS: dict[str, str] = {
    "marking-too-high": N_(
        "The program is not approved for security-classified information: leave out what is classified and "
        "lower the marking."
    ),
    "bad-date": N_("Write dates as 2027-01-25."),
    "dangling": N_("Add the record that is meant, or correct the code."),
    "duplicate-code": N_("Choose another code."),
    "unknown-field": N_("Remove it or correct its name. Known fields: {known}."),
    "rto-over-mtpd": N_("Shorten the recovery, or have the tolerable outage decided anew."),
    "k-over-n": N_("Lower the number or add suppliers."),
    "need-without-supply": N_("Add a supplier that is not standby."),
    "shares-not-whole": N_("Let the shares add up to 1000."),
    "certificate-in-peace": N_("Set the precondition to Government regulation or war."),
    "repeat-without-law": N_("Mark it as needing a legal ruling and leave it switched off."),
    "fallback-not-legal": N_(
        "Take it out of the list, or add the stream to the fallback if the law allows it."
    ),
    "no-start": N_("Give the scenario a start."),
    "no-target": N_("Choose elements, tags, sites, categories or areas."),
    "priority-not-decided": N_("Let management decide it and note who, when and the reference."),
    "no-verified-copy": N_("Describe where the copy lies, its age and its last test."),
}
