"""One adopted state of a plan: immutable rows of an edition, and the decision it rests on."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from suivi.core.fields import ScaledDecimalField, TextField
from suivi.core.models import Account, StoredFile
from suivi.frameworks.models import FrameworkEdition, FrameworkItem
from suivi.plan.models.identity import Action, Deliverable, Pillar, Plan


class Decision(models.Model):
    """What the governing body decided, and on which day."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="decisions")
    decided_on = models.DateField(_("decided on"))
    body = models.CharField(_("governing body"), max_length=200, blank=True)
    session = models.CharField(_("session"), max_length=80, blank=True)
    symbol = models.CharField(_("symbol"), max_length=80, blank=True)
    paragraph = models.CharField(_("paragraph"), max_length=40, blank=True)
    text = TextField(_("what was decided"), blank=True)

    class Meta:
        verbose_name = _("decision")
        ordering = ["decided_on"]

    def __str__(self) -> str:
        return " ".join(part for part in (self.symbol, self.decided_on.isoformat()) if part)


class Edition(models.Model):
    """An adopted state of a plan, in force from its decision on.

    Only translations and short titles are written into it later.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="edition")
    in_force_on = models.DateField(_("in force from"))
    title = TextField(_("title"), blank=True)
    # The head of the document as read: symbol, body, session, item, dated_on, author_unit, original_language.
    header = models.JSONField(default=dict, blank=True)
    labels = models.JSONField(default=dict, blank=True)  # level or "body" -> Text as JSON
    paragraphs = models.PositiveIntegerField(default=0)
    decision_paragraph = models.PositiveIntegerField(null=True, blank=True)
    footnotes = models.JSONField(default=list, blank=True)
    cited = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=64)  # of the adopted words, numbers, windows and links
    source_file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source_name = models.CharField(max_length=255, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("edition")
        ordering = ["plan", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="edition_number_is_unique")]

    def __str__(self) -> str:
        return f"{self.plan.slug} {self.number}"


class _PartOfEdition(models.Model):
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="%(class)ss")
    position = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=40)
    number_is_internal = models.BooleanField(default=False)
    place = models.JSONField(default=dict, blank=True)  # where it stood in the document
    footnotes = models.JSONField(default=list, blank=True)  # marks of the notes on it

    class Meta:
        abstract = True


class PillarEdition(_PartOfEdition):
    pillar = models.ForeignKey(Pillar, on_delete=models.PROTECT, related_name="in_editions")
    title = TextField(_("title"), blank=True)  # a flat table names no pillar

    class Meta:
        ordering = ["edition", "position"]
        constraints = [models.UniqueConstraint(fields=["edition", "pillar"], name="pillar_once_per_edition")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class ActionEdition(_PartOfEdition):
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="in_editions")
    pillar = models.ForeignKey(PillarEdition, on_delete=models.CASCADE, related_name="actions")
    title = TextField(_("short title"), blank=True)
    text = TextField(_("text"), blank=True)  # a flat table names no action

    class Meta:
        ordering = ["edition", "position"]
        constraints = [models.UniqueConstraint(fields=["edition", "action"], name="action_once_per_edition")]

    def __str__(self) -> str:
        return f"{self.number} {self.title or self.text}"


class DeliverableEdition(_PartOfEdition):
    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="in_editions")
    action = models.ForeignKey(ActionEdition, on_delete=models.CASCADE, related_name="deliverables")
    title = TextField(_("short title"), blank=True)
    text = TextField(_("text"))
    window = models.CharField(_("time frame"), max_length=80, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    target = ScaledDecimalField(_("target"), null=True, blank=True)
    target_unit = TextField(_("what is counted"), blank=True)
    lead_as_stated = models.CharField(max_length=300, blank=True)
    indicator_as_stated = models.TextField(blank=True)
    folded = models.TextField()  # number, title and text in all languages, without accents, for the search

    class Meta:
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "deliverable"], name="deliverable_once_per_edition"),
            models.CheckConstraint(
                name="window_ends_after_start",
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The time frame ends before it starts."),
            ),
        ]
        indexes = [
            models.Index(fields=["edition", "ends_on"], name="deliverable_by_end"),
            models.Index(fields=["edition", "position"], name="deliverable_by_position"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title or self.text}"


class Strand(models.Model):
    """A part named in the sentence of a deliverable, to be followed on its own."""

    deliverable = models.ForeignKey(DeliverableEdition, on_delete=models.CASCADE, related_name="strands")
    position = models.PositiveIntegerField()
    name = TextField(_("name"))

    class Meta:
        ordering = ["deliverable", "position"]

    def __str__(self) -> str:
        return str(self.name)


class LinkKind(models.TextChoices):
    OUTPUT = "output", _("output, outcome or indicator of a framework")
    SCOPE = "scope", _("a whole scope of a framework")
    DOCUMENT = "document", _("a strategy or another document")
    TEXT = "text", _("in words")


class Link(models.Model):
    """What an action or a deliverable says it serves, kept as the plan states it."""

    action = models.ForeignKey(
        ActionEdition, null=True, blank=True, on_delete=models.CASCADE, related_name="links"
    )
    deliverable = models.ForeignKey(
        DeliverableEdition, null=True, blank=True, on_delete=models.CASCADE, related_name="links"
    )
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=LinkKind)
    framework = models.ForeignKey(
        FrameworkEdition, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    item = models.ForeignKey(
        FrameworkItem, null=True, blank=True, on_delete=models.PROTECT, related_name="cited_by"
    )
    code = models.CharField(max_length=300)  # output code, scope words, document symbol or the words
    title = TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                name="link_stands_on_one_thing",
                condition=Q(action__isnull=False, deliverable__isnull=True)
                | Q(action__isnull=True, deliverable__isnull=False),
            ),
            models.CheckConstraint(
                name="link_to_output_names_its_edition",
                condition=~Q(kind="output") | Q(framework__isnull=False, item__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Succession(models.Model):
    """A deliverable that was split or merged into another one, by an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="successions")
    predecessor = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="successors")
    successor = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="predecessors")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "predecessor", "successor"], name="succession_once_per_edition"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
