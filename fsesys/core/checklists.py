"""Check-lists as versioned rows, and the answers of a case to one version."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import clock, guards


class Checklist(models.Model):
    """One version of a process's check-list. A version once written is never edited."""

    process = models.CharField(_("process"), max_length=40)
    version = models.PositiveIntegerField(_("version"))
    from_on = models.DateField(_("in force from"))
    author = models.CharField(_("written by"), max_length=200)
    summary = models.CharField(_("why"), max_length=300)

    class Meta:
        verbose_name = _("check-list")
        verbose_name_plural = _("check-lists")
        constraints = [
            models.UniqueConstraint(fields=["process", "version"], name="checklist_version_once")
        ]
        triggers = [guards.append_only()]

    def __str__(self):
        return f"{self.process} {self.version}"


class Line(models.Model):
    """One line of a version, in two languages. `applies_to` is empty (all) or 'private'."""

    position = models.PositiveIntegerField()
    slug = models.CharField(max_length=60)
    title_en = models.CharField(max_length=200)
    title_da = models.CharField(max_length=200)
    help_en = models.TextField(blank=True)
    help_da = models.TextField(blank=True)
    applies_to = models.CharField(max_length=20, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.title

    @property
    def title(self):
        return self.title_da if get_language() == "da" else self.title_en

    @property
    def help(self):
        return self.help_da if get_language() == "da" else self.help_en


class Criterion(Line):
    """One criterion of a version."""

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="criteria")
    must_be_met = models.BooleanField(default=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["checklist", "slug"], name="criterion_once")]
        triggers = [guards.append_only()]


class Enclosure(Line):
    """One thing that an applicant sends under a version, and in what form it is sent."""

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="enclosures")
    form_en = models.CharField(max_length=200)
    form_da = models.CharField(max_length=200)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["checklist", "slug"], name="enclosure_once")]
        triggers = [guards.append_only()]

    @property
    def form(self):
        return self.form_da if get_language() == "da" else self.form_en


class CriterionAnswer(models.Model):
    """How a case answers a criterion at one recommendation; a new one gets new rows."""

    ANSWERS = {
        "met": _("met"),
        "not-met": _("not met"),
        "exempted": _("exempted, with reason"),
    }
    case = models.ForeignKey("core.Case", models.PROTECT, related_name="criterion_answers")
    event = models.ForeignKey("core.ProcessEvent", models.PROTECT, related_name="+")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=list(ANSWERS.items()))
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "criterion"], name="criterion_answered_once")
        ]
        triggers = [guards.append_only()]

    def __str__(self):
        return f"{self.criterion}: {self.answer}"


def versions(process: str, on):
    """The versions of the check-list that have come into force by the day, the newest first."""
    rows = Checklist.objects.filter(process=process, from_on__lte=on)
    return rows.order_by("-from_on", "-version")


def criteria_in_force(process: str, on) -> list:
    """The criteria, in their order, of the check-list in force on the day; each has its version."""
    newest = versions(process, on).values("pk")[:1]
    rows = Criterion.objects.filter(checklist=models.Subquery(newest)).select_related("checklist")
    return clock.kept(("criteria", process, on), lambda: list(rows))
