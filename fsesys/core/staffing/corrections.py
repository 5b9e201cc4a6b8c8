"""What can be corrected on a staff record: how the person is called, and their mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..misspelt import of_person

RESTS = ("open_account",)  # every role since was given to that name: always two people

CORRECTABLE = (
    of_person("name", _("Name"), lambda: forms.CharField(max_length=200), rests=RESTS,
              also=lambda case, value: {"subject_label": value}),
    of_person("mail", _("Mail"), forms.EmailField, rests=RESTS),
)  # fmt: skip
