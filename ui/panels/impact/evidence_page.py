"""Evidence: what the figures rest on, what each owner is asked, and who has signed what off."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from continuity.messages.questions import question_said
from continuity.model.evidence import Rest, figures, rest
from continuity.model.kinds import CONFIDENCE, KINDS, Function, Record, Role, kind_of
from continuity.model.organisation import Organisation
from continuity.model.questions import Question
from continuity.model.signing import signed, signing
from continuity.words import N_, _, current, ngettext
from ui.charts.numbers import Cell, Numbers, NumbersTable, Title
from ui.described import DescribePage, plain_label
from ui.desk import Desk
from ui.panels.impact.source_card import SourceCard
from ui.panels.impact.weightiest import Weightiest
from ui.shown import name_of
from ui.theme import theme
from ui.theme.icons import icon

_ORDER = ("measured", "tested", "contract", "public", "interview", "guess", "invented", "")


def state_said(organisation: Organisation, function: Function) -> str:
    """Return whether a function is signed off, by whom, when and of which state."""
    state = signed(organisation, function)
    if state == "none" or function.signed_on is None:
        return _("Not signed off yet.")
    facts = {
        "role": name_of(organisation.get(function.signed_by)),
        "date": current().date(function.signed_on, "iso"),
        "state": function.signed_state,
    }
    if state == "stale":
        return _("Signed off by {role} on {date}, but changed since.", **facts)
    return _("Signed off by {role} on {date} (state {state}).", **facts)


class EvidencePage(DescribePage):
    """Owners at the left, their questions at the right; sources and sign-off of the chosen record below."""

    title = N_("Evidence")

    def __init__(self, desk: Desk, code: str) -> None:
        super().__init__(desk, code)
        self.questions: tuple[Question, ...] = ()
        self.sum, self.parts = plain_label("heading"), plain_label("muted")
        self.owners, self.table, self.card = QComboBox(), NumbersTable(), SourceCard()
        self.form, self.sign, self.state = QPushButton(), QPushButton(), plain_label()
        self.weightiest = Weightiest(desk)
        self._build()
        self.owners.activated.connect(self._show_questions)
        self.table.chosen.connect(self._on_chosen)
        self.table.pressed_row.connect(lambda key: self.desk.select(key, origin=self.code))
        self.table.opened.connect(self.go_to)
        self.form.clicked.connect(self.ask_form)
        self.sign.clicked.connect(self.sign_off)
        self.card.edited.connect(lambda edit: self.desk.edit(edit, origin=self.code))
        self.texts(self._say)

    def fill(self) -> None:
        organisation, session = self.organisation, self.session
        if organisation is None or session is None:
            return
        self.wait(self.sum, self.table)
        copy = organisation.copy()
        self.desk.work(lambda: (rest(figures(copy)), session.questions()), self._on_found)

    def retheme(self) -> None:
        self.table.fit()
        self.card.rebuild()
        self.refresh()

    def retranslate(self) -> None:
        self.card.rebuild()
        self.weightiest.texts.refresh()
        super().retranslate()

    @property
    def owner(self) -> str:
        """The id of the owner chosen, or an empty text for all."""
        return self.owners.currentData() or ""

    @property
    def record(self) -> Record | None:
        """The record of the chosen question."""
        key = self.table.numbers.key(self.table.currentIndex().row())
        return self.organisation.get(key) if self.organisation else None

    def sign_off(self, _on: bool = False, today: dt.date | None = None) -> None:
        """Let the owner sign the chosen function off as it stands."""
        function, organisation = self.record, self.organisation
        if isinstance(function, Function) and organisation is not None and function.owner:
            day = today or dt.date.today()  # noqa: DTZ011 - the local day is meant
            self.desk.edit(signing(organisation, function, function.owner, day), origin=self.code)

    def ask_form(self) -> None:
        """Ask where the interview form of the chosen owner is to lie, and write it."""
        role = self.organisation.of(Role, self.owner) if self.organisation else None
        if role is None:
            self.desk.say(_("Choose an owner first."), "warn")
            return
        start = str(Path.home() / f"{role.code}.pdf")
        kinds = _("PDF file (*.pdf);;Web page (*.html)")
        name, _kind = QFileDialog.getSaveFileName(self, _("Interview form"), start, kinds)
        if name:
            self.write_form(Path(name))

    def write_form(self, path: Path) -> None:
        """Write the interview form of the chosen owner to ``path``, in the language spoken now."""
        session, owner, lang = self.session, self.owner, current().language
        if session is None or not owner:
            return
        form = "html" if path.suffix.lower() in (".html", ".htm") else "pdf"

        def work() -> Path:
            path.write_bytes(session.interview(owner, lang, form))
            return path

        self.desk.work(work, lambda done: self.desk.say(_("Written: {file}", file=str(done)), "done"))

    # --- inside --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.form.setIcon(icon("print"))
        self.sign.setIcon(icon("done"))
        self.owners.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.owners.setMinimumContentsLength(26)
        head = QHBoxLayout()
        head.setSpacing(theme.grid(1))
        head.addWidget(self.owners)
        head.addWidget(self.form)
        head.addStretch(1)
        above = QWidget()
        top = QVBoxLayout(above)
        top.setContentsMargins(theme.grid(2), theme.grid(1.5), theme.grid(2), 0)
        top.setSpacing(theme.grid(1))
        for part in (self.sum, self.parts, self.weightiest):
            top.addWidget(part)
        top.addLayout(head)
        top.addWidget(self.table, 1)
        below = QWidget()
        foot = QVBoxLayout(below)
        foot.setContentsMargins(theme.grid(2), theme.grid(1), theme.grid(2), theme.grid(1))
        line = QHBoxLayout()
        line.addWidget(self.state, 1)
        line.addWidget(self.sign)
        foot.addLayout(line)
        foot.addWidget(self.card, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(above)
        split.addWidget(below)
        split.setSizes([theme.px(420), theme.px(240)])
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(split)

    def _say(self) -> None:
        self.owners.setAccessibleName(_("Owner"))
        self.table.setAccessibleName(_("Questions"))
        self.form.setText(_("Interview form…"))
        self.sign.setText(_("Sign off"))
        self.sign.setToolTip(_("The owner stands by what is said of the function today"))

    def _on_found(self, found: tuple[Rest, tuple[Question, ...]]) -> None:
        organisation = self.organisation
        if organisation is None:
            return
        resting, self.questions = found
        words = current()
        self.sum.setText(
            _(
                "{share} of {total} figures rest on guesses, invented examples or nothing",
                share=words.percent(resting.permille / 1000, 0),
                total=words.number(resting.total),
            )
        )
        counts = [
            f"{_(CONFIDENCE[code]) if code else _('not said')} {words.number(resting.by_confidence[code])}"
            for code in _ORDER
            if resting.by_confidence.get(code)
        ]
        self.parts.setText(" · ".join(counts))
        self._fill_owners(organisation)
        self._show_questions()

    def _fill_owners(self, organisation: Organisation) -> None:
        chosen = self.owner
        counts: dict[str | None, int] = {}
        for question in self.questions:
            counts[question.owner] = counts.get(question.owner, 0) + 1
        self.owners.clear()
        self.owners.addItem(_("All owners ({n})", n=len(self.questions)), "")
        for owner, count in counts.items():
            name = name_of(organisation.get(owner)) or _("Nobody owns it")
            self.owners.addItem(_("{name} ({n})", name=name, n=count), owner or "-")
        self.owners.setCurrentIndex(max(0, self.owners.findData(chosen)))

    def _show_questions(self, _place: int = 0) -> None:
        organisation = self.organisation
        if organisation is None:
            return
        shown = [q for q in self.questions if self.owner in ("", q.owner or "-")]
        titles = (
            Title(_("Record"), wide=True, width=220), Title(_("Kind"), width=110, drop=2),
            Title(_("Question"), width=460), Title(_("Owner"), width=170, drop=1),
        )  # fmt: skip
        rows = tuple(
            (
                Cell(name_of(q.record), icon=icon(kind_of(q.record).name, "muted")),
                _(KINDS[kind_of(q.record).name].label),
                Cell(question_said(q, current())),
                name_of(organisation.get(q.owner)) or "–",
            )
            for q in shown
        )
        self.table.show_numbers(Numbers(titles, rows, tuple(q.record.id for q in shown)))
        if self.table.numbers.rowCount() and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.numbers.index(0, 0))
        self.form.setEnabled(bool(organisation.of(Role, self.owner)))
        self.form.setToolTip("" if self.form.isEnabled() else _("Choose an owner first."))
        self._show_record()

    def _on_chosen(self, key: str) -> None:
        self._show_record()
        if self.table.hasFocus():
            self.desk.select(key, origin=self.code)

    def _show_record(self) -> None:
        organisation, record = self.organisation, self.record
        if organisation is None:
            return
        function = record if isinstance(record, Function) else None
        self.card.show_record(record, organisation)
        self.sign.setVisible(function is not None)
        if function is not None:
            self.state.setText(state_said(organisation, function))
            self.sign.setEnabled(bool(function.owner) and signed(organisation, function) != "signed")
        elif record is not None:
            open_ = sum(q.record.id == record.id for q in self.questions)
            self.state.setText(ngettext("{n} question about it", "{n} questions about it", open_))
        else:
            self.state.setText(_("No questions: every figure has a source of this year."))
