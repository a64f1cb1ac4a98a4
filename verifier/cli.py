"""The command line. Commands are declared here; what they do is in ``reporting.commands``.

Exit status: 0 fine, 1 a claim is wrong, 2 wrong usage or a file that cannot be opened, 3 something is open or there are
no claims, 4 a conflict or another fault of verifier, 130 interrupted, 141 the reader of the output went away.
"""

# ruff: noqa: PLC0415  (commands import what they need when they run, so that --help is fast)

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from verifier import __version__

if TYPE_CHECKING:
    from verifier.derivation import Verdict
    from verifier.reporting.commands import Told

# Matrices here have tens of rows: threads would only make NumPy slower. Read when NumPy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
INTERRUPTED, BROKEN_PIPE = 130, 141
STATUSES = """
\b
Exit status:
  0  every claim is proved, given, assumed, or as a mark expects
  1  a claim is refuted, conditional, ill-typed, or in the other layout
  2  wrong usage, or a file that cannot be opened
  3  a claim is open (undecided, not understood, …), or there is none
  4  a proof and a counterexample: a fault of verifier
When several apply: 4 before 2 before 1 before 3.
"""
Function = TypeVar("Function", bound=Callable[..., Any])


class Commands(click.Group):
    """Commands in the order in which one meets them; that the reader of the output went away is a status."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        """As they are declared."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> int:
        """Run a command; its exit status."""
        try:
            status = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            return BROKEN_PIPE
        return status if isinstance(status, int) else 0


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="verifier")
@click.pass_context
def cli(context: click.Context) -> int:
    """Checks derivations as a compiler checks programs: each claim of a document is proved with a certificate, or
    refuted with a counterexample, or it is said why neither is so.

    verifier check homework.md
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        return 2
    return 0


def reading_options(function: Function) -> Function:
    """Options that say how a document is read."""
    for option in (
        click.option("--preamble", metavar="FILE", help="TeX with macros."),
        click.option(
            "--context", "contexts", metavar="FILE", multiple=True, help="A file with declarations; repeatable."
        ),
        click.option(
            "--given", metavar="TEXT", multiple=True, help="A declaration, as in --given 'A^T = A'; repeatable."
        ),
    ):
        function = option(function)
    return function


def judging_options(function: Function) -> Function:
    """Options that say how claims are judged."""
    for option in (
        click.option(
            "--trust",
            type=click.Choice(("all", "context")),
            default="all",
            help="Whose conditions count: all, or those of --context and --given (others are assumed).",
        ),
        click.option("--seed", type=int, default=0, metavar="N", help="Of random instantiation; 0 if not given."),
        click.option(
            "--samples",
            type=click.IntRange(1, 10_000),
            default=6,
            metavar="N",
            help="Models for each claim; 6 if not given.",
        ),
    ):
        function = option(function)
    return function


@cli.command(epilog=STATUSES)
@click.argument("paths", nargs=-1, metavar="[FILE | FOLDER | -]...")
@reading_options
@judging_options
@click.option("--strict", is_flag=True, help="Side conditions that are not stated, and assumed claims, exit with 3.")
@click.option(
    "--fail-on", metavar="VERDICT,…", multiple=True, help="Exit with 1 if one of these verdicts occurs, else 0."
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever the verdicts are, save conflicts.")
@click.option("--format", "form", type=click.Choice(("text", "json")), help="text if not given.")
@click.option("-o", "--output", "path", metavar="FILE", help="Write the report there; the suffix gives the format.")
@click.option("-v", "--verbose", is_flag=True, help="Show every claim, and how it was read.")
@click.option("-q", "--quiet", is_flag=True, help="Show the totals alone.")
@click.option("--timings", is_flag=True, help="Say how long it took.")
@click.option("--library", is_flag=True, help="Check the identities of derivations; arguments select modules or names.")
@click.option("--plot", metavar="OUT", help="Draw a claim into a file (svg, png), or each claim into a folder.")
@click.option("--line", type=click.IntRange(1), metavar="N", help="With --plot: draw the claim in line N.")
def check(
    paths: tuple[str, ...],
    *,
    strict: bool,
    fail_on: tuple[str, ...],
    exit_zero: bool,
    form: str | None,
    path: str | None,
    verbose: bool,
    quiet: bool,
    timings: bool,
    library: bool,
    plot: str | None,
    line: int | None,
    **told: Any,
) -> int:
    """Check every claim of documents.

    Documents are Markdown, TeX, notebooks or plain text (md, qmd, tex, ipynb, txt); of a folder all in it, - is
    standard input. Without arguments, the folder one is in. Nothing in a document is executed.
    """
    if verbose and quiet:
        raise click.UsageError("-v and -q contradict each other: name one of them")
    if line is not None and plot is None:
        raise click.UsageError("--line says what to draw: name where with --plot")
    if library and plot is not None:
        raise click.UsageError("--plot draws claims of documents, not of --library")
    from verifier.reporting import commands
    from verifier.reporting.text import Detail

    detail = Detail.VERBOSE if verbose else Detail.QUIET if quiet else Detail.NORMAL
    output = commands.Output(form or "", path, detail, timings, strict, _verdicts(fail_on), exit_zero, plot, line)
    return commands.check(paths, library, _told(told, timings=timings), output)


def _told(options: dict[str, Any], timings: bool = False) -> Told:
    from verifier.reporting.commands import Told

    return Told(timings=timings, **options)


def _verdicts(texts: Sequence[str]) -> tuple[Verdict, ...]:
    from verifier.derivation import Verdict

    names = [name.strip() for text in texts for name in text.split(",") if name.strip()]
    for name in names:
        if name not in set(Verdict):
            raise click.BadParameter(
                f"found {name!r}, expected verdicts: {', '.join(Verdict)}", param_hint="'--fail-on'"
            )
    if texts and not names:
        raise click.BadParameter(f"found no verdict, expected some of {', '.join(Verdict)}", param_hint="'--fail-on'")
    return tuple(map(Verdict, names))


@cli.command()
@click.argument("path", metavar="FILE")
@reading_options
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="text if not given.")
def symbols(path: str, form: str, **told: Any) -> int:
    """Show what the symbols of a document were taken to be.

    The text can be pasted as given blocks, or used with --context.
    """
    from verifier.reporting import inspecting

    return inspecting.symbols(path, _told(told), form)


@cli.command()
@click.argument("target", metavar="FILE:LINE | CODE")
@reading_options
@judging_options
@click.option("--numpy", is_flag=True, help="The counterexample as lines of Python.")
@click.option("--plot", metavar="OUT", help="Draw the claim into a file (svg, png) or a folder.")
def explain(target: str, numpy: bool, plot: str | None, **told: Any) -> int:
    """Show all that is known of the claims in a line, or what a code or a verdict means.

    \b
    verifier explain homework.md:14
    verifier explain unread
    """
    from verifier.reporting import inspecting

    return inspecting.explain(target, _told(told), numpy, plot)


@cli.command()
@click.argument("report", metavar="REPORT.json")
@click.option("-q", "--quiet", is_flag=True, help="Show the totals alone.")
def recheck(report: str, quiet: bool) -> int:
    """Check a JSON report.

    Its documents are read again, with the options that it states, and compared with it claim by claim. Every
    certificate is replayed by the kernel alone, every counterexample is evaluated, totals are counted. Exit status:
    0 all is as stated, 1 it is not, 2 this is no report, 3 a document is not here or has changed (then only the
    certificates and counterexamples are checked, not that they are of this text).
    """
    from verifier.reporting import inspecting

    return inspecting.recheck(report, quiet)


def run(arguments: Sequence[str]) -> int:
    """Run a command line; the exit status."""
    status = _dispatch(arguments)
    if status == BROKEN_PIPE:  # what is left in the buffer goes nowhere, without a complaint at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return status


def _dispatch(arguments: Sequence[str]) -> int:
    try:
        status = cli.main(list(arguments), prog_name="verifier", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except Exception as error:  # a DocumentError, which is not imported before it can occur, or a fault
        return _failed(error)
    return status if isinstance(status, int) else 0


def _failed(error: Exception) -> int:
    from verifier.derivation import Diagnostic
    from verifier.reading.documents import DocumentError
    from verifier.reporting.commands import complain

    if isinstance(error, DocumentError):
        complain(error)
        return 2
    message = f"verifier failed: {type(error).__name__}: {error}"
    complain(
        DocumentError(Diagnostic("internal-error", message, help="please report this with the command and its input"))
    )
    return 4


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))
