"""What lies in memory only is not thrown away without a question."""

import pytest
from PySide6.QtWidgets import QMessageBox

from tests.ui.testing_window import board, opened, ran
from ui.document import Documents

MAY_LEAVE = Documents.may_leave  # the window of the tests asks nothing


@pytest.fixture
def asked(monkeypatch):
    """What was asked; nobody answers."""
    texts = []
    monkeypatch.setattr(QMessageBox, "exec", lambda self: texts.append(self.informativeText()))
    return texts


def test_that_an_untouched_document_is_left_without_a_question(window, reference, asked):
    opened(window, reference, "calendar")
    assert MAY_LEAVE(window.documents)
    assert asked == []


def test_that_runs_in_memory_are_not_thrown_away_without_a_question(window, reference, asked, qtbot):
    page = opened(window, reference, "calendar")
    ran(qtbot, board(window), page.run)
    assert not window.desk.session.can_undo
    assert not MAY_LEAVE(window.documents)
    assert "körningar" in asked[0]
