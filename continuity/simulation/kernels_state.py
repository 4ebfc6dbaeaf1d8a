"""What stands at a minute of one replication: what was felt of each need until then."""

from __future__ import annotations

from typing import Any

import numpy as np

from continuity.simulation.compiled import BLANK
from continuity.simulation.kernels import kernel
from continuity.simulation.kernels_cycles import INNER, member_row, stable_pieces
from continuity.simulation.kernels_felt import need_pieces
from continuity.simulation.kernels_levels import as_base, base_pieces
from continuity.simulation.kernels_pieces import keep


@kernel
def felt_until(work: Any, own: Any, lines: Any) -> Any:
    """Return (minutes, levels, ends): of each need what is felt before its lag, then of each element the
    least inner felt level, until the horizon of ``work``; nothing for inner needs and elements alone.

    Both ``own`` (until that horizon) and ``lines`` hold one replication. Buffers, stocks and activations in
    ``work`` are left as they stand at that horizon.
    """
    needs, feeds, standbys, members, room = work.needs, work.feeds, work.standbys, work.members, work.room
    minutes, levels, offsets = lines.minutes, lines.levels, lines.offsets
    felt_minutes, felt_levels = np.empty(64, np.int32), np.empty(64, np.int16)
    ends = np.zeros(len(needs) + len(members) + 1, np.int64)
    row, spare, r = np.int64(0), np.int64(2), np.int64(0)
    for place in range(len(needs)):
        n = np.int64(0)
        if not needs[place].inner:
            row, spare, n = need_pieces(
                needs[place], feeds, standbys, r, minutes, levels, offsets, room, row, spare, work.horizon
            )
        felt_minutes, felt_levels = keep(felt_minutes, felt_levels, ends[place], room, row, n)
        ends[place + 1] = ends[place] + n
    for element in range(len(members)):
        place = len(needs) + element
        ends[place + 1] = ends[place]
        if work.elements[element].cycle == BLANK:
            continue
        cycle = work.cycles[work.elements[element].cycle]
        if element == cycle.start:
            for member in range(cycle.start, cycle.end):
                a, n = base_pieces(member, work, room, own, r, minutes, levels, offsets)
                as_base(cycle, member, members, room, a, n)
            stable_pieces(cycle, work, room, r, minutes, levels, offsets)
        n, inner = members[element].inner, member_row(cycle, element) + INNER
        felt_minutes, felt_levels = keep(felt_minutes, felt_levels, ends[place], room, inner, n)
        ends[place + 1] = ends[place] + n
    return felt_minutes, felt_levels, ends
