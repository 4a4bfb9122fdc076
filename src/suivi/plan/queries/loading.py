"""What loading a document would do, said before it is done; `load_plan` does just that."""

from dataclasses import dataclass, field
from enum import StrEnum

from suivi.documents.carrying import carry_over, is_only_about_the_head, with_head_of
from suivi.documents.comparison import Difference, compare, likeness
from suivi.documents.fingerprint import digest_of_plan
from suivi.documents.model import PlanDocument
from suivi.plan.models import Edition, Plan
from suivi.plan.queries.documents import document_of
from suivi.values.errors import InputRefused
from suivi.values.folding import fold
from suivi.values.messages import gettext_noop

# A later state of a plan keeps most of its deliverables; what shares less than this is another plan.
HARDLY_ANY = 0.2


class LoadOutcome(StrEnum):
    CREATED = "created"  # a plan that was not here, with its first edition
    AMENDED = "amended"  # a new edition of a plan that was here
    # Only what no body adopts was written into the edition in place: translations, short titles, the titles
    # of links, the head of the document and the marks of its notes.
    TRANSLATED = "translated"
    UNCHANGED = "unchanged"  # the same plan once more: nothing was written


@dataclass(frozen=True)
class Prospect:
    """What would be written. `document` is what was given, with what the last edition lends it.

    `last` is the edition it is compared with, `repeats` an earlier one that says the same.
    """

    outcome: LoadOutcome
    slug: str
    document: PlanDocument
    last: Edition | None = None
    differences: list[Difference] = field(default_factory=list)
    repeats: Edition | None = None

    @property
    def adopted_count(self) -> int:
        return sum(one.is_adopted for one in self.differences)


def prospect_of(document: PlanDocument, slug: str = "") -> Prospect:
    """What loading this document as the plan `slug` would do."""
    slug = slug or document.slug or default_slug(document)
    plan = Plan.objects.filter(slug=slug).first()
    last = plan.editions.select_related("plan", "decision").order_by("-number").first() if plan else None
    if plan is None or last is None:
        return Prospect(LoadOutcome.CREATED, slug, document)
    in_place = document_of(last)
    filled = carry_over(document, in_place)
    found = compare(in_place, filled)
    if not is_only_about_the_head(found):
        repeats = plan.editions.filter(digest=digest_of_plan(filled)).exclude(pk=last.pk).first()
        return Prospect(LoadOutcome.AMENDED, slug, filled, last, found, repeats)
    filled = with_head_of(filled, in_place)
    found = compare(in_place, filled)
    outcome = LoadOutcome.TRANSLATED if found else LoadOutcome.UNCHANGED
    return Prospect(outcome, slug, filled, last, found)


def default_slug(document: PlanDocument) -> str:
    """A slug for a document that names none: that of the only plan there is, else of its symbol or title.

    Raises InputRefused where nothing gives one.
    """
    slugs = list(Plan.objects.values_list("slug", flat=True)[:2])
    own = proposed_slug(document)
    if len(slugs) == 1 and own != slugs[0]:
        _refuse_another_plan(document, slugs[0])
        return slugs[0]
    if not own:
        raise InputRefused(
            gettext_noop("The plan has no slug."),
            hint=gettext_noop('Add a line such as "plan: my-plan", or name it with --plan.'),
        )
    return own


def _refuse_another_plan(document: PlanDocument, slug: str) -> None:
    """A file that names no plan is not taken for a plan with which it has next to nothing in common."""
    last = Edition.objects.select_related("plan").filter(plan__slug=slug).order_by("-number").first()
    if last is not None and likeness(document, document_of(last)) < HARDLY_ANY:
        raise InputRefused(
            gettext_noop("The file names no plan, and shares hardly a deliverable with %(slug)s."),
            {"slug": slug},
            gettext_noop("Name it: --plan NAME for another plan, --plan %(slug)s to amend that one."),
        )


def proposed_slug(document: PlanDocument) -> str:
    """A slug made of the symbol of a document, else of its title; empty where it has neither."""
    return slug_from(document.header.symbol or str(document.header.title or ""))


def slug_from(words: str) -> str:
    """Words as a slug of at most 80 letters, digits and dashes."""
    plain = "".join(c if c.isascii() and c.isalnum() else " " for c in fold(words))
    return "-".join(plain.split())[:80].strip("-")
