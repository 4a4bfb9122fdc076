"""`suivi`: the command line. It speaks to people and scripts; what it does stands in the rooms below."""

import argparse
import os
import sys
from collections.abc import Sequence

import suivi
from suivi.cli.registry import COMMANDS, add_commands
from suivi.values.errors import SuiviError

STOPPED_BY_USER = 130  # what shells give for Ctrl+C
READER_LEFT = 141  # what shells give for a closed pipe


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; every error of the user is one line on stderr."""
    parsed = command_parser().parse_args(arguments)
    try:
        code: int = parsed.run(parsed)
        sys.stdout.flush()
    except SuiviError as error:
        return _tell(str(error), error.exit_code)
    except BrokenPipeError:
        # What reads our output (head, less) has seen enough; Python would complain once more at its exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_LEFT
    except OSError as error:
        return _tell(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "), 1)
    except KeyboardInterrupt:
        return _tell("stopped", STOPPED_BY_USER)
    return code


def command_parser() -> argparse.ArgumentParser:
    """The parser of every command; `docs/reference/commands.md` is written from it."""
    parser = argparse.ArgumentParser(
        prog="suivi",
        description="From an adopted implementation plan to accountable results.",
        epilog="Settings come from the environment; docs/reference/settings.md names each.",
    )
    parser.add_argument("--version", action="version", version=f"suivi {suivi.__version__}")
    add_commands(parser.add_subparsers(metavar="COMMAND", required=True), COMMANDS)
    return parser


def _tell(sentence: str, code: int) -> int:
    print(f"suivi: {sentence}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
