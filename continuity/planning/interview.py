"""The interview form of one owner: what is said today, what to ask, room to write, and the sign-off."""

from __future__ import annotations

import datetime as dt

from continuity.messages.questions import question_said
from continuity.model.evidence import evidence_of, figures_of
from continuity.model.fields import FieldType, Spec
from continuity.model.impact import cells_of, proposed_mtpd, scale_of, steps_of
from continuity.model.kinds import CONFIDENCE, Evidenced, Function, ImpactScale, Role, StaffGroup, kind_of
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.model.questions import Question, questions
from continuity.model.signing import signed
from continuity.model.staffing import SMALLEST_GROUP
from continuity.model.values import Law
from continuity.planning.blocks import (
    WRITING,
    Blank,
    Block,
    Bullets,
    Column,
    Document,
    Form,
    Heading,
    Paragraph,
    Section,
    Signature,
    Steps,
    Table,
    Tick,
)
from continuity.planning.material import Material
from continuity.planning.own_words import plan_words
from continuity.planning.writers.html import write_html
from continuity.planning.writers.pdf import write_pdf

_GRADES = range(5)


def interview(organisation: Organisation, owner: str, lang: str, form: str) -> bytes:
    """Return the form of role ``owner`` as HTML or PDF; :class:`Refused` where it is gone."""
    role = organisation.of(Role, owner)
    if role is None:
        raise Refused([Problem("no-such-record")])
    generated = dt.datetime.now(dt.UTC).replace(second=0, microsecond=0)
    made = interview_form(Material(organisation, plan_words(lang), generated=generated), role)
    return write_pdf(made, generated) if form == "pdf" else write_html(made)


def interview_form(m: Material, role: Role) -> Document:
    """Return the interview form of ``role``."""
    _ = m.words._
    asked = [q for q in questions(m.organisation, m.generated.date()) if q.owner == role.id]
    records = list(dict.fromkeys(q.record for q in asked))
    owned = [f for f in m.organisation.all(Function) if f.owner == role.id]
    functions = [*owned, *(r for r in records if isinstance(r, Function) and r not in owned)]
    scale = scale_of(m.organisation)
    sections = [_begin(m, len(records))]
    if functions and scale is not None:
        sections.append(_scale(m, scale))
    sections += [_function(m, one, scale, [q for q in asked if q.record is one]) for one in functions]
    others = [r for r in records if not isinstance(r, Function)]
    if others:
        sections.append(_others(m, others, asked))
    return Document(
        code=f"interview/{role.code}",
        title=_("Interview form: {role}", role=role.name),
        subtitle=_("What the model says today, what must be asked, and who stands by it"),
        language=m.words.language,
        meta=m.meta(),
        sections=tuple(sections),
    )


def _begin(m: Material, records: int) -> Section:
    _ = m.words._
    blocks: tuple[Block, ...] = (
        Paragraph(
            _(
                "Answer what you know, and say how you know it: measured, tested, by contract, from an "
                "interview, or a guess. A guess that is called a guess is worth more than a figure without a "
                "source. Correct what is wrong by hand; the planner enters it."
            )
        ),
        Form(
            (
                Blank(_("Interviewed (role)"), half=True),
                Blank(_("Date"), half=True),
                Blank(_("Interviewer"), half=True),
                Blank(_("Also present"), half=True),
            )
        ),
        Paragraph(
            m.words.ngettext("{n} record has open questions.", "{n} records have open questions.", records),
            small=True,
        ),
    )
    return Section(_("Before you begin"), blocks)


def _scale(m: Material, scale: ImpactScale) -> Section:
    _ = m.words._
    columns = (
        Column(_("Type of impact")),
        *(Column(f"{g} {getattr(scale, f'grade_{g}')}".strip(), weight=1.4) for g in _GRADES),
    )
    rows = tuple((kind.name, *(getattr(kind, f"grade_{g}") for g in _GRADES)) for kind in scale.types)
    told = _("Grade {grade} or more is intolerable for the agency.", grade=scale.intolerable)
    return Section(_("The grades"), (Table(columns, rows, dense=True), Paragraph(told)))


def _function(m: Material, f: Function, scale: ImpactScale | None, asked: list[Question]) -> Section:
    _ = m.words._
    blocks: list[Block] = []
    if f.service:
        blocks.append(Paragraph(f.service))
    if scale is not None:
        blocks += _quick(m, f, scale) + _matrix(m, f, scale)
    blocks += [Heading(_("Time demands and their source")), _figures(m, [f])]
    blocks += _asked(m, asked)
    blocks.append(Heading(_("Sign-off")))
    state = signed(m.organisation, f)
    if state == "signed" and f.signed_on:
        told = _("Signed off on {date} as it stands.", date=m.words.date(f.signed_on))
    elif state == "stale" and f.signed_on:
        told = _("Signed off on {date}; it has been changed since.", date=m.words.date(f.signed_on))
    else:
        told = _("Not signed off yet.")
    blocks += [Paragraph(told), Signature((_("Owner, stands by what is said here"),))]
    return Section(f"{f.code} {f.name}", tuple(blocks), new_page=True)


def _quick(m: Material, f: Function, scale: ImpactScale) -> list[Block]:
    _ = m.words._
    held = {answer.code: answer.answer for answer in f.quick}
    marks = {"yes": _("Yes"), "no": _("No"), "unknown": _("Do not know")}
    columns = (
        Column(_("Question"), weight=4),
        Column(_("Today")),
        Column(_("Yes, no, do not know"), weight=1.4),
    )
    rows = tuple((q.question, marks.get(held.get(q.code, ""), "–"), WRITING) for q in scale.questions)
    return [Heading(_("Pre-analysis")), Table(columns, rows)] if rows else []


def _matrix(m: Material, f: Function, scale: ImpactScale) -> list[Block]:
    _ = m.words._
    held, steps = cells_of(f), steps_of(scale)
    columns = (
        Column(_("If it stands still for"), weight=2),
        *(Column(m.minutes(step), "right") for step in steps),
    )
    rows = tuple(
        (
            kind.name,
            *(str(held[kind.code, step].grade) if (kind.code, step) in held else "__" for step in steps),
        )
        for kind in scale.types
    )
    blocks: list[Block] = [Heading(_("Impact")), Table(columns, rows)]
    words = tuple(
        f"{m.minutes(cell.after)}: {cell.words}"
        for cell in sorted(f.impact, key=lambda c: c.after)
        if cell.words
    )
    if words:
        blocks.append(Bullets(words))
    proposal = proposed_mtpd(f, scale)
    if proposal is not None:
        told = _("The grades propose a longest tolerable outage of {time}.", time=m.minutes(proposal.minutes))
        blocks.append(Paragraph(f"{told} {f.mtpd_reason}".strip()))
    return blocks


def _others(m: Material, records: list[Evidenced], asked: list[Question]) -> Section:
    _ = m.words._
    blocks: list[Block] = []
    for record in records:
        blocks.append(Heading(f"{record.code} {m.name(record.id)}"))
        if figures_of(record):
            blocks.append(_figures(m, [record]))
        blocks += _asked(m, [q for q in asked if q.record is record])
    return Section(_("Resources, staff and needs"), tuple(blocks), new_page=True)


def _figures(m: Material, records: list[Evidenced]) -> Table:
    _ = m.words._
    columns = (
        Column(_("Figure"), weight=1.6),
        Column(_("Today"), "right"),
        Column(_("Known by"), weight=1.4),
        Column(_("Right figure"), weight=1.2),
        Column(_("How known, date"), weight=1.4),
    )
    rows = []
    for record in records:
        specs = kind_of(record).specs
        small = isinstance(record, StaffGroup) and record.headcount < SMALLEST_GROUP
        for figure in figures_of(record):
            if figure.field == "impact":
                continue
            evidence = evidence_of(record, figure.field)
            known = _(CONFIDENCE[evidence.confidence]) if evidence.confidence else _("not said")
            dated = f"{known}, {m.words.date(evidence.as_of)}" if evidence.as_of else known
            value = _("small group") if small else _shown(m, specs[figure.field], figure.value)
            rows.append((_(specs[figure.field].label), value, dated, WRITING, ""))
    return Table(columns, tuple(rows) or (("–", "–", "–", WRITING, ""),))


def _shown(m: Material, spec: Spec, value: object) -> str:
    if isinstance(value, Law):
        likely = value.likely or value.median or value.mean or value.scale
        return m.minutes(likely) if likely else "–"
    if not isinstance(value, int | float):
        return "–"
    match spec.type:
        case FieldType.MINUTES:
            return m.minutes(int(value))
        case FieldType.PERMILLE:
            return m.words.level(int(value))
        case FieldType.SEK:
            return m.words.sek(int(value))
        case FieldType.MILLI:
            return m.words.number(value / 1000, 1)
        case _:
            return m.words.number(value)


def _asked(m: Material, asked: list[Question]) -> list[Block]:
    _ = m.words._
    ticks = tuple(Tick(question_said(q, m.words)) for q in asked if q.why not in ("guess", "unsigned"))
    return [Steps(ticks, numbered=False)] if ticks else []
