"""How many lines cross on the map, beside what Graphviz's ``dot`` draws of the same graph.

    .venv/bin/python -m bench.crossings [--json FILE]

Both drawings are judged alike: straight lines between the centres of the elements, lines that share an end
left out. The yardstick is 1.6 times ``dot``, over the sample set as a whole and for each sample.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from bench.model import organisation
from continuity.exchange.library import load_reference
from continuity.model.kinds import Need, Supply
from continuity.model.layout import arrange
from continuity.model.organisation import Organisation

YARDSTICK = 1.6
_FEW = 20  # crossings that nobody minds: a ratio of two small numbers says nothing
_TIMEOUT = 600  # seconds
Graph = tuple[list[str], list[tuple[str, str]]]


def graph_of(held: Organisation) -> Graph:
    """Return elements and supplies of an organisation, by id."""
    needs = {need.id: need.dependent for need in held.all(Need)}
    edges = sorted({(supply.element, needs[supply.need]) for supply in held.all(Supply)})
    return [element.id for element in held.elements], [(a, b) for a, b in edges if a != b]


def layered(count: int, layers: int, links: float, seed: int) -> Graph:
    """Return a random graph whose links lead from layer to layer, mostly to the next one."""
    chance = random.Random(seed)
    nodes = [f"n{i}" for i in range(count)]
    level = {node: i * layers // count for i, node in enumerate(nodes)}
    edges = set()
    while len(edges) < count * links:
        a, b = chance.choice(nodes), chance.choice(nodes)
        if level[a] < level[b] and (level[b] - level[a] == 1 or chance.random() < 0.15):
            edges.add((a, b))
    return nodes, sorted(edges)


def tree(count: int, seed: int) -> Graph:
    """Return a random tree: it can be drawn without any crossing."""
    chance = random.Random(seed)
    nodes = [f"n{i}" for i in range(count)]
    return nodes, sorted((nodes[i], nodes[chance.randrange(i)]) for i in range(1, count))


def samples() -> dict[str, Graph]:
    """Return the sample set, by name."""
    return {
        "reference agency": graph_of(load_reference("en")),
        "agency, 100": graph_of(organisation(100)),
        "agency, 300": graph_of(organisation(300)),
        "agency, 1000": graph_of(organisation(1_000)),
        "layers, 60": layered(60, 6, 1.4, 1),
        "layers, 150": layered(150, 8, 1.5, 2),
        "layers, 300": layered(300, 10, 1.3, 3),
        "dense, 80": layered(80, 5, 2.5, 4),
        "tree, 120": tree(120, 5),
    }


def crossings(places: Mapping[str, Sequence[float]], edges: Iterable[tuple[str, str]]) -> int:
    """Return how many pairs of straight lines cross; pairs that share an end are left out."""
    lines = list(edges)
    number = {node: i for i, node in enumerate(places)}
    start = np.array([places[a] for a, _ in lines], dtype=np.float64)
    end = np.array([places[b] for _, b in lines], dtype=np.float64)
    ends = np.array([(number[a], number[b]) for a, b in lines])
    total = 0
    for i in range(len(lines) - 1):
        p, q, r, s = start[i], end[i], start[i + 1 :], end[i + 1 :]
        others = ends[i + 1 :]
        apart = ~np.isin(others, ends[i]).any(axis=1)
        across = _side(p, q, r) * _side(p, q, s) < 0
        back = _side(r, s, p) * _side(r, s, q) < 0
        total += int((apart & across & back).sum())
    return total


def _side(p: np.ndarray, q: np.ndarray, r: np.ndarray) -> np.ndarray:
    return (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (
        r[..., 0] - p[..., 0]
    )


def dot_places(graph: Graph) -> dict[str, tuple[float, float]]:
    """Return where ``dot`` puts the nodes."""
    nodes, edges = graph
    text = ["digraph {", 'rankdir=LR; node [shape=box, width=2.3, height=0.6, fixedsize=true, label=""];']
    text += [f'"{node}";' for node in nodes] + [f'"{a}" -> "{b}";' for a, b in edges] + ["}"]
    done = subprocess.run(
        ["dot", "-Tplain"],
        input="\n".join(text),
        capture_output=True,
        text=True,
        check=True,
        timeout=_TIMEOUT,
    )
    places = {}
    for line in done.stdout.splitlines():
        parts = line.split()
        if parts and parts[0] == "node":
            places[parts[1].strip('"')] = (float(parts[2]), float(parts[3]))
    return places


def measure(name: str, graph: Graph, *, with_dot: bool) -> dict[str, object]:
    """Return the figures of one sample."""
    nodes, edges = graph
    begun = time.perf_counter()
    ours = arrange(nodes, edges)
    row: dict[str, object] = {
        "sample": name,
        "nodes": len(nodes),
        "edges": len(edges),
        "seconds": round(time.perf_counter() - begun, 3),
        "crossings": crossings(ours, edges),
    }
    if with_dot:
        begun = time.perf_counter()
        theirs = dot_places(graph)
        row["dot_seconds"] = round(time.perf_counter() - begun, 3)
        row["dot_crossings"] = crossings(theirs, edges)
    return row


def within(row: Mapping[str, object]) -> bool:
    """Tell whether a row keeps to the yardstick."""
    ours, theirs = int(str(row["crossings"])), int(str(row["dot_crossings"]))
    return ours <= max(YARDSTICK * theirs, theirs + _FEW)


def main() -> int:
    """Print the table; 1 where the yardstick is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    args = parser.parse_args()
    with_dot = shutil.which("dot") is not None
    if not with_dot:
        print("Graphviz's dot is not installed: our crossings are counted, with nothing to compare.")
    print(f"{'sample':18}{'nodes':>7}{'edges':>7}{'ours':>8}{'s':>8}{'dot':>8}{'s':>8}{'ratio':>7}")
    rows = []
    for name, graph in samples().items():
        row = measure(name, graph, with_dot=with_dot)
        rows.append(row)
        theirs = row.get("dot_crossings", "–")
        ratio = f"{int(str(row['crossings'])) / int(str(theirs)):.2f}" if theirs not in ("–", 0) else "–"
        print(
            f"{name:18}{row['nodes']:>7}{row['edges']:>7}{row['crossings']:>8}{row['seconds']:>8}"
            f"{theirs:>8}{row.get('dot_seconds', '–'):>8}{ratio:>7}",
            flush=True,
        )
    if args.json:
        args.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    if not with_dot:
        return 0
    ours, theirs = (sum(int(str(row[key])) for row in rows) for key in ("crossings", "dot_crossings"))
    missed = [str(row["sample"]) for row in rows if not within(row)]
    print(f"All together: {ours} beside {theirs}, {ours / theirs:.2f} times; allowed {YARDSTICK}.")
    if missed:
        print("Missed by: " + ", ".join(missed))
    return 1 if missed or ours > YARDSTICK * theirs else 0


if __name__ == "__main__":
    sys.exit(main())
