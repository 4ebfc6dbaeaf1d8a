"""Graphs and models of other programs: what has a place here is taken, the rest is told."""

from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings

from continuity.exchange.graphml import read_graphml, write_graphml
from continuity.model.kinds import ELEMENTS, Need, Resource, StaffGroup, Supply, kind_of
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.session import Session
from tests.strategies import DOCUMENT, filled_organisation, organisations

SHEETS = Path(__file__).parent.parent / "data" / "sheets"
HELD = (*ELEMENTS, "need", "supply")


def graph_part(organisation):
    return {r.id: r for r in organisation if kind_of(r).name in HELD}


def through(organisation, path):
    write_graphml(organisation, path)
    found, remarks = read_graphml(path, organisation)
    assert remarks == []
    return {record.id: record for record in found}


def test_that_the_graph_comes_back_field_by_field(tmp_path):
    organisation = filled_organisation()
    assert through(organisation, tmp_path / "g.graphml") == graph_part(organisation)


@settings(max_examples=8)
@given(organisations())
def test_that_generated_graphs_come_back(tmp_path_factory, organisation):
    path = tmp_path_factory.mktemp("graph") / "g.graphml"
    assert through(organisation, path) == graph_part(organisation)


def test_that_other_programs_read_our_graph(tmp_path):
    write_graphml(filled_organisation(), tmp_path / "g.graphml")
    graph = nx.read_graphml(tmp_path / "g.graphml")
    assert len(graph) == len([r for r in filled_organisation() if kind_of(r).name in (*ELEMENTS, "need")])
    assert {data["name"] for _, data in graph.nodes(data=True)} >= {"name å0"}


def test_that_a_graph_into_an_empty_document_leaves_out_what_it_does_not_hold(tmp_path):
    write_graphml(filled_organisation(), tmp_path / "g.graphml")
    found, _ = read_graphml(tmp_path / "g.graphml", Organisation(DOCUMENT))
    assert all(record.site is None for record in found.all(Resource))


def test_that_a_graph_of_networkx_becomes_resources_and_needs(tmp_path):
    graph = nx.DiGraph()
    graph.add_node("a", label="Växel")
    graph.add_node("b", label="Fiber", kind="function")
    graph.add_edge("b", "a")
    nx.write_graphml(graph, tmp_path / "g.graphml")
    with Session.create(None) as session:
        session.take(session.reading(tmp_path / "g.graphml")())
        [need] = session.organisation.all(Need)
        [supply] = session.organisation.all(Supply)
        ends = session.organisation.get(need.dependent).name, session.organisation.get(supply.element).name
        assert ends == ("Fiber", "Växel")
        assert session.reading(tmp_path / "g.graphml")().draft.edit.edits == ()


def test_that_loose_ends_and_strange_data_are_told():
    found, remarks = read_graphml(SHEETS / "natverk.graphml", Organisation(DOCUMENT))
    assert {(r.code, r.facts["n"]) for r in remarks} == {("loose-ends", 1), ("not-understood", 1)}
    assert {r.name for r in found.all(Resource)} == {"Växel", "Fiber"}


def test_that_an_archimate_model_becomes_elements_and_needs():
    with Session.create(None) as session:
        found = session.reading(SHEETS / "arkitektur.xml")()
        assert {r.facts["what"] for r in found.draft.remarks} == {"Goal", "Influence", "views"}
        session.take(found)
        pay = session.organisation.find("function", "Betala ut förmåner")
        assert pay.note == "Varje månad"
        assert [g.name for g in session.organisation.all(StaffGroup)] == ["Utbetalare"]
        needs = {(session.organisation.get(n.dependent).name, n.name) for n in session.organisation.all(Need)}
        assert needs == {
            ("Betala ut förmåner", "Utbetalningssystemet"), ("Utbetalningssystemet", "Stordator"),
            ("Betala ut förmåner", "Utbetalare"),
        }  # fmt: skip


def test_that_a_model_imported_again_keeps_what_was_filled_in_here():
    from continuity.model.edits import amend

    with Session.create(None) as session:
        session.take(session.reading(SHEETS / "arkitektur.xml")())
        session.edit(amend(session.organisation.find("function", "Betala ut förmåner"), mtpd=4320))
        count = len(session.organisation)
        session.take(session.reading(SHEETS / "arkitektur.xml")())
        assert len(session.organisation) == count
        assert session.organisation.find("function", "Betala ut förmåner").mtpd == 4320


def test_that_other_xml_is_no_archimate_model(tmp_path):
    (tmp_path / "a.xml").write_text("<model xmlns='http://example.invalid/x'/>")
    with Session.create(None) as session, pytest.raises(Refused, match="not-archimate"):
        session.reading(tmp_path / "a.xml")()
