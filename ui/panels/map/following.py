"""How the scene follows an edit: only what the edit names is made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from continuity.model.edits import Changes
from continuity.model.kinds import Element, Need, Record, Supply
from ui.panels.map.links import links_to, stage_links
from ui.panels.map.looks import is_filtered
from ui.panels.map.picture import Picture
from ui.panels.map.tiles import place_tiles

if TYPE_CHECKING:
    from ui.panels.map.scene import MapScene

_OF_THE_MAP = ("function", "resource", "staff_group", "need", "supply", "stream", "stage", "site", "role")


def concerns(changes: Changes) -> bool:
    """Tell whether ``changes`` may alter what a look shows."""
    return changes.touches(*_OF_THE_MAP)


def follow(scene: MapScene, changes: Changes) -> None:
    """Bring items, lines and tiles up to date."""
    if not concerns(changes):
        return
    before = len(scene.nodes)
    scene.drop(record.id for record in changes.removed)
    fresh = [r for r in changes.added if isinstance(r, Element) and r.id not in scene.nodes]
    if fresh:
        scene.place_fresh(fresh)
    moved = _follow_elements(scene, changes)
    relinked = changes.touches("need", "supply") and _follow_links(scene, changes)
    plain = not scene.is_derived and not is_filtered(scene.look)
    if fresh or before != len(scene.nodes) or relinked:
        _take_over(scene, plain=plain)
    if moved:
        scene.trace(moved)
    if changes.touches("stream", "stage"):
        assert scene.organisation is not None
        scene.stage_links = stage_links(scene.organisation)
        place_tiles(scene)
        scene.stages.show_links(scene.drawn_stages())
    if fresh or changes.removed or relinked:
        scene.refocus()
    if fresh or changes.removed or moved:
        scene.fit_rect()


def _follow_elements(scene: MapScene, changes: Changes) -> set[str]:
    """Show what elements say now; return which have another place."""
    moved = set()
    for record in changes.replaced:
        node = scene.nodes.get(record.id)
        if node is None or not isinstance(record, Element):
            continue
        node.show_element(record)
        if record.x is None or record.y is None:
            place = scene.given[record.id]  # undone: back to where it stood before it had a place of its own
        else:
            place = (record.x, record.y)
        if scene.base[record.id] != place or (node.x(), node.y()) != place:
            scene.base[record.id] = place
            if not scene.is_derived:
                node.setPos(*place)
                moved.add(record.id)
    return moved


def _follow_links(scene: MapScene, changes: Changes) -> bool:
    """Reckon anew the lines into each element whose needs are named; tell whether any has changed."""
    assert scene.organisation is not None
    ends = {end for record in (*changes.added, *changes.replaced, *changes.removed)
            for end in _ends(scene, record)}  # fmt: skip
    old = {i: link for i, link in scene.links.items() if link.dependent in ends}
    new = {i: link for end in ends for i, link in links_to(scene.organisation, end).items()}
    for id_ in old.keys() - new.keys():
        del scene.links[id_]
    scene.links.update(new)
    return old != new


def _ends(scene: MapScene, record: Record) -> set[str]:
    """Return the elements that lines of ``record`` end at, or ended at before."""
    assert scene.organisation is not None
    if isinstance(record, Need):
        before = {link.dependent for link in scene.links.values() if link.need == record.id}
        return before | {record.dependent}
    if isinstance(record, Supply):
        held = scene.links.get(record.id)
        need = scene.organisation.of(Need, record.need)
        return {held.dependent} if held else {need.dependent} if need else set()
    return set()


def _take_over(scene: MapScene, *, plain: bool) -> None:
    """Where nothing is grouped or set apart the picture is the organisation itself."""
    if not plain:
        return
    ids = frozenset(scene.nodes)
    links = {i: k for i, k in scene.links.items() if k.supplier in ids and k.dependent in ids}
    scene.picture = Picture(ids, links=links, found=len(ids), of=len(ids))
    scene.lines.show_links(links)
    scene.stages.show_links(scene.drawn_stages())
