"""Writes the generated pages of `docs/reference/`: `python -m tools.reference`. A test compares them."""

import argparse
import inspect
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from suivi.cli.database import start_django
from suivi.cli.main import command_parser
from suivi.environment.variables import VARIABLES
from suivi.monitoring.rules.media import ALLOWED_TYPES
from suivi.monitoring.rules.settings import DEFAULTS, PlanSettings
from suivi.monitoring.rules.workflow import TABLE, WHO_WORDS, Transition
from tools.iati_checks import iati_checks_page
from tools.iati_reference import iati_standard_page

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"


def settings_page() -> str:
    """`settings.md`: every variable, in the order of the table."""
    lines = [
        "# Settings",
        "",
        "Everything is set in the environment; nothing has to be set before the first run. "
        "`suivi doctor` shows what holds.",
        "",
    ]
    for variable in VARIABLES:
        lines += [f"## {variable.name}", "", variable.meaning, "", f"Default: {variable.default}.", ""]
    return "\n".join(lines)


def commands_page() -> str:
    """`commands.md`: every command with its arguments and options, the same on every Python."""
    lines = [
        "# Commands",
        "",
        "`suivi COMMAND --help` says the same. Errors are one line on standard error and an exit code other "
        "than 0.",
        "",
    ]
    for parser in _parsers(command_parser()):
        lines += _describe(parser)
    return "\n".join(lines)


def roles_page() -> str:
    """`roles.md`: the table of roles and permissions, the same as on the page of the roles."""
    start_django()
    from django.utils import translation

    from suivi.organisation.role_table import roles_in_words

    lines = [
        "# Roles",
        "",
        "A role is given to a person for everything, for a plan, or for a unit and those below it, from a "
        "first to a last day. It counts only there and then. The page `/roles` shows the same table.",
        "",
        "| role | key | purpose | may |",
        "|---|---|---|---|",
    ]
    with translation.override("en"):
        for one in roles_in_words():
            may = "; ".join(one.permissions)
            lines.append(f"| {one.role.name} | `{one.role.key}` | {one.role.purpose} | {may} |")
    return "\n".join([*lines, ""])


def reports_page() -> str:
    """`reports.md`: every kind of report, what it is about and who may have it from the pages."""
    start_django()
    from django.utils import translation

    from suivi.reporting.kinds import FORMATS, KINDS

    lines = [
        "# Reports",
        "",
        "`suivi report KIND` makes a report of a plan up to one day, as the record knew it as of another, in "
        f"English, French or Spanish, as {', '.join(one.upper() for one in FORMATS)}. The page Documents of "
        "a plan gives the same. Reports from inside are for people with a role; they become public by being "
        "issued. Only agreed statuses stand in them; the sheet of a unit, which stays in the house, shows "
        "what follows from the record too.",
        "",
        "| kind | name | what it holds | about | from the pages |",
        "|---|---|---|---|---|",
    ]
    about = {
        "": "the whole plan",
        "unit": "a unit with those below it: `--part KEY`",
        "region": "a regional unit with those below it: `--part KEY`",
        "pillar": "a pillar: `--part NUMBER`",
    }
    with translation.override("en"):
        for kind in KINDS.values():
            what = about[kind.part] + (", since a day: `--since DAY`" if kind.compares else "")
            who = "inside" if kind.is_internal else "anybody who may read the plan"
            lines.append(f"| `{kind.key}` | {kind.name} | {kind.purpose} | {what} | {who} |")
    return "\n".join([*lines, ""])


def monitoring_page() -> str:
    """`monitoring.md`: the settings of a plan, the steps of an update, kinds of files, the chain."""
    return "\n".join(
        [
            "# Monitoring",
            "",
            "## Settings of a plan",
            "",
            "Each edition may decide otherwise; one that decides nothing goes on with those before it.",
            "",
            "| setting | holds by default |",
            "|---|---|",
            *(f"| `{one.name}` | `{getattr(DEFAULTS, one.name)}` |" for one in fields(DEFAULTS)),
            "",
            _flowing(PlanSettings.__doc__ or ""),
            "",
            "## Steps of an update",
            "",
            "A draft is kept as it is typed. It is checked when it is sent, and never changes after its "
            "approval: a correction is a new update that names it. Contributions of other units are not "
            "approved; the accountable unit takes them into its update. Where the plan wants clearance, "
            "`send` leads to it first, unless the one who sends may clear.",
            "",
            "| in state | what is done | leads to | by | of |",
            "|---|---|---|---|---|",
            *map(_step, TABLE),
            "",
            "While a decision is asked for, a reviewer may still approve and the unit recall; nobody "
            "returns.",
            "",
            "## Files as evidence",
            "",
            "What a file is follows from its content. Taken are: "
            + ", ".join(f"`{t}`" for t in ALLOWED_TYPES)
            + ". Not taken: pages, programs, SVG, office files with macros, old binary office files.",
            "",
            "## The chain",
            "",
            "Each approval, agreed status and withdrawal is a link of its plan's chain. Its digest is "
            "SHA-256 "
            "over canonical JSON (sorted keys, no spaces, UTF-8) of what was approved: all an update says in "
            "its original language, what was confirmed of each item, the digests of its evidence, the way to "
            "its approval with the reasons of returns, who approved it and when. Its hash is SHA-256 over "
            "`number|hash before|kind|digest`. `suivi verify` computes all of it again from the rows.",
            "",
        ]
    )


def _step(row: Transition) -> str:
    who = " or ".join(WHO_WORDS[one] for one in sorted(row.who))
    kind = f"{row.kind}s" if row.kind else "any"
    return f"| {_words(row.before)} | {_words(row.verb)} | {_words(row.after)} | {who} | {kind} |"


def _words(key: str) -> str:
    return key.replace("_", " ")


def _flowing(text: str) -> str:
    """The paragraphs of a docstring after its first one, each in one line."""
    paragraphs = inspect.cleandoc(text).split("\n\n")[1:]
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for child in action.choices.values():
                yield from _parsers(child)
            return
    yield parser


def _describe(parser: argparse.ArgumentParser) -> list[str]:
    lines = [f"## {parser.prog}", "", parser.description or "", ""]
    rows = [
        (_signature(action), _meaning(action))
        for action in parser._actions
        if action.help is not argparse.SUPPRESS and not isinstance(action, argparse._HelpAction)
    ]
    if rows:
        lines += [
            "| argument | meaning |",
            "|---|---|",
            *(f"| {left} | {right} |" for left, right in rows),
            "",
        ]
    if parser.epilog:
        lines += [parser.epilog, ""]
    return lines


def _signature(action: argparse.Action) -> str:
    value = "" if action.nargs == 0 else str(action.metavar or action.dest.upper())
    if not action.option_strings:
        return f"`{value}`"
    return ", ".join(f"`{name} {value}`".replace(" `", "`") for name in action.option_strings)


def _meaning(action: argparse.Action) -> str:
    parts = [(action.help or "").replace("|", "\\|").replace("%%", "%")]
    if action.choices:
        parts.append(f"one of {', '.join(str(choice) for choice in action.choices)}")
    if action.option_strings and action.required:
        parts.append("required")
    words = "; ".join(part for part in parts if part)
    has_default = action.default not in (None, False, "", argparse.SUPPRESS, []) and action.nargs != 0
    return f"{words} (default: `{action.default}`)" if has_default and "default" not in words else words


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "settings.md").write_text(settings_page(), encoding="utf-8")
    (FOLDER / "commands.md").write_text(commands_page(), encoding="utf-8")
    (FOLDER / "roles.md").write_text(roles_page(), encoding="utf-8")
    (FOLDER / "monitoring.md").write_text(monitoring_page(), encoding="utf-8")
    (FOLDER / "reports.md").write_text(reports_page(), encoding="utf-8")
    (FOLDER / "iati-standard.md").write_text(iati_standard_page(), encoding="utf-8")
    (FOLDER / "iati-checks.md").write_text(iati_checks_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
