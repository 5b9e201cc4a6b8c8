"""What is typed when a project ends early: what hangs on it is listed and confirmed."""

from django.utils.translation import gettext_lazy as _

from fsesys.core import dependants
from fsesys.core import forms as core
from fsesys.core.hanging import HangingForm

from .. import living
from ..word import WordForm


class ConfirmForm(HangingForm):
    reason = core.text(_("Reason"))
    order = ("reason",)

    def listing(self, at):
        project = self.subject or self.case.project
        return dependants.of(project.subject_key, at, but=self.case and self.case.pk)


class EndForm(ConfirmForm, WordForm):
    order = (*WordForm.WORD, "reason")


FORMS = {
    "end_project": EndForm, "confirm_end": ConfirmForm, "keep_project": core.ReasonForm,
    "ask_for_decision": core.VerbForm, **living.FORMS,
}  # fmt: skip
