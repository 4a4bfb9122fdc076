"""What lets others check the record: the chain of approvals, samples for auditors, what nobody read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from suivi.core.models import Account
from suivi.monitoring.models.updates import ProgressUpdate
from suivi.plan.models import Plan


class ChainLink(models.Model):
    """One link of a plan's chain: the digest of what was approved, agreed or withdrawn, and the link before.

    `hash` is SHA-256 over the number, `previous` and `digest`. No state depends on the order of the links.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="chain")
    number = models.PositiveIntegerField()  # from 1
    kind = models.CharField(max_length=20)  # update, agreed_status, withdrawal
    object_pk = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("link of the chain")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="chain_number_is_unique"),
            models.UniqueConstraint(fields=["kind", "object_pk"], name="chained_once"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.number}"


class Sample(models.Model):
    """A random stratified sample of approved updates, which anyone can draw again with its seed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="samples")
    seed = models.CharField(_("seed"), max_length=80)
    size = models.PositiveIntegerField(_("size"))
    # The day up to which approvals were in the urn.
    as_of = models.DateField()
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("sample")
        ordering = ["-drawn_at"]

    def __str__(self) -> str:
        return self.seed


class SampledUpdate(models.Model):
    """An update in a sample, with the auditor's answers. Unknown stays unknown."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="sampled")
    update_row = models.ForeignKey(ProgressUpdate, on_delete=models.PROTECT, related_name="sampled_in")
    position = models.PositiveIntegerField()
    stratum = models.CharField(max_length=200)
    is_relevant = models.BooleanField(_("relevant"), null=True, blank=True)
    is_sufficient = models.BooleanField(_("sufficient"), null=True, blank=True)
    is_accurate = models.BooleanField(_("accurate"), null=True, blank=True)
    is_timely = models.BooleanField(_("timely"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("update in a sample")
        ordering = ["sample", "position"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "update_row"], name="sampled_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sample} {self.position}"


class PartRead(models.Model):
    """That a part of an update was read by somebody other than its writers; never by whom."""

    update_row = models.ForeignKey(ProgressUpdate, on_delete=models.CASCADE, related_name="parts_read")
    part = models.CharField(max_length=20)  # narrative, difficulties, evidence, facts

    class Meta:
        verbose_name = _("part that was read")
        constraints = [models.UniqueConstraint(fields=["update_row", "part"], name="part_read_once")]

    def __str__(self) -> str:
        return f"{self.update_row}: {self.part}"
