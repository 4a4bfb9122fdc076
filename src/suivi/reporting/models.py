"""Papers: reports that are written, translated, frozen and issued. What they say of the plan is computed.

A paper has sections. What is written in a section is kept in versions that are never changed: the latest by a
day is the one that a report as of that day is made with. So a report of any day can be made again.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from suivi.core.fields import TextField
from suivi.core.models import Account, StoredFile
from suivi.monitoring.models import ProgressUpdate, Voice
from suivi.plan.models import Plan


class PaperPurpose(models.TextChoices):
    DECISION = "decision", _("for decision")
    DISCUSSION = "discussion", _("for discussion")
    INFORMATION = "information", _("for information")


class Revision(models.TextChoices):
    """How a paper follows one that was issued, by the marks of the governing body."""

    REVISED = "rev", _("revised version")
    ADDENDUM = "add", _("addendum")
    CORRIGENDUM = "corr", _("corrigendum")


class Paper(models.Model):
    """A paper for the governing body. `kind` is that of the report it makes.

    Without frozen days it follows the data. Frozen, it speaks up to one day as of another, with the original
    as it was written by `frozen_at`; translations of that come after. Issued, it has a symbol, and nothing of
    it is public before `release_at`.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="papers")
    key = models.SlugField(max_length=80)
    kind = models.SlugField(max_length=40)
    title = TextField(_("title"), blank=True)
    purpose = models.CharField(_("purpose"), max_length=12, choices=PaperPurpose)
    body = TextField(_("governing body"), blank=True)
    session = models.CharField(_("session"), max_length=80, blank=True)
    section = models.CharField(_("section of the agenda"), max_length=80, blank=True)
    session_opens_on = models.DateField(_("the session opens on"), null=True, blank=True)
    symbol = models.CharField(_("symbol"), max_length=60, blank=True)
    dated_on = models.DateField(_("date of the paper"), null=True, blank=True)
    original_language = models.CharField(max_length=10)
    # The first day of a report on what changed; null for the whole life of the plan.
    since = models.DateField(_("reports since"), null=True, blank=True)
    up_to = models.DateField(_("speaks of the time up to"), null=True, blank=True)
    as_of = models.DateField(_("as the record knew it on"), null=True, blank=True)
    # Step of the calendar to an ISO day, where it is another than the one counted back from the session.
    days = models.JSONField(default=dict, blank=True)
    revises = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="revisions"
    )
    revision = models.CharField(max_length=4, choices=Revision, blank=True)
    revision_number = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    release_at = models.DateTimeField(_("public from"), null=True, blank=True)

    class Meta:
        verbose_name = _("paper")
        ordering = ["plan", "created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="paper_key_once_per_plan"),
            models.CheckConstraint(
                name="frozen_paper_has_its_days",
                condition=Q(frozen_at__isnull=True, up_to__isnull=True, as_of__isnull=True)
                | Q(frozen_at__isnull=False, up_to__isnull=False, as_of__isnull=False),
            ),
            models.CheckConstraint(
                name="issued_paper_was_frozen_and_has_a_symbol",
                condition=Q(issued_at__isnull=True) | (Q(frozen_at__isnull=False) & ~Q(symbol="")),
                violation_error_message=_("A paper is frozen and has a symbol before it is issued."),
            ),
            models.CheckConstraint(
                name="revision_names_what_it_revises",
                condition=Q(revises__isnull=True, revision="")
                | (Q(revises__isnull=False, revision_number__gte=1) & ~Q(revision="")),
            ),
        ]

    def __str__(self) -> str:
        return self.symbol or self.key


class PaperSection(models.Model):
    """A part of a paper that is written, not computed: its place comes with the kind of report.

    `key` is that of the kind's outline ("introduction", "pillar:2"). Parts of the cover block are sections
    too.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=80)
    writer = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="sections_written"
    )
    write_by = models.DateField(_("to be written by"), null=True, blank=True)
    clearer = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="sections_cleared"
    )
    clear_by = models.DateField(_("to be cleared by"), null=True, blank=True)

    class Meta:
        verbose_name = _("section of a paper")
        ordering = ["paper", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "key"], name="section_once_per_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.paper}: {self.key}"


class Origin(models.TextChoices):
    """How a version came in."""

    PAGE = "page", _("written on the page")
    WORD = "docx", _("taken from a Word file")
    XLIFF = "xliff", _("taken from a translation file")
    DEMONSTRATION = "demonstration", _("demonstration")


class SectionVersion(models.Model):
    """What stood in a section in one language from a moment on: Markdown that quotes figures by name.

    A translation keeps the digest of the wording it was made from (`source_digest`, by `values.text`), so
    that it shows as stale. `figures` keeps, name to words, what the quoted figures said when it was cleared.
    """

    section = models.ForeignKey(PaperSection, on_delete=models.CASCADE, related_name="versions")
    language = models.CharField(max_length=10)
    text = models.TextField(blank=True)
    source_digest = models.CharField(max_length=16, blank=True)
    origin = models.CharField(max_length=14, choices=Origin, default=Origin.PAGE)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    figures = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("version of a section")
        ordering = ["section", "language", "written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="nobody_clears_their_own_section",
                condition=Q(cleared_by__isnull=True)
                | Q(written_by__isnull=True)
                | ~Q(cleared_by=F("written_by")),
                violation_error_message=_("Nobody clears what they wrote."),
            ),
        ]
        indexes = [
            models.Index(fields=["section", "language", "-written_at"], name="latest_of_section"),
        ]

    def __str__(self) -> str:
        return f"{self.section} ({self.language})"


class Example(models.Model):
    """An example of constituents or of a unit, chosen for a section from what was reported or said."""

    section = models.ForeignKey(PaperSection, on_delete=models.CASCADE, related_name="examples")
    position = models.PositiveIntegerField()
    update_row = models.ForeignKey(
        ProgressUpdate, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    voice = models.ForeignKey(Voice, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # An example that was taken out stays on record: reports of earlier days had it.
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("example in a paper")
        ordering = ["section", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="example_is_an_update_or_a_statement",
                condition=Q(update_row__isnull=False, voice__isnull=True)
                | Q(update_row__isnull=True, voice__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.update_row or self.voice)


class Issuing(models.Model):
    """Issuing a paper as it was asked for on a page: a worker makes the files and says how far it is.

    Ended without a refusal, the paper is issued or the worker died. `beat_at` and `claimed_at` are of the
    clock of the machine. `refusal` is a sentence with its hint and what fills them.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="issuings")
    symbol = models.CharField(max_length=60)
    dated_on = models.DateField()
    release_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField()
    files_made = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    refusal = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("issuing of a paper")
        ordering = ["paper", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper"], condition=Q(ended_at__isnull=True), name="paper_issued_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.symbol}"


class IssuedFile(models.Model):
    """A file of an issued paper, as it was given out. `digest` is that of its document."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="files")
    language = models.CharField(max_length=10)
    suffix = models.CharField(max_length=5)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("issued file")
        ordering = ["paper", "language", "suffix"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "language", "suffix"], name="issued_file_once"),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.language} {self.suffix}"
