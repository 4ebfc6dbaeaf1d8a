"""What a mend of one click will do, said before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from continuity.words import N_, current

if TYPE_CHECKING:
    from continuity.model.rules.mends import Mend

ACTIONS: dict[str, str] = {
    "set-owner": N_("Let {role} own it, as the rest of {unit}"),
    "set-deputy": N_("Let {role} deputise, as for {owner}"),
    "set-rto": N_("Set the recovery needed to {rto}"),
    "reviewed-today": N_("Note that it was reviewed today, {date}"),
    "out-of-use": N_("Mark {name} as not in use"),
    "set-k": N_("Let {k} be enough"),
    "set-not-checked": N_("Count {count} as not checked"),
    "add-gap": N_("Note it as a gap of {owner}, to be closed by {date}: {name}"),
    "add-cycle": N_("Describe the cycle: {members}"),
    "set-members": N_("Let these be its members: {members}"),
    "add-procedure": N_("Add an empty restart procedure for {name}, to be written"),
    "whole-shares": N_("Scale the shares from {total} to 1000"),
    "to-the-payee": N_("Let the stage {stage} reach the payee"),
    "drop-fallbacks": N_("Take out of {stream} what is not legal for it: {names}"),
    "set-regulation": N_("Set the precondition to Government regulation or war"),
    "await-ruling": N_("Mark it as needing a legal ruling and switch it off"),
    "drop-idle-targets": N_("Leave what is out of use out of {event}"),
    "set-horizon": N_("Lengthen {scenario} to {days} days"),
    "tested-today": N_("Note that it was tested today, {date}"),
}


def action(mend: Mend) -> str:
    """Return what ``mend`` will do, in the current language."""
    return current()._(ACTIONS.get(mend.code, mend.code), **mend.facts)
