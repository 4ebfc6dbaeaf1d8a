"""What can be noted: reports, tasks, messages, decisions, notes, the rhythm, corrections."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from continuity.exercise import said
from continuity.model.kinds import Measure
from continuity.model.kinds.scenarios import DECREES, STRAIN
from continuity.model.problems import Problem, Refused
from continuity.words import N_, _, current
from ui.panels.situation.form import ElementLine, EntryForm
from ui.panels.situation.held import Held

_CHANNELS = (N_("Telephone"), "Rakel", "SGSI", N_("E-mail"), N_("Meeting"), N_("Messenger"))
_MEASURE = Qt.ItemDataRole.UserRole
_TIMES = ("happened", "known", "next_report", "back_earliest", "back_likely", "back_latest")


class ReportForm(EntryForm):
    """What is down, reduced or up, since when, who says so, and what is known of its return."""

    def __init__(
        self, held: Held, parent: QWidget, *, corrects: Any = None, element: str = "", words: str = ""
    ) -> None:
        self.corrects, self._about = corrects, (element, words)
        title = _("Report") if corrects is None else _("Correct entry {n}", n=corrects.entry)
        super().__init__(held, parent, title)

    def build(self) -> None:
        self.add("what", _("&What"), ElementLine(self.held, self.held.organisation))
        self.choice("state", _("&State"), said.STATE_WORDS)
        self.line("level", _("&Level left, %"), help_=_("Only for what is reduced; blank: not known."))
        self.moment("happened", _("&Happened"), text=_("now"))
        self.moment("known", _("&Known to us"), text=_("now"))
        self.line("source", _("S&ource: who says so"))
        self.choice("trust", _("How &sure"), said.TRUST_WORDS, "likely")
        self.moment("next_report", _("&Next word expected"), ahead=True)
        self.moment("back_earliest", _("Back, &earliest"), ahead=True)
        self.moment("back_likely", _("Back, l&ikely"), ahead=True)
        self.moment("back_latest", _("Back, l&atest"), ahead=True)
        self.line("words", _("&Remark"))
        self.fields["level"].setEnabled(False)
        state: Any = self.fields["state"]
        state.currentIndexChanged.connect(
            lambda _place: self.fields["level"].setEnabled(state.currentData() == "reduced")
        )
        if self.corrects is not None:
            self.withdrawn = QCheckBox(_("Withdraw it: it &counts no more"))
            self.grid.addWidget(self.withdrawn, self.grid.rowCount(), 1)
            self._show(self.corrects)
        elif self._about[0]:
            self._what.show_element(self._about[0])
        else:
            self._what.setText(self._about[1])

    @property
    def _what(self) -> ElementLine:
        field = self.fields["what"]
        assert isinstance(field, ElementLine)
        return field

    def _show(self, report: Any) -> None:
        fields: dict[str, Any] = self.fields
        if report.element:
            self._what.show_element(report.element)
            fields["words"].setText(report.words)
        else:
            self._what.setText(report.words)
        fields["source"].setText(report.source)
        for name in ("state", "trust"):
            fields[name].setCurrentIndex(fields[name].findData(getattr(report, name)))
        for name in _TIMES:
            fields[name].show_value(getattr(report, name))
        if report.level:
            fields["level"].setText(f"{report.level / 10:g}")

    def save(self) -> None:
        if self.corrects is not None and self.withdrawn.isChecked():
            entry, remark = self.corrects.entry, self.value("words")
            self.held.note(lambda desk: desk.correct(entry, remark, withdrawn=True))
            return
        element = self._what.element()
        words = self.value("words") if element else self._what.text().strip()
        more = {name: self.value(name) for name in _TIMES}
        state, level = self.value("state"), self.value("level")
        if level and state == "reduced":
            more["level"] = self.held.situation.level(level)
        if more["happened"] and more["known"] and more["known"] < more["happened"]:
            raise Refused([Problem("known-before-it-happened")])
        if self.corrects is not None:
            more["corrects"] = self.corrects.entry
        source, trust = self.value("source"), self.value("trust")
        self.held.note(
            lambda desk: desk.report(state, element=element, words=words, source=source, trust=trust, **more)
        )


class TaskForm(EntryForm):
    """Something to be done."""

    def __init__(self, held: Held, parent: QWidget, what: str = "", who: str = "") -> None:
        self._given = (what, who)
        super().__init__(held, parent, _("Task"))

    def build(self) -> None:
        self.line("what", _("&What is to be done"), self._given[0])
        self.line("who", _("W&ho"), self._given[1])
        self.moment("due", _("&Due"), ahead=True)

    def save(self) -> None:
        what, who, due = self.value("what"), self.value("who"), self.value("due")
        if not what:
            raise Refused([Problem("entry-empty")])
        self.held.note(lambda desk: desk.task(what, who, due))


class MessageForm(EntryForm):
    """A message in or out, with its channel."""

    def __init__(self, held: Held, parent: QWidget) -> None:
        super().__init__(held, parent, _("Message"))

    def build(self) -> None:
        self.choice("way", _("&Way"), said.WAY_WORDS)
        channel = self.choice("channel", _("&Channel"), {one: one for one in _CHANNELS})
        channel.setEditable(True)
        self.line("party", _("&From or to"))
        self.text("text", _("&Text"), 4)

    def save(self) -> None:
        channel: Any = self.fields["channel"]
        words = (self.value("way"), channel.currentText().strip(), self.value("party"), self.value("text"))
        if not words[3]:
            raise Refused([Problem("entry-empty")])
        self.held.note(lambda desk: desk.message(*words))


class DecisionForm(EntryForm):
    """Who decided what, why, and what was not chosen."""

    def __init__(self, held: Held, parent: QWidget) -> None:
        super().__init__(held, parent, _("Decision"))

    def build(self) -> None:
        self.text("decision", _("&Decision"), 2)
        self.line("who", _("&Who decides (role)"))
        self.text("why", _("Wh&y"), 2)
        self.text("options", _("&Options rejected"), 2)

    def save(self) -> None:
        held = {name: self.value(name) for name in ("who", "decision", "options", "why")}
        if not held["decision"]:
            raise Refused([Problem("entry-empty")])
        self.held.note(lambda desk: desk.decision(**held))


class NoteForm(EntryForm):
    """Anything else."""

    def __init__(self, held: Held, parent: QWidget) -> None:
        super().__init__(held, parent, _("Note"))

    def build(self) -> None:
        self.text("text", _("&Note"), 5)

    def save(self) -> None:
        text = self.value("text")
        if not text:
            raise Refused([Problem("entry-empty")])
        self.held.note(lambda desk: desk.note(text))


class RhythmForm(EntryForm):
    """When the next briefing, report, decision and handover are."""

    def __init__(self, held: Held, parent: QWidget) -> None:
        super().__init__(held, parent, _("Rhythm of work"))

    def build(self) -> None:
        rhythm = self.held.situation.picture.rhythm
        for name, word in said.RHYTHM_WORDS.items():
            at = rhythm.get(name)
            text = said.hour_typed(at) if at else ""
            self.moment(name, _("Next: {what}", what=_(word).lower()), ahead=True, text=text)

    def save(self) -> None:
        beats = {name: self.value(name) for name in said.RHYTHM_WORDS}
        beats = {name: at for name, at in beats.items() if at is not None}
        if beats:
            self.held.note(lambda desk: desk.rhythm(**beats))


class CorrectForm(EntryForm):
    """A correction in words of what is no report."""

    def __init__(self, held: Held, parent: QWidget, entry: int) -> None:
        self.entry = entry
        super().__init__(held, parent, _("Correct entry {n}", n=entry))

    def build(self) -> None:
        self.text("text", _("What is &right"), 4)

    def save(self) -> None:
        text = self.value("text")
        if not text:
            raise Refused([Problem("entry-empty")])
        self.held.note(lambda desk: desk.correct(self.entry, text))


class PostureForm(EntryForm):
    """The strain level and the decrees in force: what is allowed follows them."""

    def __init__(self, held: Held, parent: QWidget) -> None:
        super().__init__(held, parent, _("Strain level and decrees"))

    def build(self) -> None:
        picture = self.held.situation.picture
        self.choice("strain", _("&Strain level"), dict(STRAIN), picture.strain)
        self.boxes = {}
        for code, word in DECREES.items():
            box = self.boxes[code] = QCheckBox(_(word))
            box.setChecked(code in picture.decrees)
            self.grid.addWidget(box, self.grid.rowCount(), 1)

    def save(self) -> None:
        strain = self.value("strain")
        decrees = [code for code, box in self.boxes.items() if box.isChecked()]
        self.held.note(lambda desk: desk.posture(strain, decrees))


class MeasuresForm(EntryForm):
    """Which measures of the model are in use: the forecast follows them."""

    def __init__(self, held: Held, parent: QWidget) -> None:
        super().__init__(held, parent, _("Measures in use"))

    def build(self) -> None:
        in_use = self.held.situation.picture.measures
        self.list = QListWidget()
        for measure in self.held.organisation.all(Measure):
            if measure.changes:
                item = QListWidgetItem(f"{measure.name} ({measure.code})")
                item.setData(_MEASURE, measure.id)
                item.setCheckState(Qt.CheckState.Checked if measure.id in in_use else Qt.CheckState.Unchecked)
                self.list.addItem(item)
        help_ = _("Space ticks. A measure in use counts as if it had stood from the beginning.")
        self.add("measures", _("&Measures"), self.list, help_)

    def save(self) -> None:
        items = [self.list.item(row) for row in range(self.list.count())]
        wanted = {i.data(_MEASURE): i.checkState() == Qt.CheckState.Checked for i in items}
        in_use = set(self.held.situation.picture.measures)
        turned = {id_: on for id_, on in wanted.items() if on != (id_ in in_use)}
        if turned:
            self.held.note(lambda desk: [desk.measure(id_, on=on) for id_, on in turned.items()])


class StatusListForm(EntryForm):
    """A status list by CSV: looked at first, every fault by its row, then noted whole."""

    def __init__(self, held: Held, parent: QWidget, text: str = "") -> None:
        self._text = text
        super().__init__(held, parent, _("Status list"))
        self._look()

    def build(self) -> None:
        field = self.text("text", _("&List (CSV)"), 8)
        field.setPlainText(self._text)
        field.setPlaceholderText("kod;läge;sedan;nivå;väntas åter;källa\nR-DH1;nere;07:40;;;Drift")
        field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        field.textChanged.connect(self._look)
        self.choice("trust", _("How &sure"), said.TRUST_WORDS, "confirmed")
        self.seen = QPlainTextEdit()
        self.seen.setReadOnly(True)
        self.seen.setTabChangesFocus(True)
        self.add("seen", _("What it &says"), self.seen)

    def _look(self) -> None:
        text = self.value("text")
        if not text:
            self.seen.setPlainText(_("Paste a list or open a file: code or name and state are needed."))
            return
        try:
            reports = self.held.situation.read_status_list(text)
        except Refused as refused:
            self.seen.setPlainText("\n".join(self._fault(p) for p in refused.problems))
            return
        words, organisation = current(), self.held.organisation
        lines = []
        for report in reports:
            moment = report.get("happened") or self.held.now
            word = said.STATE_WORDS[report["state"]]
            state = _(word).lower()
            level = f" {words.level(report['level'])}" if report.get("level") is not None else ""
            name = said.name_of(organisation, report["element"])
            lines.append(f"{name}: {state}{level}, {said.hour(words, moment, self.held.now)}")
        self.seen.setPlainText("\n".join(lines))

    @staticmethod
    def _fault(problem: Problem) -> str:
        from continuity import messages

        row = problem.facts.get("row")
        text = messages.full(problem)
        return _("Row {row}: {text}", row=row, text=text) if row else text

    def save(self) -> None:
        trust, text = self.value("trust"), self.value("text")
        self.held.note(lambda desk: desk.take_status_list(text, trust))
