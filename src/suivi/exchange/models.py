from django.db import models
from django.utils.translation import gettext_lazy as _

from suivi.core.models import Account, StoredFile
from suivi.monitoring.models import Round
from suivi.organisation.models import Unit
from suivi.plan.models import Edition, Plan


class ImportDraft(models.Model):
    """A document that was read and is looked at, corrected row by row, and loaded or left."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="import_drafts")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("file"), max_length=255)
    read_at = models.DateTimeField()
    original = models.TextField()  # the reading as plan.yaml, as it came out of the document
    plan_file = models.TextField()  # the same with the corrections made since
    corrections = models.PositiveIntegerField(default=0)  # points in which the two differ
    findings = models.JSONField(default=list, blank=True)  # of the reading, see `documents.child`
    settled = models.JSONField(default=list, blank=True)  # positions of the findings that were dealt with
    lines = models.JSONField(default=list, blank=True)  # every line of the source with what became of it
    sources = models.JSONField(default=dict, blank=True)  # row -> field -> where it comes from, how sure
    renamed = models.JSONField(default=dict, blank=True)  # row as it is called now -> as it was read
    loaded_as = models.ForeignKey(
        Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="import_drafts"
    )

    class Meta:
        verbose_name = _("import")
        ordering = ["-read_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name


class WorkbookReading(models.Model):
    """A workbook of a round that came back and is looked at, agreed to or left. Without an account it came
    by the command line.

    What it would do is computed from the file and the record each time it is looked at.
    """

    account = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.CASCADE, related_name="workbook_readings"
    )
    form_key = models.CharField(max_length=36, db_index=True)  # of the workbook, the same in all its copies
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="workbook_readings")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="workbook_readings")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("file"), max_length=255)
    read_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    # What was done: rows that were written, updates sent and left as drafts, rows set aside.
    outcome = models.JSONField(default=dict, blank=True)
    # What was written: row to field to answer, so that the same copy read again is compared with it.
    taken = models.JSONField(default=dict, blank=True)
    set_aside = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("workbook")
        ordering = ["-read_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name


class TrackerImport(models.Model):
    """A tracker of an organisation whose columns are matched, so that its history comes in.

    `columns` says what each column holds: its letters to "deliverable", "narrative 2022-06-30" and so on.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tracker_imports")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="tracker_imports")
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="tracker_imports"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("file"), max_length=255)
    read_at = models.DateTimeField()
    sheet = models.CharField(_("sheet"), max_length=31, blank=True)
    head_row = models.PositiveIntegerField(_("row with the headings"), default=1)
    columns = models.JSONField(default=dict, blank=True)
    imported_at = models.DateTimeField(null=True, blank=True)
    outcome = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("tracker")
        ordering = ["-read_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name
