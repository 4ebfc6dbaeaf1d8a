"""Measures laid over an organisation."""

import pytest

from continuity.messages import full
from continuity.model.kinds import Need, Resource, Supply
from continuity.model.organisation import Organisation
from continuity.model.overlay import overlay
from continuity.model.problems import Refused
from continuity.model.values import Change
from tests.builders import DOCUMENT, Builder


def change(kind: str, target: str, **values) -> Change:
    return Change(kind=kind, target=target, values=values)


def add(kind: str, target: str, **values) -> Change:
    return Change(action="add", kind=kind, target=target, values=values)


def remove(kind: str, target: str) -> Change:
    return Change(action="remove", kind=kind, target=target)


def laid(*measures: tuple[Change, ...]) -> Organisation:
    """A hall that needs the grid, with measures M0, M1 … switched on."""
    b = Builder()
    b.resource("HALL")
    b.resource("GRID")
    b.need("HALL", "GRID", code="N1", autonomy=30)
    ids = [b.measure(f"M{place}", *changes) for place, changes in enumerate(measures)]
    return overlay(b.build(), ids)


def refused(*measures: tuple[Change, ...]) -> list[str]:
    with pytest.raises(Refused) as caught:
        laid(*measures)
    assert not any("{" in full(problem) for problem in caught.value.problems)
    return [problem.code for problem in caught.value.problems]


def test_that_a_measure_sets_fields_and_leaves_the_organisation_alone() -> None:
    b = Builder()
    b.resource("HALL")
    measure = b.measure("M", change("resource", "HALL", mttf="30 d", in_use=False))
    organisation = b.build()
    hall = overlay(organisation, [measure]).of(Resource, b.id("HALL"))
    assert hall is not None and (hall.mttf, hall.in_use) == (43200, False)
    assert organisation.of(Resource, b.id("HALL")).in_use
    assert overlay(organisation, []) is organisation


def test_that_a_measure_adds_records_that_refer_to_one_another_by_code() -> None:
    twin = laid(
        (
            add(
                "supply",
                "N1/2",
                need="N1",
                element="GEN",
                standby=True,
                activation_delay="10 min",
                position=1,
            ),
            add("resource", "GEN", name="Generator", category="power"),
        )
    )
    generator = twin.find("resource", "GEN")
    need = twin.find("need", "N1")
    assert [s.element for s in twin.parts(need.id, Supply)][1] == generator.id
    again = laid((add("resource", "GEN", name="Generator"),)).find("resource", "GEN")
    assert generator.id == again.id  # an addition's id is fixed
    assert twin.document == DOCUMENT


def test_that_a_measure_removes_records_with_their_parts() -> None:
    twin = laid((remove("need", "N1"),))
    assert not twin.all(Need) and not twin.all(Supply)


def test_that_the_order_of_measures_does_not_matter() -> None:
    first = (add("resource", "GEN", name="Generator"),)
    second = (change("resource", "GEN", mttf=5), change("need", "N1", autonomy=60))
    assert laid(first, second) == laid(first, second)
    twin = laid(second, first)
    assert twin.find("resource", "GEN").mttf == 5
    assert twin.find("need", "N1").autonomy == 60


def test_that_two_measures_may_agree_but_not_differ() -> None:
    assert laid((change("need", "N1", autonomy="1 h"),), (change("need", "N1", autonomy=60),))
    assert refused((change("need", "N1", autonomy=60),), (change("need", "N1", autonomy=90),)) == [
        "measure-conflict"
    ]
    added = add("resource", "GEN", name="Generator"), add("resource", "GEN", name="Other")
    assert refused((added[0],), (added[1],)) == ["measure-conflict"]


def test_that_one_measure_cannot_change_what_another_removes() -> None:
    assert refused((change("need", "N1", autonomy=60),), (remove("need", "N1"),)) == [
        "measure-conflict-removed"
    ]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (change("need", "N7", autonomy=60), "dangling"),
        (change("nothing", "N1", autonomy=60), "unknown-kind"),
        (change("need", "N1", colour="red"), "unknown-field"),
        (change("need", "N1", autonomy=-5), "out-of-bounds"),
        (change("need", "N1", autonomy="soon"), "wrong-type"),
        (change("need", "N1", dependent="NOWHERE"), "dangling"),
        (add("resource", "GEN"), "missing-field"),
        (add("resource", "HALL", name="Again"), "duplicate-id"),
    ],
)
def test_that_a_change_that_makes_no_sense_is_refused(changed: Change, code: str) -> None:
    assert refused((changed,)) == [code]


def test_that_an_unknown_measure_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        overlay(Builder().build(), ["nothing"])
    assert [p.code for p in caught.value.problems] == ["no-such-record"]
