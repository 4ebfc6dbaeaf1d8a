"""Ready texts to the public and partners, plain, in Swedish and English; every one warns of fraud."""

from __future__ import annotations

from typing import Final

from continuity.model.kinds import Resource
from continuity.planning.blocks import Block, Bullets, Callout, Document, Facts, Heading, Paragraph, Section
from continuity.planning.contents import parts
from continuity.planning.contents.reach import with_codes
from continuity.planning.material import Material
from continuity.words import N_, Words, words_in

_FRAUD: Final = N_(
    "We never ring, text or visit you to ask for codes, card numbers or e-ID. Whoever does "
    "is a fraud: hang up."
)
#: Title, for whom and when, the text; blanks are filled in by hand.
_PUBLIC: Final = (
    (
        N_("A payment is late"),
        N_("Web, app, radio, telephone answer"),
        N_("Payments of ________ that should have come on ________ are late. You keep your "
            "right to the money. "
           "You do not need to apply again or ring us. We expect to pay on ________. Next word at ________."),
    ),
    (
        N_("You are paid in another way"),
        N_("Web, app, radio, telephone answer, offices"),
        N_("Because of ________ we pay ________ in another way this time. The money comes to ________ on "
           "________. The amount may differ from what you expect. We put it right "
               "afterwards and tell you first."),
    ),
    (
        N_("You have no money for food or medicine"),
        N_("Telephone answer, offices, municipalities"),
        N_("If you cannot buy food or medicine because a payment is late: turn to your "
            "municipality. They can "
           "help with the most urgent. Say which payment you wait for. That you get help does not take away "
           "your right to our payment."),
    ),
    (
        N_("Our web, app and telephones do not work"),
        N_("Radio, notices, offices"),
        N_("Our web, app and telephones do not work. Payments that are already decided ________ (are made as "
           "usual / are late). You lose no right by not reaching us. Claims may be handed "
               "in late for as long "
           "as this lasts. Next word on the radio at ________."),
    ),
    (
        N_("Heightened preparedness or war"),
        N_("Radio, notices, offices"),
        N_("Our work goes on. Those who live on our payments come first. Keep your latest "
            "decision or payment "
           "slip on paper. Other rules may apply: listen to the radio. If you move, keep your account."),
    ),
    (
        N_("It works again"),
        N_("All channels"),
        N_("Payments are made as usual again from ________. Whoever has been paid too "
            "little gets the rest on "
           "________. Whoever has been paid too much hears from us in writing before anything is paid back."),
    ),
)  # fmt: skip
_PARTNERS: Final = (
    (
        N_("To providers and employers"),
        N_("By letter, partner line"),
        N_("Payments to you for ________ are late, at the latest until ________. Go on with "
            "care and wages as "
           "far as you can; what you lay out is settled when we pay. Tell us at ________ "
               "if you cannot go on."),
    ),
    (
        N_("To municipalities and county boards"),
        N_("By WIS, SGSI, telephone"),
        N_("About ________ people in your area have not got ________ on ________. Expect "
            "more applications for "
           "emergency help from ________. We expect to pay on ________. Contact for your "
               "questions: ________."),
    ),
    (
        N_("To Statens servicecenter and those who meet visitors"),
        N_("By telephone, then in writing"),
        N_("More visitors than usual come from ________. Say only what stands in our texts "
            "to the public. Hand "
           "out the paper notice. Nobody is asked for account numbers at the desk. Questions: ________."),
    ),
    (
        N_("To agencies for whom we run IT or pay"),
        N_("By the agreed channel, telephone"),
        N_("________ does not work since ________. It hits ________ with you. We expect it back between "
           "________ and ________. Your decision is needed on ________ by ________."),
    ),
    (
        N_("To the press"),
        N_("Press officer only"),
        N_("At ________ we lost ________. ________ people are waiting for their money. "
            "Those who live on it are "
           "paid first. We know ________; we do not yet know ________. Next word at ________."),
    ),
)  # fmt: skip
_ANSWERS: Final = (
    (N_("Do I lose my money?"), N_("No. Your right is the same.")),
    (
        N_("When does it come?"),
        N_("Say the day only if command has given it. Otherwise: when next word comes."),
    ),
    (N_("Shall I apply again?"), N_("No. It makes the queue longer.")),
    (
        N_("I got the wrong amount."),
        N_("We put it right. Do not pay anything back before you have a letter."),
    ),
    (
        N_("Somebody rang and asked for my e-ID."),
        N_("It was not us. Hang up. Tell your bank and the police."),
    ),
)


def public_texts(m: Material) -> Document:
    """Return the ready texts in Swedish and English."""
    _ = m.words._
    return Document(
        code="public",
        title=_("Information to the public and partners"),
        subtitle=_("Ready texts in plain Swedish and English; same words in all channels"),
        language=m.words.language,
        meta=m.meta(),
        sections=(
            _rules(m),
            *(_section(row, new_page=place % 2 == 0) for place, row in enumerate(_rows(m, _PUBLIC))),
            *(_section(row, new_page=place % 2 == 0) for place, row in enumerate(_rows(m, _PARTNERS))),
            _questions(m),
        ),
        contents=True,
    )


def _languages(m: Material) -> tuple[Words, ...]:
    """The reader's own language first."""
    other = "en" if m.words.language == "sv" else "sv"
    return m.words, words_in(other)


def _rules(m: Material) -> Section:
    _ = m.words._
    held = parts.procedures_of_kind(m, "communication")
    # The card that names most channels is the one by which the public is told.
    card = max(held, key=lambda p: sum(bool(m.organisation.of(Resource, i)) for i in p.about), default=None)
    who = with_codes(m, card.role) if card else ""
    rows = (
        (_("Decides what is said"), who or "________________"),
        (_("First word"), _("within an hour, even if it only says that we know and when next word comes")),
        (_("Next word"), _("at the hour promised, also when there is nothing new")),
        (_("Channels"), _("radio and television, web, app, telephone answer, service offices")),
        (_("Payment streams"), ", ".join(s.name for s in m.streams()) or "–"),
    )
    never = Callout(
        "warn",
        _("Never said"),
        (
            _("which systems, sites or people are hit, and how"),
            _("a day that command has not decided"),
            _("anything about a single payee"),
        ),
    )
    nobody = () if card else (m.missing(_("No communication procedure is written."), "procedure", "kind"),)
    return Section(_("Before anything is said"), (Facts(rows), never, *nobody))


def _rows(m: Material, texts: tuple[tuple[str, str, str], ...]) -> list[tuple[str, str, list[Block]]]:
    found = []
    for title, where, text in texts:
        blocks: list[Block] = []
        for words in _languages(m):
            blocks += [
                Heading(m.words._("In Swedish") if words.language == "sv" else m.words._("In English")),
                Paragraph(words._(text)),
                Callout("warn", words._(_FRAUD)),
            ]
        found.append((m.words._(title), m.words._("Channels: {where}.", where=m.words._(where)), blocks))
    return found


def _section(row: tuple[str, str, list[Block]], *, new_page: bool) -> Section:
    title, where, blocks = row
    return Section(title, (Paragraph(where, small=True), *blocks), new_page=new_page)


def _questions(m: Material) -> Section:
    _ = m.words._
    blocks: list[Block] = []
    for words in _languages(m):
        name = _("In Swedish") if words.language == "sv" else _("In English")
        items = tuple(f"{words._(question)} {words._(answer)}" for question, answer in _ANSWERS)
        blocks += [Heading(name), Bullets(items)]
    return Section(_("Questions and answers for the telephone"), tuple(blocks))
