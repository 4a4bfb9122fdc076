"""Writes `docs/reference/iati-checks.md`: every check of IATI files and every quirk of the official tool."""

import re
from collections.abc import Iterator

from suivi.iati.checks import coded
from suivi.iati.checks.form import SCHEMA_CHECK
from suivi.iati.checks.gathering import REPEATED
from suivi.iati.checks.model import Check
from suivi.iati.checks.references import CHECKS as REFERENCES
from suivi.iati.checks.references import SINCE
from suivi.iati.checks.rules import RULES
from suivi.iati.checks.rules.kinds import Rule, show_each
from suivi.iati.checks.run import BROKEN, NOT_IATI, OLD_VERSION
from suivi.iati.checks.wording import told

HEAD = """# Checks of IATI files

`suivi iati check FILE...` makes the checks of the official list, with the same identifiers and weights. It
reads activity and organisation files of the versions 2.01, 2.02 and 2.03; all are held against the schema of
2.03. Facts of the standard: IATI Standard (http://iatistandard.org/), CC BY 4.0.

A critical finding means that the form is broken. A rule that is marked 2.02 or 2.03 is asked of files of that
version and later. What needs the outside works from local lists: `--publishers` and `--agencies` for the
rules marked so, `--activities` for the references. `suivi iati lists` keeps them for the command and for the
page. The report says of which day they are and, where one is missing, what was not checked.

The line of a finding is the one where the start tag of its element ends.

## Where the official tool is wrong, and what we do

`--format official` prints one line of JSON for each file, in the shape of the official report, and follows
these quirks, because they change counts. All other formats say what is true.

| check | the official tool | the other formats |
|---|---|---|
| 2.1.2 | sums vocabulary 1 only | sum each vocabulary |
| all sums | 33.333 three times is wrong | shares with two decimal places may miss 100 by what was rounded |
| 3.7.1 | never fires | fires where no country or region is given at all |
| 4.3.1, 4.4.1 | blanks are a text | blanks are none |
| 6.7.2 | also fires where no transaction has a sector | fires where some have one and some have none |
| 8.8.2, 8.9.2, 8.10.2 | also fire where there is no value | leave that to 8.8.1, 8.9.1, 8.10.1 |
| 9.95.1 | never looks at xml:lang | one finding for each wrong language of an activity |
| 9.1.1, 9.97.1 | never fire, because 0.6.1 comes first | the same |
| 11.2.1, 11.2.2, 11.3.1 | test the first date only | test each |
| 1.1.2 | tells the last repeated identifier only, also a missing one | tell each repeated identifier once |
| 0.3.1 | repeats what is wrong with the first tag for each activity | tell it once |
| 0.3.1 | minds more than 24 digits, and blanks around a whole number | go by XML Schema |
| 0.3.1 | takes a sign before a blank for 0 | go by XML Schema |
| 0.3.1 | looks no further where an element stands between two activities | tell both |
| 0.6.1 | told of a root in a name space | 0.2.1 |
| 2.1.4, 3.1.4, 3.4.4, 7.9.4, 8.8.2, 8.9.2, 8.10.2 | “5.” and “+5” are no numbers | they are |
| 9.96.1 to 9.114.1 | of organisations of one identifier, only the last wrong one is told | each |
| codes | told under all identifiers together; “[object Object]” is one with attributes | under the first |
| 9.16.1 | a channel-code that has attributes is no code | it is read like any other |
| all | bytes that are no UTF-8 become U+FFFD; a file of UTF-16 is broken | break the file; UTF-16 is read |
| all | a broken file has the one finding 0.1.1 | findings before the break are told, too |

In both: the official tool cuts activities out by string search, so a comment or CDATA that holds the tag
changes its counts; it reads a file that states another encoding as UTF-8 all the same, which changes signs in
its places; its line numbers end at 65,535. We follow none of these. Its places name a column; ours say 0.

Of 737 files with official reports, this one differs, and nothing else:

| file | why |
|---|---|
| `refresher__comments.input` | an activity in a comment is checked there as one |

The same string search makes two of the twenty made-up files differ (`comment_split`, `cdata_split`).

## Opening, form and identity

| check | weight | what is told | how to mend |
|---|---|---|---|
"""


_RULES = {"iati-activities": "Rules on activities", "iati-organisations": "Rules on organisations"}


def iati_checks_page() -> str:
    """The page, from the tables that the check itself uses."""
    lines = [HEAD.rstrip("\n")]
    opening = (BROKEN, NOT_IATI, OLD_VERSION, REPEATED)
    lines += [_told_row(one) for one in opening]
    lines.append(
        f"| {SCHEMA_CHECK.id} | {SCHEMA_CHECK.weight.value} | what the XML schema says, in words that name "
        "the field | as the message says |"
    )
    for tag, title in (
        ("iati-activities", "Rules on activities"),
        ("iati-organisations", "Rules on organisations"),
    ):
        lines += ["", f"## {title}", "", "| check | weight | at | what is told | how to mend | only |"]
        lines += ["|---|---|---|---|---|---|", *dict.fromkeys(map(_rule_row, RULES[tag]))]
    lines += ["", "## References", "", "| check | weight | field | what is told | only |"]
    lines += ["|---|---|---|---|---|"]
    lines += [_reference_row(one) for one in REFERENCES.values()]
    lines += ["", "## Code lists", "", "All are errors. Codes count whatever their status.", ""]
    lines += ["| check | field | list | of vocabulary | only |", "|---|---|---|---|---|", *_coded_rows()]
    return "\n".join([*lines, ""])


def _rule_row(rule: Rule) -> str:
    one = rule.check
    only = ", ".join([*filter(None, [rule.since]), *(f"--{name}" for name in rule.needs)])
    field = f"/{rule.paths[-1]}" if rule.show is show_each else ""
    at = _cell(f"`{rule.at}{field}`")
    return f"| {one.id} | {one.weight.value} | {at} {_told(one)} | {only} |"


def _told_row(one: Check) -> str:
    return f"| {one.id} | {one.weight.value} {_told(one)} |"


def _told(one: Check) -> str:
    return f"| {_cell(told(one).what)} | {_cell(told(one).mend)}"


def _reference_row(one: Check) -> str:
    return f"| {one.id} | {one.weight.value} | `{one.path}` | {_cell(told(one).what)} | {SINCE[one.id]} |"


def _coded_rows() -> Iterator[str]:
    for row in coded.rows():
        field = "text()" if row.attribute == "text()" else f"@{row.attribute}"
        vocabulary = (
            f"{row.vocabulary} (default {row.default_vocabulary or 'none'})" if row.vocabulary else ""
        )
        yield f"| {row.id} | `{row.path.rstrip('/')}/{field}` | {row.list} | {vocabulary} | {row.since} |"


def _cell(text: str) -> str:
    return re.sub(r"%\((\w+)\)s", r"(\1)", text).replace("|", "\\|").replace("%%", "%")
