"""What is typed when an authorisation ends. Rules about the state stand in rules.py."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, uploads
from fsesys.core import forms as core
from fsesys.core.documents import CHANNELS
from fsesys.core.hanging import HangingForm

from .. import living
from . import selectors


class EndForm(HangingForm):
    """The last day, and what hangs on the authorisation."""

    ends_on = core.DayField(
        label=_("Last day of the authorisation"), required=False,
        help_text=_("Day-month-year. Leave it empty to end the authorisation at this moment."),
    )  # fmt: skip
    order = ("ends_on",)


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
