"""Words on the screen that follow the language: said once where the widget is made."""

from __future__ import annotations

from collections.abc import Callable


class Texts:
    """Setters of visible texts, called at once and again when the language changes.

    texts(lambda: button.setText(_("Run")))
    """

    def __init__(self) -> None:
        self._setters: list[Callable[[], object]] = []

    def __call__(self, setter: Callable[[], object]) -> None:
        """Call ``setter`` now and at each :meth:`refresh`."""
        self._setters.append(setter)
        setter()

    def refresh(self) -> None:
        """Say everything again, in the language spoken now."""
        for setter in self._setters:
            setter()

    def clear(self) -> None:
        """Forget all setters, for widgets that have been taken away."""
        self._setters.clear()
