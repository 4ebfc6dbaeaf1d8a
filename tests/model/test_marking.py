"""Nothing is kept that is marked above what the document may hold."""

import dataclasses

import pytest

from continuity import messages
from continuity.model.edits import Add, amend
from continuity.model.ids import new_id
from continuity.model.kinds import Agency, Resource
from continuity.model.marking import highest
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.words import set_language

HALL = Resource(id=new_id(), code="R1", name="Hall")
AGENCY = Agency(id=new_id(), code="A", name="Agency")


@pytest.fixture
def organisation():
    return Organisation(new_id(), (AGENCY, HALL))


def test_that_a_record_marked_above_the_allowed_marking_is_refused(organisation):
    with pytest.raises(Refused) as refused:
        organisation.apply(amend(HALL, marking="secret"))
    [problem] = refused.value.problems
    assert (problem.code, problem.id, problem.field) == ("marking-too-high", HALL.id, "marking")
    assert organisation.get(HALL.id) == HALL


def test_that_the_document_itself_is_held_to_it_and_the_bound_cannot_be_lowered_below_what_is_there(
    organisation,
):
    with pytest.raises(Refused):
        organisation.apply(amend(AGENCY, marking="restricted"))
    organisation.apply(amend(HALL, marking="secrecy"))
    with pytest.raises(Refused) as refused:
        organisation.apply(amend(AGENCY, highest_marking="none"))
    assert refused.value.problems[0].id == HALL.id


def test_that_a_document_without_agency_allows_secrecy_and_no_class():
    organisation = Organisation(new_id())
    organisation.apply(Add(dataclasses.replace(HALL, marking="secrecy")))
    with pytest.raises(Refused):
        organisation.apply(Add(dataclasses.replace(HALL, id=new_id(), code="R2", marking="restricted")))


def test_that_the_highest_marking_is_that_of_the_whole(organisation):
    assert highest(organisation) == "none"
    organisation.apply(amend(HALL, marking="secrecy"))
    assert highest(organisation) == "secrecy"


@pytest.mark.parametrize(("language", "said"), [("sv", "hemlig"), ("en", "secret")])
def test_that_the_refusal_is_a_sentence(organisation, language, said):
    set_language(language)
    with pytest.raises(Refused) as refused:
        organisation.apply(amend(HALL, marking="secret"))
    sentence = messages.sentence(refused.value.problems[0])
    set_language("sv")
    assert "R1 Hall" in sentence
    assert said in sentence
