"""The `codebegen` command: finds the subcommand, and sees to it that no run ends in a traceback.

Exit status: 0 done, 1 not proven (or a fault of codebegen's own), 2 wrong use or refused, 130 interrupted.
"""

import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from types import FrameType

from codebegen.cli.arguments import UsageError, parse, wants_json
from codebegen.cli.output import print_diagnostics, say, say_diagnostics, style
from codebegen.diagnostics import Diagnostic, DiagnosticError, error

DONE, NOT_PROVEN, REFUSED = 0, 1, 2
INTERRUPTED, TERMINATED, PIPE_CLOSED = 130, 143, 141


class _Terminated(BaseException):
    """SIGTERM, taking the same way out as Ctrl-C."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    argv = sys.argv[1:] if argv is None else argv
    signal.signal(signal.SIGTERM, _terminate)
    try:
        return _run(argv)
    except UsageError as wrong:
        return _refuse(argv, [error("usage", "", wrong.message, "codebegen --help")], wrong.usage)
    except DiagnosticError as refusal:
        return _refuse(argv, refusal.diagnostics)
    except KeyboardInterrupt:
        say("\ninterrupted; nothing was written")
        return INTERRUPTED
    except _Terminated:
        say("terminated; nothing was written")
        return TERMINATED
    except BrokenPipeError:
        # Whoever read our output has left; what is still buffered must not complain about that at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except Exception as fault:  # noqa: BLE001 - the last resort: a fault becomes a line and a log, never a traceback
        return _fault(argv, fault)


def _run(argv: Sequence[str]) -> int:
    arguments = parse(argv)
    name = f"{arguments.command}_" if iskeyword(arguments.command) else arguments.command
    command = import_module(f"codebegen.cli.commands.{name}")
    return int(command.run(arguments))


def _refuse(argv: Sequence[str], diagnostics: Sequence[Diagnostic], usage: str = "") -> int:
    if usage:
        say(style(usage.strip(), "dim"))
    say_diagnostics(diagnostics)
    if wants_json(argv):
        print_diagnostics(diagnostics)
    return REFUSED


def _fault(argv: Sequence[str], fault: Exception) -> int:
    from codebegen.cli.faults import record

    message = f"a fault in codebegen itself ({type(fault).__name__}); nothing was written"
    diagnostic = error("internal", "", message, record(argv, fault))
    say_diagnostics([diagnostic])
    if wants_json(argv):
        print_diagnostics([diagnostic])
    return NOT_PROVEN


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    raise _Terminated


if __name__ == "__main__":
    sys.exit(main())
