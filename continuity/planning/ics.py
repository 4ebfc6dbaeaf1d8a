"""The year wheel as a calendar file (RFC 5545) that any calendar can read; no address, no attendee."""

from __future__ import annotations

import datetime as dt

from continuity.planning.blocks import plain
from continuity.planning.contents.year_wheel import Occasion, occasions
from continuity.planning.material import Material

_WIDTH = 75  # octets of a line, at most
_REMIND = 14  # days before


def year_wheel_ics(m: Material) -> bytes:
    """Return the year wheel as iCalendar: whole days, repeated as often as the duty says."""
    name = m.words._("Year wheel: {agency}", agency=m.agency.name)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Uthallig//Year wheel//{m.words.language.upper()}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for occasion in occasions(m):
        lines += _event(m, occasion)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _event(m: Material, o: Occasion) -> list[str]:
    _ = m.words._
    about = [_("Who: {who}", who=o.who)] if o.who else []
    if o.last:
        about.append(_("Last done: {date}", date=m.words.date(o.last, "iso")))
    if o.source:
        about.append(_("Source: {source}", source=o.source))
    if m.marking:
        about.append(m.marking)
    made = m.generated.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_text(o.key)}@{m.organisation.document}",
        f"DTSTAMP:{made}",
        f"DTSTART;VALUE=DATE:{o.due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{o.due + dt.timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(o.what)}",
    ]
    if o.every:
        lines.append(f"RRULE:FREQ=MONTHLY;INTERVAL={o.every}")
    if about:
        lines.append(f"DESCRIPTION:{_text(chr(10).join(about))}")
    remind = [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(o.what)}",
        f"TRIGGER:-P{_REMIND}D",
        "END:VALARM",
    ]
    return [*lines, "TRANSP:TRANSPARENT", *remind, "END:VEVENT"]


def _text(text: str) -> str:
    r"""Text with what has a meaning there set off: ``\``, ``;``, ``,`` and new lines."""
    clean = plain(text).replace("\t", " ")
    return clean.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line cut so that no piece is longer than 75 octets, never within a letter."""
    pieces, piece, width = [], "", 0
    for letter in line:
        size = len(letter.encode())
        if width + size > _WIDTH:
            pieces.append(piece)
            piece, width = " ", 1
        piece += letter
        width += size
    return "\r\n".join([*pieces, piece])
