"""The stylesheet, written from the tokens. Widgets choose a role by the property ``role``."""

from __future__ import annotations

from collections.abc import Callable
from string import Template

from ui.theme.colour import mix
from ui.theme.tokens import Tokens

# $name is a token or a size; sizes are pixels of the drawing at 100 %.
_SHEET = Template("""
* { outline: none; }
QWidget { color: $ink; selection-background-color: $accent; selection-color: $on_accent; }
QMainWindow, QDialog, #page { background: $surface; }
QToolTip { background: $ink; color: $raised; border: none; padding: $s4 $s8; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: $f22; font-weight: 600; }
QLabel[role="heading"] { font-size: $f16; font-weight: 600; }
QLabel[role="caption"] { color: $muted; font-size: $f12; font-weight: 600; }
QLabel[role="muted"], QLabel[role="unit"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: $f12; }
QLabel[role="problem"] { color: $warn; font-size: $f12; }
QLabel[role="breach"] { color: $breach; font-weight: 600; }
QLabel[role="figure"] { font-size: $f28; font-weight: 600; }
QLabel[role="badge"] { background: $sunken; color: $muted; border-radius: $s4; padding: 0 $s6; }

QFrame[role="card"] { background: $raised; border: 1px solid $line; border-radius: $s6; }
QFrame[role="bar"] { background: $sunken; border: none; }
QFrame[role="rule"] { background: $line; border: none; min-height: 1px; max-height: 1px; }
QFrame[role="rule-upright"] { background: $line; border: none; min-width: 1px; max-width: 1px; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox, QDateEdit {
  background: $raised; border: 1px solid $border; border-radius: $s4; padding: $s3 $s6; min-height: $s18; }
QPlainTextEdit, QTextEdit { padding: $s2; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: $ink; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
  border: 2px solid $accent; padding: $s2 $s5; }
QPlainTextEdit:focus, QTextEdit:focus { padding: $s1; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled { background: $surface; color: $muted;
  border-color: $line; }
QLineEdit:read-only { background: $surface; }
*[faulty="true"] { border: 2px solid $warn; }
QLineEdit[role="bare"] { border: none; background: transparent; }
QTextBrowser { background: $raised; border: none; }
QComboBox::drop-down { border: none; width: $s20; }
QComboBox::down-arrow { width: $s12; height: $s12; image: url($arrow_down); }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $border; padding: $s2;
  selection-background-color: $chosen; selection-color: $ink; }
QComboBox QAbstractItemView::item { min-height: $s24; padding: 0 $s6; }

QPushButton, QToolButton { background: $raised; border: 1px solid $border; border-radius: $s4;
  padding: $s3 $s12; min-height: $s18; }
QToolButton { padding: $s3 $s8; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $chosen; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: $s2 $s11; }
QToolButton:focus { padding: $s2 $s7; }
QPushButton:disabled, QToolButton:disabled { color: $muted; background: $surface; border-color: $line; }
QPushButton:checked, QToolButton:checked { background: $chosen; border-color: $accent; }
QPushButton[role="field"] { text-align: left; padding: $s3 $s6; }
QPushButton[role="field"]:focus { padding: $s2 $s5; }
QPushButton[role="field"][blank="true"] { color: $muted; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent;
  font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_strong; }
QPushButton[role="primary"]:focus { border: 2px solid $ink; }
QPushButton[role="primary"]:disabled { background: $line; color: $muted; border-color: $line; }
QPushButton[role="real"] { background: $raised; color: $breach; border: 2px solid $breach; padding: $s2 $s11;
  font-weight: 600; }
QPushButton[role="real"]:hover { background: $hover; }
QPushButton[role="real"]:focus { border: 2px solid $ink; }
QFrame[role="exercise"] { background: $exercise; border: none; }
QFrame[role="exercise"] QLabel { color: $on_accent; font-weight: 600; }
QPushButton[role="link"], QToolButton[role="link"] { background: transparent; border: none; color: $accent;
  padding: $s2 $s4; text-align: left; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { border: 2px solid $accent; padding: 0 $s2; }
QToolButton[role="quiet"] { background: transparent; border: 1px solid transparent; padding: $s3 $s4; }
QToolButton[role="quiet"]:hover { background: $hover; }
QToolButton[role="quiet"]:checked { background: $chosen; }
QToolButton[role="quiet"]:focus { border: 2px solid $accent; padding: $s2 $s3; }
QToolButton[role="section"] { background: transparent; border: none; border-bottom: 1px solid $line;
  border-radius: 0; padding: $s4 $s4; font-weight: 600; }
QToolButton[role="section"]:hover { background: $hover; }
QToolButton[role="section"]:focus { border: 2px solid $accent; padding: $s3 $s3; }
QToolButton::menu-indicator { image: none; width: 0; }
QToolButton[role="rail"] { background: transparent; border: 1px solid transparent;
  border-left: $s3 solid transparent; border-radius: 0; padding: $s6 $s8; min-height: $s20;
  text-align: left; }
QToolButton[role="rail"]:hover { background: $hover; }
QToolButton[role="rail"]:checked { background: $raised; border-left-color: $accent; font-weight: 600; }
QToolButton[role="rail"]:focus { border: 1px solid $accent; border-left: $s3 solid $accent; }
QToolButton[role="rail"]:disabled { color: $muted; background: transparent; }
QPushButton[role="door"] { text-align: left; padding: $s12 $s16; background: $raised;
  border: 1px solid $line; border-radius: $s6; }
QPushButton[role="door"]:hover { border-color: $accent; background: $raised; }
QPushButton[role="door"]:focus { border: 2px solid $accent; }

QCheckBox, QRadioButton { spacing: $s8; background: transparent; min-height: $s24; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
  width: $s14; height: $s14; border: 1px solid $border;
  border-radius: $s3; background: $raised; }
QRadioButton::indicator { border-radius: $s7; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
  background: $accent; border-color: $accent; image: url($tick); }
QRadioButton::indicator:checked { border: $s4 solid $accent; width: $s8; height: $s8; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $accent; }

QAbstractItemView { background: $raised; alternate-background-color: $surface; border: none;
  gridline-color: $line; selection-background-color: $chosen; selection-color: $ink; }
QTableView::item, QTreeView::item, QListView::item { padding: $s2 $s6; }
QListView::item, QTreeView::item { min-height: $s22; }
QAbstractItemView::item:selected { background: $chosen; color: $ink; }
QAbstractItemView::item:hover:!selected { background: $hover; }
QTableView::item:focus { border: 2px solid $accent; }
QHeaderView { background: $sunken; border: none; }
QHeaderView::section { background: $sunken; color: $muted; font-weight: 600; border: none;
  border-right: 1px solid $line; border-bottom: 1px solid $line; padding: $s4 $s6; }
QTableCornerButton::section { background: $sunken; border: none; border-right: 1px solid $line;
  border-bottom: 1px solid $line; }
QTableView[role="frozen"] { border-right: 1px solid $border; }
QFrame[role="boxed"], QAbstractItemView[role="boxed"] { border: 1px solid $line; border-radius: $s4; }

QMenuBar { background: $sunken; padding: $s2 $s4; }
QMenuBar::item { padding: $s4 $s8; border-radius: $s4; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $raised; border: 1px solid $border; padding: $s4; }
QMenu::item { padding: $s5 $s24 $s5 $s24; border-radius: $s4; }
QMenu::item:selected { background: $chosen; color: $ink; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: $s4 $s8; }
QMenu::icon { padding-left: $s6; }
QMenu::indicator { width: $s14; height: $s14; left: $s5; }
QMenu::indicator:checked { image: url($tick_ink); }

QStatusBar { background: $sunken; border-top: 1px solid $line; color: $muted; }
QStatusBar::item { border: none; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; } QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: $s12; } QScrollBar:horizontal { height: $s12; }
QScrollBar::handle { background: $line; border-radius: $s4; margin: $s2; }
QScrollBar::handle:hover { background: $border; }
QScrollBar::handle:vertical { min-height: $s32; } QScrollBar::handle:horizontal { min-width: $s32; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar::tab { background: transparent; color: $muted; padding: $s6 $s12; border: none;
  border-bottom: $s2 solid transparent; }
QTabBar::tab:selected { color: $ink; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:hover { color: $ink; }
QTabBar::tab:focus { color: $accent; }
QProgressBar { background: $sunken; border: 1px solid $line; border-radius: $s4; text-align: center;
  min-height: $s16; }
QProgressBar::chunk { background: $accent; border-radius: $s3; }
QSlider::groove:horizontal { background: $line; height: $s4; border-radius: $s2; }
QSlider::sub-page:horizontal { background: $accent; border-radius: $s2; }
QSlider::handle:horizontal { background: $raised; border: 2px solid $accent; width: $s12; margin: -$s6 0;
  border-radius: $s7; }
QSlider::handle:horizontal:focus { border-color: $ink; }
QGraphicsView { background: $surface; border: none; }
QCalendarWidget QToolButton { border: none; }
QCalendarWidget QTableView::item { padding: 0; }
QGroupBox { border: 1px solid $line; border-radius: $s4; margin-top: $s12; padding-top: $s8; }
QGroupBox::title { subcontrol-origin: margin; left: $s8; color: $muted; }

#rail { background: $sunken; border: none; border-right: 1px solid $line; }
#document { background: $sunken; border: none; border-bottom: 1px solid $line; }
#inspector, #problems { background: $surface; border: none; }
#toast { background: $ink; border-radius: $s6; }
#toast QLabel { color: $raised; }
#toast QPushButton { background: transparent; border: 1px solid $muted_on_ink; color: $raised; }
#toast QPushButton:hover { border-color: $raised; }
""")

_SIZES = (1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 16, 18, 20, 22, 24, 28, 32)


def stylesheet(tokens: Tokens, px: Callable[[float], int]) -> str:
    """Return the stylesheet of ``tokens``; ``px`` turns pixels of the drawing into real ones."""
    from ui.theme.glyphs import drawn

    names = {name: getattr(tokens, name) for name in Tokens.__dataclass_fields__}
    sizes = {f"s{n}": f"{px(n)}px" for n in _SIZES} | {f"f{n}": f"{px(n)}px" for n in (12, 16, 22, 28)}
    own = {
        "accent_strong": mix(tokens.accent, tokens.ink, 0.25),
        "muted_on_ink": mix(tokens.ink, tokens.raised, 0.5),
        "arrow_down": drawn("caret-down", tokens.muted),
        "tick": drawn("check-bold", tokens.on_accent),
        "tick_ink": drawn("check-bold", tokens.ink),
    }
    return _SHEET.substitute(names | sizes | own)
