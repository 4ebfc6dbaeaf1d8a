"""What screen readers are given outlives what it speaks of, so that nothing is freed twice."""

import gc

import shiboken6
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QVBoxLayout, QWidget

from continuity.model.kinds import Resource
from ui.panels.map.access import describe
from ui.panels.map.scene import MapScene
from ui.panels.map.view import MapView


def test_that_interfaces_of_a_map_that_has_gone_are_invalid_and_harmless(qapp, qtbot):
    for _turn in range(20):
        window, scene = QWidget(), MapScene()
        view = MapView(scene)
        QVBoxLayout(window).addWidget(view)
        describe(view)
        scene.add_node(Resource(id="00000000-0000-4000-8000-000000000001", code="R1", name="Elnät"), (0, 0))
        map_ = QAccessible.queryAccessibleInterface(view)
        entry = map_.child(0)
        assert entry.isValid()
        assert entry.text(QAccessible.Text.Name) == "Elnät, Resurs"
        shiboken6.delete(window)
        assert not shiboken6.isValid(map_)
        assert not entry.isValid()
        del window, view, scene, map_, entry
        gc.collect()
