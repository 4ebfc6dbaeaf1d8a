"""How a role is reached, in words."""

from __future__ import annotations

from continuity.model.kinds import Role
from continuity.model.kinds.organisation import CHANNELS
from continuity.planning.material import Material


def channels_in_order(m: Material, role: Role) -> str:
    """Return the channels of ``role`` in the order in which they are tried, a dash where none is stated."""
    return ", ".join(m.words._(CHANNELS.get(code, code)) for code in role.channels) or "–"
