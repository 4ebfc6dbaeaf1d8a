"""The passphrase dialog says what is still wrong, and shows no letters."""

from PySide6.QtWidgets import QDialogButtonBox, QLineEdit

from ui.passphrase import PassphraseDialog


def ok(dialog):
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)


def test_that_a_new_passphrase_is_long_enough_and_typed_twice_the_same(qtbot):
    dialog = PassphraseDialog(None, "t", "x", twice=True)
    qtbot.addWidget(dialog)
    assert not ok(dialog).isEnabled()
    dialog.first.setText("kort")
    assert "12" in dialog.wrong.text()
    dialog.first.setText("fyra ord räcker långt")
    assert not ok(dialog).isEnabled()
    dialog.second.setText("fyra ord räcker långt")
    assert ok(dialog).isEnabled()
    assert dialog.wrong.text() == ""
    assert dialog.passphrase == "fyra ord räcker långt"


def test_that_no_letters_are_shown_and_a_wrong_one_is_told(qtbot):
    dialog = PassphraseDialog(None, "t", "x")
    qtbot.addWidget(dialog)
    dialog.tell("Fel")
    assert dialog.wrong.text() == "Fel"
    assert dialog.first.echoMode() is QLineEdit.EchoMode.Password
    dialog.first.setText("x")
    assert ok(dialog).isEnabled()
    assert dialog.wrong.text() == "Fel"
