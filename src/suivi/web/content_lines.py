"""What an update says as lines of words, beside what was said before: for reading, reviewing, comparing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from suivi.monitoring.models import Assessment, ItemStage
from suivi.monitoring.rules.content import ItemSaid, StepSaid, UpdateContent, ValueSaid, category_key
from suivi.organisation.models import StakeholderKind
from suivi.organisation.queries import UnitTree
from suivi.values.wording_diff import Fate, Piece, diff_words
from suivi.web.days import short_day
from suivi.web.sheet_asked import SheetAsked, shown


@dataclass(frozen=True)
class Line:
    """One field in words. `is_long` is Markdown of the unit, of which differences are marked word by word."""

    label: str
    before: str
    now: str
    is_long: bool = False
    before_lang: str = ""
    now_lang: str = ""

    @property
    def is_changed(self) -> bool:
        return self.before != self.now

    @cached_property
    def pieces(self) -> list[Piece]:
        """What was removed, kept and added, where enough was kept for the marks to be read; else nothing."""
        if not (self.is_long and self.is_changed and self.before and self.now):
            return []
        pieces = diff_words(self.before, self.now)
        kept = sum(len(piece.words) for piece in pieces if piece.fate is Fate.KEPT)
        return pieces if kept * 2 >= min(len(self.before), len(self.now)) else []


@dataclass(frozen=True)
class Group:
    """The lines of one subject, such as an item."""

    title: str
    lines: Sequence[Line]
    is_new: bool = False

    @property
    def is_changed(self) -> bool:
        return any(line.is_changed for line in self.lines)


@dataclass(frozen=True)
class Lines:
    """Makes groups of lines from what was said before (None: nothing) and now.

    `is_whole`: what is not told now was taken out, as between two drafts; else facts that are not told now
    stay as they were, and only those that are told are shown.
    """

    sheet: SheetAsked
    tree: UnitTree
    is_whole: bool = False

    def groups(self, before: UpdateContent | None, now: UpdateContent) -> list[Group]:
        """All that is to be compared, facts first."""
        then = before or UpdateContent(now.reported_on, now.language)
        found = [*self._items(then.items, now.items), *self._facts(then, now)]
        found.append(Group("", list(self._words(then, now))))
        return [group for group in found if group.lines]

    def _items(self, before: Iterable[ItemSaid], now: Iterable[ItemSaid]) -> Iterator[Group]:
        known, told = {item.key: item for item in before}, {item.key: item for item in now}
        keys = dict.fromkeys([*known, *told]) if self.is_whole else told
        for key in keys:
            old, new = known.get(key), told.get(key)
            was, said = self.item_words(old) if old else {}, self.item_words(new) if new else {}
            lines = [line for line in _lines(was, said) if line.before or line.now]
            yield Group((new or old or ItemSaid()).name, lines, is_new=old is None)

    def item_words(self, item: ItemSaid) -> dict[str, str]:
        """The fields of an item by their labels."""
        regions = [self._unit(key) for key in item.regions]
        groups = [str(StakeholderKind(one).label) if one in StakeholderKind else one for one in item.groups]
        met = {one.key: shown(one.name) for one in self.sheet.criteria}
        words = {
            _("Stage"): str(ItemStage(item.stage).label) if item.stage in ItemStage else item.stage,
            _("Since"): _day(item.happened_on),
            _("Conclusion expected on"): _day(item.expected_on),
            _("Partners"): ", ".join(item.partners),
            _("Countries"): ", ".join(item.countries),
            _("Regions"): ", ".join(regions),
            _("Constituents"): ", ".join(groups),
        }
        for key, is_met in item.criteria.items():
            words[met.get(key, key)] = _("yes") if is_met else _("no")
        return words

    def _facts(self, before: UpdateContent, now: UpdateContent) -> Iterator[Group]:
        yield Group(_("Steps reached"), self._told(self._steps(before), self._steps(now)))
        yield Group(_("Value"), self._told(self._values(before.values), self._values(now.values)))
        was, is_kept = _kept(before.is_commitment_kept), _kept(now.is_commitment_kept)
        if was or is_kept:
            yield Group("", [Line(_("The commitment is kept"), was, is_kept)])

    def _steps(self, content: UpdateContent) -> dict[str, str]:
        days = {(step.part, step.rung): step.happened_on for step in content.steps}
        found = {}
        for part in [("", ""), *((part.key, shown(part.name)) for part in self.sheet.parts)]:
            for rung in self.sheet.rungs:
                day = days.get((part[0], rung.key))
                if day is not None:
                    found[": ".join(filter(None, (part[1], shown(rung.name))))] = _day(day)
        return found

    def _told(self, before: Mapping[str, str], now: Mapping[str, str]) -> list[Line]:
        return [line for line in _lines(before, now) if line.now or self.is_whole]

    def _values(self, values: Iterable[ValueSaid]) -> dict[str, str]:
        """The values of the last day of each category, with the day."""
        ordered = sorted(values, key=lambda one: one.happened_on or date.min)
        return {
            self.category_words(one.category) or _("Total"): " · ".join(
                filter(None, (value_words(one), _day(one.happened_on)))
            )
            for one in ordered
        }

    def category_words(self, category: Mapping[str, str]) -> str:
        """The names of a category of the disaggregation."""
        names = {
            f"{dimension.key}={one.key}": shown(one.name)
            for dimension in self.sheet.dimensions
            for one in dimension.values
        }
        return ", ".join(names.get(one, one) for one in category_key(category).split(",") if one)

    def _words(self, before: UpdateContent, now: UpdateContent) -> Iterator[Line]:
        fields: list[tuple[str, Callable[[UpdateContent], str], bool]] = [
            (_("What was done"), lambda one: one.narrative, True),
            (_("Difficulties and risks"), lambda one: one.difficulties, True),
            (_("Expected completion"), lambda one: _day(one.expected_on), False),
            (_("Own assessment"), _assessment, False),
            (_("Support needed"), self._support, False),
        ]
        if before.is_public or now.is_public:
            fields.append((_("May be shown to everybody"), _is_public, False))
        for label, words, is_long in fields:
            line = Line(label, words(before), words(now), is_long, before.language, now.language)
            if line.before or line.now:
                yield line

    def _support(self, content: UpdateContent) -> str:
        asked = [
            " · ".join(filter(None, (one.text, self._unit(one.owner_unit), _day(one.due_on))))
            for one in content.support
        ]
        return "\n".join(asked)

    def _unit(self, key: str) -> str:
        node = self.tree.by_key.get(key)
        return shown(node.name) if node else key


def with_all_facts(
    content: UpdateContent, items: Mapping[str, ItemSaid], steps: Mapping[tuple[str, str], date]
) -> UpdateContent:
    """What was said before, with all items and steps as approved updates told of them last."""
    reached = tuple(StepSaid(part, rung, day) for (part, rung), day in steps.items())
    return replace(content, items=tuple(items.values()), steps=reached)


def value_words(value: ValueSaid) -> str:
    """A value, or of a ratio both its sides; then why the parts do not add up."""
    if value.numerator is not None or value.denominator is not None:
        words = _("%(numerator)s of %(denominator)s") % {
            "numerator": _number(value.numerator),
            "denominator": _number(value.denominator),
        }
    else:
        words = _number(value.value)
    return f"{words} ({value.differs_because})" if value.differs_because else words


def _lines(before: Mapping[str, str], now: Mapping[str, str]) -> list[Line]:
    labels = dict.fromkeys([*before, *now])
    return [Line(label, before.get(label, ""), now.get(label, "")) for label in labels]


def _assessment(content: UpdateContent) -> str:
    label = str(Assessment(content.assessment).label) if content.assessment in Assessment else ""
    return ". ".join(filter(None, (label.capitalize(), content.assessment_reason)))


def _is_public(content: UpdateContent) -> str:
    return _("yes") if content.is_public else _("no")


def _kept(is_kept: bool | None) -> str:
    return "" if is_kept is None else _("yes") if is_kept else _("no")


def _day(day: date | None) -> str:
    return short_day(day) if day else ""


def _number(number: Decimal | None) -> str:
    return "–" if number is None else number_format(number, use_l10n=True, force_grouping=True)
