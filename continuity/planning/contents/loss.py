"""The frame that plans for a loss share."""

from __future__ import annotations

from continuity.planning.blocks import Document, Section
from continuity.planning.contents import parts
from continuity.planning.material import Material


def loss_document(
    m: Material,
    code: str,
    title: str,
    subtitle: str,
    sections: tuple[Section, ...],
    *,
    contents: bool = False,
) -> Document:
    """Return a plan with the control of the agency's plan at its head and its end."""
    plan = parts.plan_of(m, None)
    control = Section(m.words._("Version control and distribution"), parts.control_in_brief(m, plan))
    return Document(
        code=code,
        title=title,
        subtitle=subtitle,
        language=m.words.language,
        meta=m.meta(plan.version if plan else "", parts.control_facts(m, plan)),
        sections=(*sections, control),
        contents=contents,
    )
