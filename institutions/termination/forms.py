"""What is typed when an authorisation ends. Rules about the state stand in rules.py."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fsesys.core import clock, dependants, uploads
from fsesys.core import forms as core
from fsesys.core.documents import CHANNELS

from .. import living
from . import selectors


class EndForm(core.VerbForm):
    """The last day, and what hangs on the authorisation: listed as drawn, confirmed by a tick."""

    letter = True
    ends_on = core.DayField(
        label=_("Last day of the authorisation"), required=False,
        help_text=_("Day-month-year. Leave it empty to end the authorisation at this moment."),
    )  # fmt: skip
    listed = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20000)
    confirmed = forms.BooleanField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.hanging = dependants.of(self.subject.subject_key, clock.now())
        self.initial["listed"] = self._keys()
        count = len(self.hanging)
        self.fields["confirmed"].label = ngettext(
            "I confirm: %(count)d thing ends or gets a task, as listed",
            "I confirm: %(count)d things end or get a task, as listed", count,
        ) % {"count": count}  # fmt: skip
        self.order_fields([*self.order, "paragraph", "confirmed"])

    order = ("ends_on",)

    def _keys(self):
        return " ".join(row.key for row in self.hanging)

    def clean_listed(self):
        return self.cleaned_data["listed"].split()

    def relist(self):
        """Shown again after the list changed: the new list, and the tick to be given anew."""
        if self.is_bound and self.data.get("listed") != self._keys():
            self.data = self.data.copy()
            self.data["listed"] = self._keys()
            self.data.pop("confirmed", None)


class TerminateForm(EndForm):
    reason = core.text(_("Reason"))
    order = ("ends_on", "reason")


class WishForm(EndForm):
    wished_by = forms.ModelChoiceField(label=_("Who asked for it"), queryset=None)
    received_on = core.DayField(label=_("Letter received on"))
    channel = forms.ChoiceField(label=_("Channel"), choices=list(CHANNELS.items()))
    upload = core.UploadField(label=_("The institution's letter"), endings=tuple(uploads.TYPES))
    reason = core.text(_("Remark"), rows=3, required=False)
    order = ("wished_by", "received_on", "channel", "upload", "ends_on", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = selectors.speakers(self.subject, clock.now())
        people = rows.model.person.field.related_model.objects
        field = self.fields["wished_by"]
        field.queryset = people.filter(pk__in=rows.values("person")).order_by("name")


FORMS = {"terminate": TerminateForm, "terminate_on_wish": WishForm, **living.FORMS}
