"""Saved views of the map: what is shown, folded and lit; never where an element stands."""

from __future__ import annotations

from dataclasses import dataclass

from continuity.model.fields import N_, choice, choices, count, flag, long_text, refs, tag_list, text
from continuity.model.kinds.base import ELEMENTS, Record, record_kind
from continuity.model.kinds.organisation import CATEGORIES

GROUPINGS = {
    "none": N_("No groups"),
    "category": N_("By category"),
    "site": N_("By site"),
    "unit": N_("By unit"),
}
REACHES = {
    "": N_("Neighbours only"),
    "up": N_("What it depends on"),
    "down": N_("What depends on it"),
}
MARKS = {"weak": N_("Single points of failure"), "cycles": N_("Cycles"), "path": N_("Paths between")}
SHOWN = {
    "function": N_("Functions"),
    "resource": N_("Resources"),
    "staff_group": N_("Staff groups"),
}


@record_kind("view", N_("View of the map"), N_("Views of the map"), "MV")
@dataclass(frozen=True, slots=True, kw_only=True)
class View(Record):
    """One way to look at the map. What is empty hides nothing."""

    name: str = text(N_("Name"), required=True)
    note: str = long_text(N_("Note"))
    opening: bool = flag(N_("The map opens with this view"))
    grouping: str = choice(N_("Groups"), GROUPINGS, default="none")
    unfolded: tuple[str, ...] = tag_list(N_("Groups that are unfolded"), hidden=True)
    direction: str = choice(N_("Reach"), REACHES, default="")
    depth: int = count(N_("Steps of the reach"), high=5, help=N_("0: all the way."))
    alone: bool = flag(N_("Only what is in reach"))
    focus: tuple[str, ...] = refs(N_("Reach from"), *ELEMENTS, "stream")
    marks: tuple[str, ...] = choices(N_("Highlighted"), MARKS)
    kinds: tuple[str, ...] = choices(N_("Kinds shown"), SHOWN)
    categories: tuple[str, ...] = choices(N_("Categories shown"), CATEGORIES)
    sites: tuple[str, ...] = refs(N_("Sites shown"), "site")
    units: tuple[str, ...] = tag_list(N_("Units shown"))
    tags: tuple[str, ...] = tag_list(N_("Tags shown"))
    words: str = text(N_("Words in the name"))
    in_use_only: bool = flag(N_("Only what is in use"))
    streams: bool = flag(N_("Pay days shown"), default=True)
    centre_x: int | None = count(N_("Middle, x"), default=None, hidden=True, low=None)
    centre_y: int | None = count(N_("Middle, y"), default=None, hidden=True, low=None)
    zoom: int | None = count(N_("Zoom in per cent"), default=None, hidden=True, low=1, high=400)
