"""What is typed about staff: accounts, roles, stand-ins, handing over."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from .. import clock, living, roles
from .. import forms as core
from ..people import Person
from ..roles import RoleMembership
from . import selectors


class OpenForm(core.VerbForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    mail = forms.EmailField(label=_("Mail"))
    username = forms.SlugField(label=_("User name"), max_length=80)
    language = forms.ChoiceField(label=_("Language"), choices=[("da", "Dansk"), ("en", "English")])
    password = forms.CharField(
        label=_("First password"), max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean_password(self):
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]


class Span(core.VerbForm):
    from_on = core.DayField(label=_("First day"))
    to_on = core.DayField(label=_("Last day"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["from_on"].initial = clock.today()


class GiveRoleForm(Span, core.ReasonForm):
    role = forms.ChoiceField(label=_("Role"), choices=list(roles.LABELS.items()))
    field_order = ("role", "from_on", "to_on", "reason")


class EndRoleForm(core.ReasonForm):
    role = forms.ChoiceField(label=_("Role"), choices=list(roles.LABELS.items()))
    field_order = ("role", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = selectors.facts(self.case, clock.now()).known_roles
        if not self.is_bound:
            self.fields["role"].choices = [(r, w) for r, w in roles.LABELS.items() if r in known]


def _colleagues():
    return Person.objects.filter(account__ended_at=None, account__isnull=False).order_by("name")


class StandInForm(Span, core.ReasonForm):
    stand_in = forms.ModelChoiceField(label=_("Stand-in"), queryset=Person.objects.none())
    field_order = ("stand_in", "from_on", "to_on", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = _colleagues().exclude(pk__in=roles.holders(roles.ADMINISTRATOR))
        self.fields["stand_in"].queryset = others


class HandOverForm(core.ReasonForm):
    """The cases of one role at a time: only somebody who holds it can have them."""

    to = forms.ModelChoiceField(label=_("To"), queryset=Person.objects.none())
    cases = forms.ChoiceField(
        label=_("Confirm"), widget=forms.RadioSelect, error_messages={
            "invalid_choice": _("The list of cases changed. Look at it again and confirm.")},
    )  # fmt: skip
    field_order = ("to", "cases", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cases = selectors.open_cases(self.case.person_id)
        rows = RoleMembership.objects.at(clock.now()).filter(role__in=list(cases))
        people = Person.objects.filter(pk__in=rows.values("person")).exclude(pk=self.case.person_id)
        self.fields["to"].queryset = people.order_by("name")
        words = _("%(role)s: %(count)d cases get the other person as responsible: %(numbers)s")
        self.fields["cases"].choices = [
            (f"{role}:{len(numbers)}", words % {"role": roles.label(role), "count": len(numbers),
                                                "numbers": ", ".join(numbers)})
            for role, numbers in cases.items()
        ]  # fmt: skip

    def typed(self):
        given = super().typed()
        role, _colon, expected = given.pop("cases").partition(":")
        return given | {"role": role, "expected": int(expected)}


FORMS = {
    "open_account": OpenForm, "give_role": GiveRoleForm, "end_role": EndRoleForm,
    "name_stand_in": StandInForm, "end_stand_in": core.VerbForm, "hand_over": HandOverForm,
    "end_account": core.ReasonForm, **living.FORMS,
}  # fmt: skip
