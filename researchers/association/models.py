"""The case table of an association agreement. When it runs is said by the dated fact, not here."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.cases import Case
from fsesys.core.documents import CHANNELS
from fsesys.core.history import History
from institutions.records import Institution

from .. import kinds
from .machine import MACHINE

PERSON = {"to": "core.Person", "on_delete": models.PROTECT, "related_name": "+", "null": True}


class AssociationCase(Case):
    """One person at one institution: as what, who answers for them, who approved or refused, on whose
    word it ended."""

    machine = MACHINE
    related = ("institution__parent", "person__researcher", "answerable")

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="association_cases",
        verbose_name=_("institution"),
    )  # fmt: skip
    person = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="association_cases", verbose_name=_("person")
    )
    type = models.CharField(_("type"), max_length=20, choices=list(kinds.TYPES.items()))
    mail = models.EmailField(_("mail at the institution"))
    answerable = models.ForeignKey(
        "core.Person", models.PROTECT, null=True, related_name="answers_for",
        verbose_name=_("answerable employee"),
    )  # fmt: skip
    received_on = models.DateField(_("received on"))
    answered_by = models.ForeignKey(**PERSON, verbose_name=_("answered by"))
    answered_on = models.DateField(_("answered on"), null=True)
    answer_channel = models.CharField(
        _("channel of the answer"), max_length=20, blank=True, choices=list(CHANNELS.items())
    )
    ended_on = models.DateField(_("last day"), null=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)
    end_channel = models.CharField(
        _("channel of the end"), max_length=20, blank=True, choices=list(CHANNELS.items())
    )
    asked_by = models.ForeignKey(**PERSON, verbose_name=_("ended on the word of"))
    asked_on = models.DateField(_("said on"), null=True)
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("association agreement")
        verbose_name_plural = _("association agreements")
        constraints = [
            models.CheckConstraint(
                condition=Q(answerable=None) | Q(type__in=sorted(kinds.ANSWERED_FOR)),
                name="answered_for_guests_and_students",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None, answered_on=None)
                | Q(answered_by__isnull=False, answered_on__isnull=False),
                name="answer_has_its_day",
            ),
        ]
        triggers = [guards.no_delete()]
