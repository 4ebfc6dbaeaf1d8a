"""From one organisation to another: the edit leads exactly there, and merging doubles nothing."""

from hypothesis import given, settings

from continuity.exchange.merge import difference, merged
from continuity.model.ids import new_id
from continuity.model.kinds import Resource, Site
from continuity.model.organisation import Organisation
from tests.strategies import DOCUMENT, organisations


@settings(max_examples=12)
@given(organisations(), organisations())
def test_that_the_difference_leads_from_one_to_the_other_and_back(one, other):
    there = one.copy()
    edit = difference(one, other, "restore")
    there.apply(edit)
    assert there == other
    there.apply(edit.inverse)
    assert there == one


@settings(max_examples=12)
@given(organisations(), organisations())
def test_that_merging_adds_and_changes_but_never_removes_or_doubles(one, other):
    both = merged(one, other)
    assert {record.id for record in one} <= {record.id for record in both}
    there = one.copy()
    there.apply(difference(one, both, "import"))
    assert there == both
    assert merged(both, other) == both


def test_that_a_code_that_moved_does_not_swallow_a_record():
    site = Site(id=new_id(), code="A", name="A")
    moved = Site(id=site.id, code="B", name="A")
    newcomer = Site(id=new_id(), code="A", name="Ny")
    both = merged(Organisation(DOCUMENT, [site]), Organisation(DOCUMENT, [moved, newcomer]))
    assert {(s.id, s.code, s.name) for s in both} == {(site.id, "B", "A"), (newcomer.id, "A", "Ny")}


def test_that_an_id_of_another_kind_becomes_the_new_kind():
    site = Site(id=new_id(), code="A", name="A")
    resource = Resource(id=site.id, code="A", name="A")
    one, other = Organisation(DOCUMENT, [site]), Organisation(DOCUMENT, [resource])
    one.apply(difference(one, other, "restore"))
    assert one == other
