"""The word of a project's owner: who gave it, in which role, when, by which channel and paper."""

from django import forms
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, issuing, uploads, written
from fsesys.core import forms as core
from fsesys.core.correcting import Correctable, column
from fsesys.core.documents import CHANNELS
from fsesys.core.people import Person
from fsesys.core.wording import day
from institutions.records import RoleHolding

from . import owning, people

SPEAKERS = ("responsible", "substitute", "administrator", "contact_with_powers", "signatory")


class WordColumns(models.Model):
    """Mixin of a case that rests on the owner's word, before OfProjectCase."""

    said_by = models.ForeignKey(
        "core.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("who said so")
    )
    said_on = models.DateField(_("said on"), null=True, blank=True)

    class Meta:
        abstract = True


class WordForm(core.ReasonLetterForm):
    """What is typed about the owner's word."""

    said_by = forms.ModelChoiceField(label=_("Who said so"), queryset=Person.objects.none())
    said_on = core.DayField(label=_("Said on"))
    channel = forms.ChoiceField(label=_("Channel"), choices=list(CHANNELS.items()))
    upload = core.UploadField(label=_("The owner's letter"), endings=tuple(uploads.TYPES))
    WORD = ("said_by", "said_on", "channel", "upload")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        owner = owning.owner(self.subject, clock.now())
        self.fields["said_by"].queryset = people.ever(owner, SPEAKERS)
        self.fields["said_on"].initial = clock.today()


def spoke(institution, at) -> tuple:
    """(person, first day, last day or None) of everybody who could speak for the owner."""

    if institution is None:
        return ()
    rows = clock.read_once(("spoke", institution), lambda: written.records(_spoke, at=institution))
    return tuple(
        (row.person_id, clock.day_of(row.from_at), row.to_at and clock.last_day(row.to_at))
        for row in rows
    )


def _spoke(at):
    return RoleHolding.objects.known().filter(institution=at, role__in=SPEAKERS)


def word_given(facts, typed):
    """Rule: the word comes from somebody who could speak for the owner on that day."""
    if typed is None:
        return
    person, on = typed["said_by"], typed["said_on"]
    if on > facts.today:
        yield _now("The owner can not have said so after today.")
    elif not any(p == person and a <= on and (b is None or on <= b) for p, a, b in facts.spoke):
        yield _now("Only somebody who could speak for the owner on %(day)s gives its word: its"
                   " responsible person, a substitute, administrator, signatory or contact person"
                   " with powers.") % {"day": day(on)}  # fmt: skip


def said_on(rests, facts) -> Correctable:
    """For Process.correctable: the day of the word. rests: verbs. facts(case, at): of the process."""

    def check(case, value):
        typed = {"said_by": case.said_by_id, "said_on": value}
        yield from word_given(facts(case, clock.now()), typed)

    return column("said_on", _("Said on"), core.DayField, rests, check=check,
                  here=lambda case: case.said_on is not None)  # fmt: skip


def file_word(event, upload, channel):
    """Keep the paper on the case."""
    case = event.case
    return issuing.file_in(
        event, upload, kind="letter", title=_now("The owner's word"), channel=channel,
        sender=case.said_by.name, received_on=case.said_on,
    )  # fmt: skip
