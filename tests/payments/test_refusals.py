"""Which fallback is refused, and what is said about it."""

from dataclasses import replace

import pytest
from pay_cases import Paid, agency, at, fallback, stage, with_fallbacks

from continuity import messages, words
from continuity.model.kinds import Fallback, Scenario, Stream
from continuity.model.payments import obstacle, receipt_unknown, refusals
from continuity.model.values import CounterAgreement, VerifiedCopy

COUNTER = CounterAgreement(counter="Shops", per_day=500, in_force=True)


def refused(kind="execute", strain="severe", decrees=(), stream=None, **fields):
    builder = agency(scenario={"strain": strain, "decrees": tuple(decrees)}, **(stream or {}))
    fallback(builder, "L", kind, **{"streams": ["B"], **fields})
    organisation = with_fallbacks(builder, "L").build()
    found = (organisation.all(kind)[0] for kind in (Scenario, Stream, Fallback))
    return [p.code for p in refusals(organisation, *found)]


def test_that_decisions_in_force_on_a_fixed_benefit_may_be_executed_in_peace():
    assert refused() == []


@pytest.mark.parametrize(
    ("strain", "decrees", "expected"),
    [
        ("everyday", (), ["certificate_in_peace"]),
        ("severe", (), ["certificate_in_peace"]),
        ("heightened", (), ["certificate_in_peace"]),
        ("heightened", ("benefit_regulation",), []),
        ("war", (), []),
    ],
)
def test_that_a_certificate_needs_war_or_a_regulation(strain, decrees, expected):
    assert refused("certificate", strain, decrees, counter=COUNTER) == expected


@pytest.mark.parametrize("name", ["Allmän ålderspension", "Old-age pension", "Efterlevandestöd", "Bilstöd"])
def test_that_an_interim_decision_on_these_is_forbidden_even_when_listed(name):
    assert refused("interim", stream={"name": name}) == ["interim_forbidden"]


@pytest.mark.parametrize("name", ["Bostadstillägg till pensionärer", "Sjukpenning", "Föräldrapenning"])
def test_that_an_interim_decision_on_others_is_not(name):
    assert refused("interim", stream={"name": name}) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"streams": []}, "not_legal_for_stream"),
        ({"enabled": False}, "not_switched_on"),
        ({"needs_ruling": True}, "needs_ruling"),
        ({"copy": None}, "no_copy"),
        ({"copy": VerifiedCopy(present=False)}, "copy_not_readable"),
        ({"counter": CounterAgreement(counter="Shops", in_force=False)}, "counter_not_in_force"),
        ({"precondition": "war"}, "no_war"),
        ({"precondition": "regulation"}, "no_regulation"),
        ({"kind": "order"}, "order_in_peace"),
        ({"kind": "certificate", "strain": "war", "counter": None}, "no_counter"),
        ({"kind": "early", "standing": False}, "early_not_standing"),
        ({"stream": {"own": False}}, "no_owner_consent"),
        ({"stream": {"entitlement": "CLAIM"}}, "repeat_without_law"),
    ],
)
def test_that_each_reason_is_told(fields, expected):
    assert refused(**fields) == [expected]


def test_that_an_order_of_the_government_needs_the_order_alone():
    assert refused("order", decrees=("government_order",), precondition="regulation") == []


def test_that_a_refused_fallback_is_never_used():
    builder = agency(restart_allowance=240)
    fallback(builder, "L", "certificate", streams=["B"], set_up=60, counter=COUNTER)
    paid = Paid(with_fallbacks(builder, "L"), {"BANK": [(at(5, "0:00"), at(8, "0:00"))]})
    assert (paid.used, paid.on_time) == (-1, 0)
    assert paid.plan.days[0].fallbacks[0].refusals == ("certificate_in_peace",)


def organisation_with_stop(owner: bool):
    builder = agency()
    role = builder.add("role", "DUTY", name="Bankens jour") if owner else None
    builder.add("resource", "BANK", owner=role)
    stage(builder, 9, "BANK", "stop")
    fallback(builder, "L", streams=["B"], legal_basis="SFB 112:5")
    return with_fallbacks(builder, "L").build()


def test_that_an_unknown_receipt_names_whom_to_ring():
    organisation = organisation_with_stop(owner=True)
    words.set_language("en")
    said = messages.sentence(receipt_unknown(organisation, organisation.all(Stream)[0]))
    assert "Ring Bankens jour." in said
    nobody = organisation_with_stop(owner=False)
    assert receipt_unknown(nobody, nobody.all(Stream)[0]).code == "receipt_unknown_nobody"


def test_that_every_reason_has_a_sentence_without_open_places():
    organisation = organisation_with_stop(owner=True)
    scenario, stream, fall = (organisation.all(kind)[0] for kind in (Scenario, Stream, Fallback))
    stream = replace(stream, owner_agency="Pensionsmyndigheten")
    from continuity.messages import simulation

    codes = [code for code in simulation.SENTENCES if "_" in code]
    assert len(codes) > 15
    for language in ("sv", "en"):
        words.set_language(language)
        for code in codes:
            said = messages.sentence(obstacle(organisation, scenario, stream, fall, code))
            assert "{" not in said
            assert said != code
