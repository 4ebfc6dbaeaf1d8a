"""Where pay days stand: in a column right of everything that leads to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from continuity.model.kinds import Stream
from continuity.model.layout import COLUMN
from ui.panels.map.nodes import TileItem

if TYPE_CHECKING:
    from ui.panels.map.scene import MapScene

_STEP, _ACROSS = 72, 232
_ROWS = 10  # tiles beside groups, beyond which there are two columns
_BESIDE = 48  # beside groups


def place_tiles(scene: MapScene) -> None:
    """Show a tile for each stream that the look asks for, and none for the others."""
    assert scene.organisation is not None
    wanted = scene.picture.streams
    streams = scene.organisation.all(Stream) if scene.look.streams else ()
    streams = tuple(s for s in streams if wanted is None or s.id in wanted)
    scene.drop(set(scene.tiles) - {stream.id for stream in streams})
    right, middle, rows = _room(scene, len(streams))
    top = middle - (rows - 1) * _STEP / 2
    for place, stream in enumerate(streams):
        tile = scene.tiles.get(stream.id)
        if tile is None:
            tile = scene.tiles[stream.id] = TileItem(stream)
            scene.addItem(tile)
        tile.show_stream(stream)
        tile.setPos(right + place // rows * _ACROSS, top + place % rows * _STEP)


def _room(scene: MapScene, count: int) -> tuple[float, float, int]:
    """Return where the first column begins, its middle, and how many tiles stand in one column."""
    boxes = scene.picture.boxes
    rows = -(-count // 2) if scene.is_derived and count > _ROWS else count
    if boxes:
        return max(box.x + box.width / 2 for box in boxes) + COLUMN / 2 + _BESIDE, 0.0, max(1, rows)
    nodes = [node for node in scene.nodes.values() if node.isVisible()]
    if not nodes:
        return 0.0, 0.0, max(1, count)
    ys = [node.y() for node in nodes]
    right = max(node.x() for node in nodes) + COLUMN * 1.25
    return right, (min(ys) + max(ys)) / 2, max(1, rows)
