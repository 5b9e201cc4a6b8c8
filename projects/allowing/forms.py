"""What is typed when an institution is allowed on a project."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock
from institutions.records import AuthorisationPeriod, Institution

from .. import living, owning
from ..records import AllowedInstitution
from ..word import WordForm


class AllowForm(WordForm):
    member = forms.ModelChoiceField(label=_("Institution"), queryset=Institution.objects.none())
    field_order = ["member", *WordForm.WORD, "reason", "paragraph"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Institution.objects.select_related("parent").order_by("name_da")
        self.fields["member"].queryset = rows.filter(pk__in=self.choices(clock.now()))

    def choices(self, at):
        owner = owning.owner(self.subject, at)
        rows = AuthorisationPeriod.objects.at(at).exclude(institution=owner)
        return rows.values("institution")


class DisallowForm(AllowForm):
    def choices(self, at):
        return AllowedInstitution.objects.at(at).filter(project=self.subject).values("institution")


FORMS = {"allow_institution": AllowForm, "disallow_institution": DisallowForm, **living.FORMS}
