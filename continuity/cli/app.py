"""The commands. Each opens the session, asks it, and says the answer."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer._click.exceptions import UsageError

from continuity.cli import help_words, opening, runs
from continuity.cli.speech import (
    FAILED,
    WRONG_USE,
    WRONG_VALUES,
    WrongUse,
    console,
    default_language,
    say_problems,
)
from continuity.model.problems import Refused
from continuity.session import Session
from continuity.words import LANGUAGES, N_, _, current, ngettext, set_language

app = typer.Typer(
    name="uthallig",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=N_("Continuity planning for agencies that must keep paying. Without a command the window opens."),
)

File = Annotated[Path, typer.Argument(help=N_("A .uthallig document, or an organisation as .json"))]
Lang = Annotated[str | None, typer.Option("--lang", help=N_("sv or en"), metavar="sv|en")]
JsonOut = Annotated[
    Path | None, typer.Option("--json", help=N_("Write the answer as JSON here (- for stdout)"))
]
ScenarioName = Annotated[str | None, typer.Option("--scenario", help=N_("Code or unique name of a scenario"))]
Measures = Annotated[
    list[str] | None, typer.Option("--with", help=N_("Code or unique name of a measure; may be repeated"))
]
Start = Annotated[str | None, typer.Option("--start", help=N_("First day, as 2027-01-23"))]
Horizon = Annotated[int | None, typer.Option("--horizon", help=N_("Days"))]
Replications = Annotated[int, typer.Option("--replications", help=N_("How many runs of chance"))]
Most = Annotated[
    int | None,
    typer.Option(
        "--replications",
        help=N_("How many runs of chance (1000); with --precision at most so many (100000)"),
        show_default=False,
    ),
]
Precision = Annotated[
    float | None,
    typer.Option(
        "--precision",
        help=N_("Stop by itself when every share is known to ± so many percentage points (95 %)"),
    ),
]
Seed = Annotated[int, typer.Option("--seed", help=N_("The same seed gives the same result"))]
Workers = Annotated[
    int | None, typer.Option("--workers", help=N_("Threads; the result does not depend on it"))
]


def run(arguments: Sequence[str]) -> int:
    """Run the command in ``arguments`` and return its exit code."""
    language, unknown = _language_in(arguments)
    set_language(language)
    if unknown:
        wrong = _("The language is sv or en, not “{lang}”.", lang=unknown)
        print(f"uthallig: {wrong}", file=sys.stderr)
        return WRONG_USE
    command = typer.main.get_command(app)
    _translate(command)
    help_words.speak(command)
    try:
        ended = command.main(args=list(arguments), prog_name="uthallig", standalone_mode=False)
    except UsageError as wrong:
        print(f"uthallig: {help_words.said(wrong, command)}", file=sys.stderr)
        return WRONG_USE
    except typer.Abort:
        print(f"uthallig: {_('Stopped.')}", file=sys.stderr)
        return FAILED
    except WrongUse as wrong:
        print(f"uthallig: {wrong}", file=sys.stderr)
        return WRONG_USE
    except Refused as refused:
        say_problems(refused.problems, refused.file)
        return WRONG_USE if all(p.code in WRONG_VALUES for p in refused.problems) else FAILED
    except SystemExit as stopped:
        return int(stopped.code or 0)
    return ended if isinstance(ended, int) else 0


def _language_in(arguments: Sequence[str]) -> tuple[str, str]:
    """Return the language to speak, and what was asked for where that is none."""
    for place, argument in enumerate(arguments):
        given = argument.removeprefix("--lang=") if argument.startswith("--lang=") else ""
        if argument == "--lang" and place + 1 < len(arguments):
            given = arguments[place + 1]
        if given:
            return (given, "") if given in LANGUAGES else (default_language(), given)
    return default_language(), ""


def _translate(command: Any) -> None:
    command.help = _(command.help) if command.help else None
    for parameter in command.params:
        text = getattr(parameter, "help", None)
        if text:
            parameter.help = _(text)
    for part in getattr(command, "commands", {}).values():
        _translate(part)


@app.callback(invoke_without_command=True)
def common(
    context: typer.Context,
    lang: Lang = None,
    version: Annotated[bool, typer.Option("--version", help=N_("Say the version and stop"))] = False,
) -> None:
    """What goes for all commands."""
    _checked(lang)
    if version:
        print(f"Uthållig {importlib.metadata.version('uthallig')}")
    elif context.invoked_subcommand is None:
        print(context.get_help())


def _checked(lang: str | None) -> str:
    if lang is None:
        return current().language
    if lang not in LANGUAGES:
        raise WrongUse(_("The language is sv or en, not “{lang}”.", lang=lang))
    return lang


@app.command(help=N_("Make a new document, empty or from the reference agency."))
def new(
    file: Annotated[Path, typer.Argument(help=N_("Where to write it"))],
    origin: Annotated[str | None, typer.Option("--from", help=N_("reference: the reference agency"))] = None,
    lang: Lang = None,
) -> None:
    """Make a new document."""
    if origin not in (None, "reference"):
        raise WrongUse(_("--from takes “reference”, not “{origin}”.", origin=origin))
    _only_documents(file)
    with Session.create(file, reference=origin, lang=_checked(lang)) as session:
        count = len(session.organisation)
    print(ngettext("{file}: {n} record", "{file}: {n} records", count, file=str(file)))


@app.command(help=N_("List what is missing or contradictory; exit code 1 if there are errors."))
def check(file: File, json: JsonOut = None, lang: Lang = None) -> None:
    """List the problems of a document."""
    runs.check_json_target(json)
    from continuity.cli import problems

    with opening.opened(file, read_only=True) as session:
        found = session.checked()
        if json:
            runs.write_json(problems.as_plain(found, session), json)
        else:
            problems.show(found, session)
    if problems.count_of_errors(found):
        raise typer.Exit(FAILED)


@app.command(help=N_("Simulate a scenario, with and without measures."))
def simulate(
    file: File,
    scenario: ScenarioName = None,
    measures: Measures = None,
    start: Start = None,
    horizon: Horizon = None,
    replications: Most = None,
    precision: Precision = None,
    seed: Seed = 1,
    workers: Workers = None,
    scheduler: Annotated[
        str, typer.Option("--scheduler", help=N_("threads, processes, or tcp://host:port of a Dask cluster"))
    ] = "threads",
    sweep: Annotated[
        str | None,
        typer.Option("--sweep", help=N_("Run it for every day of a month, as 2027-02"), metavar="MONTH"),
    ] = None,
    json: JsonOut = None,
    lang: Lang = None,
) -> None:
    """Simulate a scenario."""
    runs.check_json_target(json)
    if sweep is not None:
        from continuity.cli import sweeping

        month = sweeping.month(sweep, start, precision)
        with opening.opened(file, read_only=True) as session:
            chosen = runs.Choice(scenario, tuple(measures or ()), None, horizon, replications, seed, workers)
            sweeping.sweep(session, chosen, month, json)
        return
    with opening.opened(file, read_only=True) as session:
        chosen = runs.Choice(
            scenario,
            tuple(measures or ()),
            _date(start),
            horizon,
            replications,
            seed,
            workers,
            precision,
            scheduler,
        )
        result = runs.simulate(session, chosen)
        if json:
            runs.write_json(session.result_as_plain(result), json)
        if json is None or str(json) != "-":
            runs.show(result, session.organisation)


@app.command(
    help=N_(
        "Single points of failure, cut sets, chances of loss, restart order, gaps; with --scenario also"
        " what a run means and what drives lost payments."
    )
)
def analyse(
    file: File,
    scenario: ScenarioName = None,
    uncertain: Annotated[
        bool, typer.Option("--uncertain", help=N_("Also which uncertain figures matter most (takes minutes)"))
    ] = False,
    replications: Replications = 512,
    seed: Seed = 1,
    json: JsonOut = None,
    lang: Lang = None,
) -> None:
    """Analyse the structure of a document, and a run of a scenario."""
    runs.check_json_target(json)
    if uncertain and scenario is None:
        raise WrongUse(_("--uncertain needs a scenario: name one with --scenario."))
    from continuity.cli import analysis

    with opening.opened(file, read_only=True) as session:
        chosen = runs.Choice(scenario, replications=replications, seed=seed)
        found = analysis.analyse(session, chosen, uncertain=uncertain)
        if json:
            runs.write_json(found.plain(session), json)
        if json is None or str(json) != "-":
            found.show(session, console())


@app.command(help=N_("Several sets of measures side by side, on the same draws."))
def compare(
    file: File,
    scenario: ScenarioName = None,
    sets: Annotated[
        list[str] | None,
        typer.Option(
            "--with", help=N_("A set of measures, as M1 or M2,M3; repeat for each set"), metavar="SET"
        ),
    ] = None,
    replications: Replications = 1000,
    seed: Seed = 1,
    json: JsonOut = None,
    lang: Lang = None,
) -> None:
    """Compare sets of measures."""
    runs.check_json_target(json)
    from continuity.cli import choosing

    choosing.compare(file, scenario, sets or (), replications, seed, json)


@app.command(help=N_("The best set of measures under a budget, over one scenario or several."))
def optimise(
    file: File,
    budget: Annotated[int, typer.Option("--budget", help=N_("SEK, once and for the years counted"), min=0)],
    scenarios: Annotated[
        list[str] | None,
        typer.Option(
            "--scenario", help=N_("Code or name of a scenario, with a weight as S17:2; may be repeated")
        ),
    ] = None,
    years: Annotated[int, typer.Option("--years", help=N_("For how many years the yearly cost counts"))] = 1,
    replications: Replications = 1024,
    seed: Seed = 1,
    json: JsonOut = None,
    lang: Lang = None,
) -> None:
    """Choose measures."""
    runs.check_json_target(json)
    from continuity.cli import choosing

    choosing.optimise(file, budget, scenarios or (), years, replications, seed, json)


@app.command(help=N_("Write the plan package; with --scenario its figures come from that run."))
def plan(
    file: File,
    out: Annotated[Path, typer.Option("--out", help=N_("Folder to write"))],
    formats: Annotated[
        str, typer.Option("--formats", help=N_("Of html, pdf, docx, txt"))
    ] = "html,pdf,docx,txt",
    profile: Annotated[str, typer.Option("--profile", help=N_("cards, team or full"))] = "full",
    contacts: Annotated[bool, typer.Option("--contacts/--no-contacts", help=N_("With personal data"))] = True,
    scenario: ScenarioName = None,
    measures: Measures = None,
    replications: Replications = 1000,
    seed: Seed = 1,
    form: Annotated[Path | None, typer.Option("--form", help=N_("The agency's own Word form, .docx"))] = None,
    words: Annotated[
        Path | None, typer.Option("--words", help=N_("Folder with the agency's own wording (see “words”)"))
    ] = None,
    copy: Annotated[
        str, typer.Option("--copy", help=N_("Number on the distribution list, or all: one package each"))
    ] = "",
    sign: Annotated[
        Path | None, typer.Option("--sign", help=N_("Private key to sign with (see “keys”)"))
    ] = None,
    signer: Annotated[str, typer.Option("--signer", help=N_("Name in the signature"))] = "",
    model_copy: Annotated[
        bool, typer.Option("--model-copy", help=N_("With a copy of the model under a passphrase"))
    ] = False,
    pocket: Annotated[bool, typer.Option("--pocket/--no-pocket", help=N_("Cards in A6 too"))] = True,
    lang: Lang = None,
) -> None:
    """Write the plan package of a document."""
    from continuity.cli import plans

    if not copy:
        Session.check_place(out)
    with opening.opened(file, read_only=True) as session:
        chosen = runs.Choice(scenario, tuple(measures or ()), replications=replications, seed=seed)
        result = runs.simulate(session, chosen) if scenario else session.latest_run()
        wanted = tuple(part.strip() for part in formats.split(",") if part.strip())
        request = plans.PlanRequest(out, _checked(lang), wanted, profile, contacts, result, pocket=pocket)
        extras = plans.Extras(form, words, copy, sign, signer, model_copy)
        plans.show(plans.write(session, request, extras))


@app.command(
    help=N_("Make a tabletop exercise of a simulated run: event list, book, handouts, evaluators' sheets.")
)
def exercise(
    file: File,
    out: Annotated[Path, typer.Option("--out", help=N_("Folder to write"))],
    scenario: Annotated[str, typer.Option("--scenario", help=N_("Code or unique name of a scenario"))],
    severity: Annotated[
        str, typer.Option("--severity", help=N_("Which run is played: typical, bad or worst"))
    ] = "bad",
    length: Annotated[
        int, typer.Option("--length", help=N_("Minutes in the room, briefing and hot wash-up included"))
    ] = 120,
    formats: Annotated[
        str, typer.Option("--formats", help=N_("Of pdf, html, txt, docx; xlsx for the event list"))
    ] = "pdf,docx,xlsx",
    keep: Annotated[
        bool, typer.Option("--keep", help=N_("Put the exercise into the document as well"))
    ] = False,
    seed: Seed = 1,
    lang: Lang = None,
) -> None:
    """Make an exercise and write its papers."""
    from continuity.cli import exercise as exercises

    wanted = tuple(part.strip() for part in formats.split(",") if part.strip())
    wishes = exercises.Wishes(scenario, out, severity, length, _checked(lang), wanted, seed, keep)
    exercises.checked(wishes)
    if keep:
        _only_documents(file)
    with Session.open(file, read_only=not keep) as session:
        exercises.make(session, wishes)


@app.command(help=N_("Check that a plan package is whole and unchanged, and say who has signed it."))
def verify(
    package: Annotated[Path, typer.Argument(help=N_("Folder or zip of a plan package"))],
    key: Annotated[Path | None, typer.Option("--key", help=N_("Public key that must have signed it"))] = None,
    lang: Lang = None,
) -> None:
    """Check manifest and signature of a plan package."""
    from continuity.cli import plans

    raise typer.Exit(plans.check(package, key))


@app.command(help=N_("Make a pair of keys to sign plan packages with."))
def keys(
    out: Annotated[Path, typer.Argument(help=N_("File of the private key, such as plans.pem"))],
    lang: Lang = None,
) -> None:
    """Make a pair of keys."""
    from continuity.cli import plans

    plans.make_keys(out)


@app.command(help=N_("Open the sealed copy of the model in a plan package."))
def unseal(
    sealed: Annotated[Path, typer.Argument(help=N_("The file model.sealed"))],
    out: Annotated[Path, typer.Option("--out", help=N_("JSON file to write"))],
    lang: Lang = None,
) -> None:
    """Open a sealed copy of a model."""
    from continuity.cli import plans

    plans.unseal(sealed, out)


@app.command(help=N_("Write every sentence of the plans to files, to be reworded without code."))
def words(
    out: Annotated[Path, typer.Argument(help=N_("Folder to write sv.toml and en.toml in"))],
    lang: Lang = None,
) -> None:
    """Write files for own words."""
    from continuity.cli import plans

    plans.write_words(out)


@app.command(help=N_("Write a document to an encrypted file, or with --plain to an open one."))
def encrypt(
    file: File,
    target: Annotated[Path, typer.Argument(help=N_("The new document"))],
    plain: Annotated[bool, typer.Option("--plain", help=N_("Without encryption"))] = False,
    lang: Lang = None,
) -> None:
    """Copy a document, its history too, under a passphrase or without one."""
    _only_documents(file)
    opening.encrypt(file, target, plain=plain)
    print(_("Written: {file}", file=str(target)))


@app.command(
    name="import",
    help=N_(
        "Read .xlsx, .ods, .csv, a folder of CSV files, .json, .graphml or .xml (ArchiMate) into a document."
    ),
)
def import_(
    file: File,
    source: Annotated[Path, typer.Argument(help=N_("What to read"))],
    dry: Annotated[bool, typer.Option("--dry-run", help=N_("Say what would happen, change nothing"))] = False,
    partly: Annotated[
        bool, typer.Option("--partly", help=N_("Take the rows without faults although others have some"))
    ] = False,
    kind: Annotated[
        str | None, typer.Option("--as", help=N_("Kind of record in every row, such as resource"))
    ] = None,
    lang: Lang = None,
) -> None:
    """Read a file into a document, as one step that can be undone."""
    from continuity.cli import exchange

    _only_documents(file)
    with exchange.open_or_new(file, dry=dry) as session:
        found = exchange.prepared(session, source, kind)
        exchange.show_import(session, found, source, file, dry=dry, partly=partly)


@app.command(help=N_("Write a document as .json, .xlsx, .graphml, or a folder of CSV files."))
def export(
    file: File,
    target: Annotated[Path, typer.Argument(help=N_("What to write"))],
    form: Annotated[
        bool, typer.Option("--form", help=N_("An empty workbook to send around, with lists to choose from"))
    ] = False,
    lang: Lang = None,
) -> None:
    """Write a document in another form."""
    from continuity.cli import exchange

    with opening.opened(file, read_only=True) as session:
        exchange.export(session, target, _checked(lang), form=form)


@app.command(help=N_("Merge another document into this one, conflict by conflict or with one side."))
def merge(
    file: File,
    other: Annotated[Path, typer.Argument(help=N_("The other document, .uthallig or .json"))],
    take: Annotated[
        str | None, typer.Option("--take", help=N_("ours or theirs, where both changed the same"))
    ] = None,
    dry: Annotated[bool, typer.Option("--dry-run", help=N_("Say what would happen, change nothing"))] = False,
    lang: Lang = None,
) -> None:
    """Merge two documents, as one step that can be undone."""
    from continuity.cli import exchange

    _only_documents(file)
    with opening.opened(file, read_only=dry) as session:
        exchange.merge(session, other, take, dry=dry)


@app.command(help=N_("Reference agency, wartime scenario, plan package: all at once."))
def demo(
    out: Annotated[Path, typer.Option("--out", help=N_("Folder to write"))] = Path("demo-package"),
    replications: Replications = 1000,
    lang: Lang = None,
) -> None:
    """Simulate the reference agency through a war and write its plan package."""
    from continuity.cli.demo import show_demo

    show_demo(out, _checked(lang), replications)


@app.command(help=N_("Measure the engine against what could be had instead; with --verify, known answers."))
def bench(
    size: Annotated[
        str,
        typer.Option("--size", help=N_("S, M or L: about 100, 1,000 or 10,000 elements"), metavar="S|M|L"),
    ] = "S",
    verify: Annotated[bool, typer.Option("--verify", help=N_("Compare with known answers instead"))] = False,
    samples: Annotated[
        int, typer.Option("--samples", help=N_("Samples of each known answer"), min=100, max=10_000_000)
    ] = 100_000,
    json: JsonOut = None,
    lang: Lang = None,
) -> None:
    """Measure the engine, or compare it with known answers."""
    from continuity.cli.bench import show_bench, show_known_answers

    runs.check_json_target(json)
    out = console(errors=str(json) == "-")
    if verify:
        raise typer.Exit(show_known_answers(samples, json, out))
    show_bench(size, json, out)


@app.command(name="self-test", help=N_("Walk the program's whole road in a scratch folder."))
def self_test_(lang: Lang = None) -> None:
    """Test the installed program."""
    from continuity.cli.selftest import SelfTestFailed, self_test

    try:
        self_test(console())
    except SelfTestFailed as failed:
        print(f"uthallig: {failed}", file=sys.stderr)
        raise typer.Exit(FAILED) from None


def _only_documents(path: Path) -> None:
    if path.suffix.lower() != ".uthallig":
        raise WrongUse(_("{path}: a document is called something.uthallig.", path=str(path)))


def _date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongUse(_("“{text}” is not a date; write it as 2027-01-23.", text=text or "")) from None
