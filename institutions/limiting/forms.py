"""What is typed when a right to enterprise data is limited."""

from django.utils.translation import gettext_lazy as _

from fsesys.core import forms as core
from fsesys.core.hanging import HangingForm

from .. import living
from . import selectors


class LimitForm(HangingForm):
    reason = core.text(_("Reason"))
    order = ("reason",)

    def listing(self, at):
        return selectors.listed(self.subject.pk, "limit_to_exemption", at)


class EndForm(LimitForm):
    def listing(self, at):
        return selectors.listed(self.subject.pk, "end_right", at)


FORMS = {"limit_to_exemption": LimitForm, "end_right": EndForm, **living.FORMS}
