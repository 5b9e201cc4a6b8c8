"""Questions of a case, numbered, with due date, answered one by one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from . import guards


class Question(models.Model):
    """Asked once; closed once, by an answer or by going on without it (with a reason)."""

    case = models.ForeignKey("core.Case", models.PROTECT, related_name="questions")
    number = models.PositiveIntegerField()
    outward = models.BooleanField(default=True)
    about = models.CharField(_("about"), max_length=120, blank=True)
    text = models.TextField(_("question"))
    due_on = models.DateField(_("answer by"))
    asked_event = models.ForeignKey("core.ProcessEvent", models.PROTECT, related_name="asked")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    answer = models.TextField(_("answer"), null=True, blank=True)  # noqa: DJ001 - null says open
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    closed_event = models.ForeignKey(
        "core.ProcessEvent", models.PROTECT, null=True, related_name="answered"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="question_number_once"),
        ]
        triggers = [
            guards.write_once("answer", "answered_on", "closed_event_id", name="answered_once"),
            guards.no_delete(),
        ]

    def __str__(self):
        return f"{self.number}. {self.text[:60]}"

    @property
    def is_open(self):
        return self.closed_event_id is None
