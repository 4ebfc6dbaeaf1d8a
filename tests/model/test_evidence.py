"""What figures rest on, what owners are asked, and what they sign."""

import datetime as dt
from dataclasses import replace

from continuity.exchange.library import load_reference, load_scale
from continuity.model.edits import Add, amend
from continuity.model.evidence import estimate_fields, evidence_of, figures, figures_of, rest, sourced
from continuity.model.kinds import KINDS, Function, Need, Resource
from continuity.model.questions import questions
from continuity.model.rules import check
from continuity.model.signing import signed, signing
from continuity.model.values import Estimate
from tests.builders import Builder

TODAY = dt.date(2026, 11, 26)


def test_that_every_kind_with_evidence_says_which_of_its_figures_are_estimates():
    found = {kind.name: estimate_fields(kind) for kind in KINDS.values()}
    assert found["function"] == (
        "mtpd", "rto", "rpo", "wrt", "mbco", "achievable_rto", "impact", "arrivals", "capacity",
    )  # fmt: skip
    assert "priority" not in found["stream"]
    assert "payees" in found["stream"]
    assert "repair" in found["resource"]
    assert found["role"] == ()
    for name, fields in found.items():
        assert all(field in KINDS[name].specs for field in fields)


def test_that_a_figure_rests_on_its_record_unless_it_has_a_source_of_its_own():
    b = Builder()
    b.resource("R", mttf=100, achievable_rto=5, source="Interview", confidence="interview")
    organisation = b.build()
    resource = organisation.all(Resource)[0]
    assert evidence_of(resource, "mttf").confidence == "interview"
    organisation.apply(sourced(resource, "mttf", Estimate(field="mttf", source="Log", confidence="measured")))
    resource = organisation.all(Resource)[0]
    own = evidence_of(resource, "mttf")
    assert (own.source, own.confidence, own.own, own.weak) == ("Log", "measured", True, False)
    assert not evidence_of(resource, "achievable_rto").own
    organisation.apply(sourced(resource, "mttf", None))
    assert organisation.all(Resource)[0].estimates == ()


def test_that_how_a_recovery_time_is_known_counts_as_its_confidence():
    b = Builder()
    b.resource("R", achievable_rto=5, achievable_known="tested", confidence="guess")
    assert evidence_of(b.build().all(Resource)[0], "achievable_rto").confidence == "tested"


def test_that_guesses_inventions_and_silence_are_weak():
    b = Builder()
    b.resource("R", mttf=100, achievable_rto=5, confidence="guess")
    b.resource("S", mttf=100, confidence="measured")
    b.resource("T", mttf=100)
    found = rest(figures(b.build()))
    assert (found.total, found.weak, found.permille) == (4, 3, 750)
    assert found.by_confidence == {"guess": 2, "measured": 1, "": 1}


def test_that_what_is_not_filled_in_is_no_figure():
    b = Builder()
    b.resource("R")
    b.staff("P", 1)
    organisation = b.build()
    assert figures_of(organisation.all(Resource)[0]) == ()
    assert [figure.field for figure in figures(organisation)] == ["headcount"]


def signable() -> Builder:
    b = Builder()
    b.add("role", "O1")
    b.function("F", rto=60, owner="O1")
    b.resource("R")
    b.need("F", "R", autonomy=30)
    return b


def function(organisation) -> Function:
    return organisation.all(Function)[0]


def test_that_a_sign_off_falls_stale_when_what_was_signed_changes():
    b = signable()
    organisation = b.build()
    assert signed(organisation, function(organisation)) == "none"
    organisation.apply(signing(organisation, function(organisation), b.id("O1", "role"), TODAY))
    assert signed(organisation, function(organisation)) == "signed"
    for values in ({"x": 4, "y": 7}, {"last_review": TODAY}):
        organisation.apply(amend(function(organisation), **values))
        assert signed(organisation, function(organisation)) == "signed"
    need = organisation.all(Need)[0]
    change = amend(need, autonomy=31)
    organisation.apply(change)
    assert signed(organisation, function(organisation)) == "stale"
    assert "sign-off-stale" in {p.code for p in check(organisation)}
    organisation.apply(change.inverse)
    assert signed(organisation, function(organisation)) == "signed"
    organisation.apply(amend(function(organisation), rto=61))
    assert signed(organisation, function(organisation)) == "stale"


def test_that_the_reference_agency_shows_signed_stale_and_unsigned_functions():
    for lang in ("sv", "en"):
        organisation = load_reference(lang)
        states = {signed(organisation, one) for one in organisation.all(Function)}
        assert states == {"none", "signed", "stale"}


def asked(organisation) -> dict[tuple[str, str], tuple[str, ...]]:
    return {(q.record.code, q.why): q.fields for q in questions(organisation, TODAY)}


def test_that_owners_are_asked_for_what_is_missing_guessed_or_old():
    b = signable()
    b.resource("S", owner="O1", achievable_rto=5, mttf=9, confidence="guess")
    b.resource("OLD", achievable_rto=5, confidence="tested", as_of=dt.date(2025, 1, 1))
    organisation = b.build()
    found = asked(organisation)
    assert found["F", "missing"] == ("mtpd", "rpo", "wrt", "achievable_rto")
    assert found["S", "guess"] == ("achievable_rto", "mttf")
    assert found["OLD", "old"] == ("achievable_rto",)
    assert found["F", "unsigned"] == ()
    owners = {q.record.code: q.owner for q in questions(organisation, TODAY)}
    assert owners["F"] == b.id("O1", "role")
    assert owners["N1"] == b.id("O1", "role")  # a need is asked of its dependent's owner
    assert owners["R"] is None


def test_that_the_pre_analysis_spares_the_matrix():
    b = signable()
    organisation = b.build()
    scale = load_scale("en")
    organisation.apply(Add(replace(scale)))
    assert {"quick", "impact"} <= {why for code, why in asked(organisation) if code == "F"}
    from continuity.model.impact import answered

    for question in scale.questions:
        organisation.apply(answered(function(organisation), question.code, "no"))
    assert not {"quick", "impact"} & {why for code, why in asked(organisation) if code == "F"}
