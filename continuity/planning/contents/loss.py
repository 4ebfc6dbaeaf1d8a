"""The frame that plans for a loss share: purpose and assumptions first, the control of the plan last."""

from __future__ import annotations

from continuity.planning.blocks import Block, Document, Facts, Paragraph, Section
from continuity.planning.contents import parts
from continuity.planning.material import Material
from continuity.words import N_

#: What each plan is for.
_PURPOSES = {
    "staff-loss": N_("Keep vital functions at their lowest acceptable level with the people who are left."),
    "ict-loss": N_("Go on by hand, and bring systems back in the right order, before anybody goes without."),
    "supplier-loss": N_("Manage without a supplier until it is back or replaced, and know what it owes us."),
    "payment-chain": N_("Pay once, the right people first, whichever link of the chain is lost."),
    "return": N_("End in an orderly way: work off what waits, put right what went wrong, rest, learn."),
    "war": N_("Go on with what the country needs of us, with those who are left, by law and by order."),
    "succession": N_("Somebody may always decide: known beforehand, within limits, until a known end."),
}


def loss_document(
    m: Material,
    code: str,
    title: str,
    subtitle: str,
    sections: tuple[Section, ...],
    *,
    contents: bool = False,
) -> Document:
    """Return a plan with purpose and assumptions first, and the control of the agency's plan at its ends."""
    plan = parts.plan_of(m, None)
    control = Section(m.words._("Version control and distribution"), parts.control_in_brief(m, plan))
    return Document(
        code=code,
        title=title,
        subtitle=subtitle,
        language=m.words.language,
        meta=m.meta(plan.version if plan else "", parts.control_facts(m, plan)),
        sections=(_purpose(m, code), *sections, control),
        contents=contents,
    )


def _purpose(m: Material, code: str) -> Section:
    _ = m.words._
    assumed = _("Power, telecom, premises and a part of the staff may be gone at the same time.")
    scenario = _("No run: this plan holds no figures of what happens in a scenario.")
    if m.run is not None:
        scenario = m.scenario.name if m.scenario else m.run.meta.scenario_code
    blocks: list[Block] = [
        Paragraph(_(_PURPOSES[code])),
        Facts(((_("Assumed"), assumed), (_("Scenario"), scenario)), source=m.source),
    ]
    return Section(_("Purpose and assumptions"), tuple(blocks))
