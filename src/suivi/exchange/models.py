from django.db import models
from django.utils.translation import gettext_lazy as _

from suivi.core.models import Account, StoredFile
from suivi.plan.models import Edition


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
