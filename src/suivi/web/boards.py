"""What stands on the home page: three sentences with a number and a button each, for plans or for a unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString

from suivi.organisation.directory import units_held, with_those_below
from suivi.organisation.queries import UnitNode, UnitTree
from suivi.plan.queries.attention import Attention, attention_of_units
from suivi.web.attention_words import button, sentence
from suivi.web.plan_shelf import ShelvedPlan, attention_of_all, with_attention
from suivi.web.requests import Request

# In this order on the page; the first that is not empty gets the primary button.
_URGENCY = ("late", "gaps", "due")
_ORDER = ("due", "late", "gaps")
MOST_PLANS = 8


@dataclass(frozen=True)
class Sentence:
    """One number and where its button leads. `show` is due, late or gaps, as in the filters of the pages."""

    show: str
    count: int
    words: SafeString
    button: str
    address: str
    is_primary: bool


@dataclass(frozen=True)
class Board:
    """Three sentences: about `plans`, or about what `unit` and those below it owe."""

    sentences: list[Sentence]
    plans: Sequence[ShelvedPlan] = ()
    unit: UnitNode | None = None

    @property
    def busiest(self) -> list[ShelvedPlan]:
        """Where several plans stand behind the numbers: those with most to do, the late ones first."""
        several = [one for one in self.plans if one.attention] if len(self.plans) > 1 else []
        return sorted(several, key=_most_urgent_first)[:MOST_PLANS]


def boards_of(request: Request, shelf: Sequence[ShelvedPlan], tree: UnitTree) -> list[Board]:
    """The plans the reader manages, then the units the reader works for; else all plans the reader sees."""
    managed = [one for one in shelf if one.is_managed]
    units = units_held(request.authority, tree)
    boards = [_board_of_plans(with_attention(managed, request.day))] if managed else []
    groups = with_those_below(tree, units)
    found = attention_of_units(request.day, groups) if groups else {}
    boards += [
        _board_of_unit(unit, found[unit.pk], shelf, has_below=len(groups[unit.pk]) > 1) for unit in units
    ]
    if boards or not shelf:
        return boards
    return [_board_of_plans(with_attention(shelf, request.day))]


def _board_of_plans(shelf: Sequence[ShelvedPlan]) -> Board:
    page = shelf[0].management_address if len(shelf) == 1 else reverse("plans")
    addresses = {show: f"{page}?{urlencode({'show': show})}" for show in _ORDER}
    is_mine = any(one.is_managed for one in shelf)
    return Board(_sentences("plans", attention_of_all(shelf), addresses, is_mine=is_mine), plans=shelf)


def _board_of_unit(
    unit: UnitNode, attention: Attention, shelf: Sequence[ShelvedPlan], *, has_below: bool
) -> Board:
    page = reverse("unit", args=[unit.key]) + ("?below=1" if has_below else "")
    if len(shelf) == 1:
        gaps = f"{shelf[0].management_address}?{urlencode({'show': 'gaps', 'unit': unit.key})}"
    else:
        gaps = f"{reverse('plans')}?{urlencode({'show': 'gaps'})}"
    addresses = {"due": f"{page}#this_quarter", "late": f"{page}#late", "gaps": gaps}
    return Board(_sentences("unit", attention, addresses, is_mine=False), unit=unit)


def _sentences(
    subject: str, attention: Attention, addresses: Mapping[str, str], *, is_mine: bool
) -> list[Sentence]:
    counts = {"due": attention.due, "late": attention.late, "gaps": attention.gaps}
    first = next((show for show in _URGENCY if counts[show]), "")
    return [
        Sentence(
            show,
            counts[show],
            sentence(subject, show, counts[show]),
            button(show, is_mine_to_close=is_mine),
            addresses[show],
            show == first,
        )
        for show in _ORDER
    ]


def _most_urgent_first(one: ShelvedPlan) -> tuple[int, int, int, str]:
    attention = one.attention or Attention()
    return (-attention.late, -attention.gaps, -attention.due, one.plan.slug)
