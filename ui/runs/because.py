"""Chains of causes, backlog and who is missed, in sentences."""

from __future__ import annotations

from continuity.model.organisation import Organisation
from continuity.simulation.result import Backlog, Chain, Link, PayDayResult, RunResult, StreamResult
from continuity.words import N_, _, current, ngettext
from ui.runs import said
from ui.shown import name_of

_SEEN = 0.0005
_HALF = 0.5

#: Link → sentence; {name} is the element, {by} what ran out or failed it.
LINKS: dict[str, str] = {
    "outage": N_("{name} is knocked out"),
    "failure": N_("{name} fails by itself"),
    "staff": N_("{name} has too few people"),
    "below_threshold": N_("{name} is below the level that is needed"),
    "slow": N_("{name} falls"),
    "buffer_empty": N_("the buffer of {name} is used up"),
    "standby_empty": N_("{by} has run out at {name}"),
    "standby_starting": N_("{by} has not yet started for {name}"),
    "standby_down": N_("{by} is down itself when {name} needs it"),
    "standby_short": N_("{by} is not enough for {name}"),
    "cold_start": N_("{name} waits for its cold start"),
    "backlog": N_("cases wait undecided at {name}"),
    "demand": N_("more comes in to {name} than can be done"),
}

REASONS: dict[str, str] = {
    "late": N_("the run is late and no fallback is used"),
    "not_covered": N_("new and changed cases that the fallback does not cover"),
    "fallback_late": N_("the fallback pays too late"),
    "undecided": N_("claims not decided before the file is made"),
}


def chain(organisation: Organisation, found: Chain, result: RunResult) -> str:
    """Return a chain as a sentence: what happened first comes last, with the share of the runs."""
    share = current().percent(found.share)
    return _("{share} of the cases: {why}", share=share, why=links(organisation, found))


def links(organisation: Organisation, found: Chain) -> str:
    """Return the links of a chain as one sentence, without its share."""
    told = [_link(organisation, link) for link in found.links]
    text = told[-1]
    for one in reversed(told[:-1]):
        text = _("{what}, because {cause}", what=one, cause=text)
    return text[:1].upper() + text[1:]


def _link(organisation: Organisation, link: Link) -> str:
    name = said.element_name(organisation, link.element)
    by = name_of(organisation.get(link.by)) if link.by else ""
    template = LINKS.get(link.code)
    text = _(template, name=name, by=by) if template else f"{name}: {link.code}"
    return _("{what} ({when})", what=text, when=said.after(link.minute))


def leading(chains: tuple[Chain, ...], most: int) -> list[Chain]:
    """Return the chains worth telling: without the rare ones where there are others."""
    common = [c for c in chains if c.share >= 0.05]
    return (common or list(chains))[:most]


def backlog(found: Backlog | None) -> str:
    """Return what waits at a function: the peak, when it is caught up, and whether WRT is kept."""
    if found is None:
        return ""
    if found.late.share <= _SEEN:
        return _("Backlog: no more than ordinarily.")
    peak = ngettext("{n} case", "{n} cases", round(found.peak.p50))
    parts = [_("Backlog: at most {peak} ({when}).", peak=peak, when=said.after(found.peak_at.p50))]
    if found.still_late.share >= _HALF:
        left = ngettext("{n} case", "{n} cases", round(found.left.p50))
        parts.append(_("It is not gone within the run: {left} wait at the end.", left=left))
    elif found.gone is not None:
        parts.append(_("Gone {when}.", when=said.how_soon(found.gone.p50)))
    if found.catch_up is not None and found.wrt_breach is not None:
        kept = current().percent(1 - found.wrt_breach.share)
        time = current().duration(found.catch_up.p50, coarse=True)
        parts.append(
            _("Catching up takes {time}; in time (WRT) in {share} of the runs.", time=time, share=kept)
        )
    return " ".join(parts)


def undecided(day: PayDayResult) -> str:
    """Return how many are not paid because their claims are not decided, or an empty text."""
    if day.undecided is None or day.undecided.mean < _HALF:
        return ""
    return _(
        "{people} are not decided in time and wait for the next pay day.",
        people=said.about(day.undecided.mean),
    )


def missed(stream: StreamResult) -> str:
    """Return who of a stream is not paid on time and why, or an empty text."""
    told = [m for m in stream.missed if m.payees.mean >= _HALF]
    if not told:
        return ""
    parts = [
        _(
            "{people}: {why}",
            people=said.about(m.payees.mean),
            why=_(REASONS[m.reason]) if m.reason in REASONS else m.reason,
        )
        for m in told
    ]
    return _("Not paid on time over the whole run: {parts}.", parts="; ".join(parts))
