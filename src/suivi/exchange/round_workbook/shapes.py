"""The sheets of the workbook and their columns, in the language that is active."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from suivi.monitoring.models import Assessment, ItemStage
from suivi.organisation.models import StakeholderKind, UnitKind
from suivi.organisation.queries import UnitTree
from suivi.workbooks.answers import AnswerKind
from suivi.workbooks.forms import Field

WORDS, SUPPORT = "words", "support"
ITEMS, LADDER, PARTS, COMMITMENT, INDICATOR = "items", "ladder", "parts", "commitment", "indicator"
SHAPES = (WORDS, ITEMS, LADDER, PARTS, COMMITMENT, INDICATOR, SUPPORT)
MOST_CRITERIA = 12
_GROUPS = (StakeholderKind.GOVERNMENTS, StakeholderKind.EMPLOYERS, StakeholderKind.WORKERS)


def sheet_names() -> Mapping[str, str]:
    """What each sheet is called."""
    return {
        WORDS: pgettext("sheet of a workbook", "Updates"),
        ITEMS: pgettext("sheet of a workbook", "Items"),
        LADDER: pgettext("sheet of a workbook", "Steps"),
        PARTS: pgettext("sheet of a workbook", "Strands and coverage"),
        COMMITMENT: pgettext("sheet of a workbook", "Commitments"),
        INDICATOR: pgettext("sheet of a workbook", "Values"),
        SUPPORT: pgettext("sheet of a workbook", "Support needed"),
    }


def introductions() -> Mapping[str, str]:
    """One sentence above each sheet."""
    return {
        WORDS: _("What was done, in words, and how the unit sees it: one row for each deliverable."),
        ITEMS: _("One row for each counted item. New items go into the free rows below each deliverable."),
        LADDER: _("Write the day on which a step was reached; leave the others empty."),
        PARTS: _("Write the day on which a strand or place reached a step; leave the others empty."),
        COMMITMENT: _("Say whether the commitment is kept."),
        INDICATOR: _("Write the value and its day; of a ratio the numerator and the denominator."),
        SUPPORT: _("Help that is needed, from whom and by when."),
    }


def fields_of(tree: UnitTree, criteria: int = MOST_CRITERIA) -> Mapping[str, Sequence[Field]]:
    """The columns of every sheet. `criteria` is how many questions the items have to answer at most."""
    return {
        WORDS: _words(),
        ITEMS: _items(tree, criteria),
        LADDER: _steps(with_part=False),
        PARTS: _steps(with_part=True),
        COMMITMENT: [*_head(), _previous(), Field("kept", _("Kept"), 12, AnswerKind.CHOICE, _yes_no())],
        INDICATOR: _values(),
        SUPPORT: _support(tree),
    }


def _head() -> list[Field]:
    return [Field("number", pgettext("of a deliverable", "No."), 8), Field("title", _("Deliverable"), 28)]


def _previous(width: float = 30) -> Field:
    return Field("previous", _("Approved so far"), width)


def _yes() -> Mapping[str, str]:
    return {"yes": _("yes")}


def _yes_no() -> Mapping[str, str]:
    return {"yes": _("yes"), "no": _("no")}


def _day(key: str, title: str) -> Field:
    return Field(key, title, 12, AnswerKind.DAY, prompt=_("A day, such as 2023-02-15."))


def _words() -> list[Field]:
    assessments = {one.value: str(one.label) for one in Assessment}
    return [
        *_head(),
        Field("state", _("State"), 14),
        _previous(32),
        _day("reported_on", _("Speaks of the time up to")),
        Field("narrative", _("What was done"), 44, AnswerKind.TEXT, prompt=_("In a few sentences.")),
        Field("no_change", _("No change since the last round"), 12, AnswerKind.CHOICE, _yes()),
        Field("difficulties", _("Difficulties and risks"), 30, AnswerKind.TEXT),
        Field("assessment", _("Own assessment"), 14, AnswerKind.CHOICE, assessments),
        Field("assessment_reason", _("Reason of the assessment"), 26, AnswerKind.TEXT),
        _day("expected_on", _("Expected completion")),
        Field("is_public", _("May be shown in public"), 12, AnswerKind.CHOICE, _yes()),
    ]


def _items(tree: UnitTree, criteria: int) -> list[Field]:
    several = _("Several with a semicolon between them.")
    regions = {node.key: node.short_name for node in tree.nodes.values() if node.kind == UnitKind.REGIONAL}
    groups = {one.value: str(one.label) for one in _GROUPS}
    return [
        *_head(),
        _previous(24),
        Field("name", _("Name"), 36, AnswerKind.TEXT),
        Field("stage", _("Stage"), 18, AnswerKind.CHOICE, {one.value: str(one.label) for one in ItemStage}),
        _day("happened_on", _("Since")),
        _day("expected_on", _("Conclusion expected on")),
        Field("partners", _("Partners"), 28, AnswerKind.LIST, prompt=several),
        Field("countries", _("Countries"), 22, AnswerKind.LIST, prompt=several),
        Field("regions", _("Regions"), 18, AnswerKind.LIST, regions, _listed(several, regions)),
        Field("groups", _("Constituents"), 22, AnswerKind.LIST, groups, _listed(several, groups)),
        *(
            Field(criterion_field(n), _("Criterion %(number)s") % {"number": n + 1}, 18,
                  AnswerKind.CHOICE, _yes_no())
            for n in range(criteria)
        ),
    ]  # fmt: skip


def criterion_field(position: int) -> str:
    """The column of a criterion, by its position on the sheet of the deliverable, from 0."""
    return f"criterion_{position + 1}"


def _listed(several: str, choices: Mapping[str, str]) -> str:
    return f"{several} {', '.join(choices.values())}"


def _steps(*, with_part: bool) -> list[Field]:
    part = [Field("part", _("Strand or place"), 24)] if with_part else []
    return [
        *_head(), *part, Field("step", _("Step"), 26), Field("meaning", _("When it is reached"), 40),
        _previous(16), _day("happened_on", _("Reached on")),
    ]  # fmt: skip


def _values() -> list[Field]:
    return [
        *_head(),
        Field("category", _("Of which"), 22),
        Field("baseline", _("Baseline"), 12),
        _previous(24),
        _day("happened_on", _("Day of the value")),
        Field("value", _("Value"), 14, AnswerKind.NUMBER),
        Field("numerator", _("Numerator"), 14, AnswerKind.NUMBER),
        Field("denominator", _("Denominator"), 14, AnswerKind.NUMBER),
        Field("differs_because", _("Why the parts do not add up"), 34, AnswerKind.TEXT),
    ]


def _support(tree: UnitTree) -> list[Field]:
    units = {node.key: node.short_name for node in tree.nodes.values() if node.exists_on(tree.day)}
    return [
        *_head(),
        Field("text", _("Support needed"), 50, AnswerKind.TEXT),
        Field("owner_unit", _("From which unit"), 16, AnswerKind.CHOICE, units),
        _day("due_on", _("Needed by")),
    ]
