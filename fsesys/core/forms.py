"""What every verb's form has: the one-time key, the revision seen, uploads and days.

A process's forms.py says what staff must type; no rule about state stands in a form.
"""

import datetime as dt
import uuid

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from . import cpr, roles, uploads
from .documents import CHANNELS, DIRECTIONS, KINDS, LANGUAGES
from .names import visible
from .people import Person
from .wording import day


class DayField(forms.DateField):
    """A day as Danes write it, or ISO; years 1900 to 2200."""

    default_error_messages = {
        "invalid": _("Write the date as day-month-year, and a day that exists: 24-12-2026."),
        "years": _("The year lies between 1900 and 2200."),
    }  # fmt: skip

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", _("Day-month-year, for example 24-12-2026"))
        formats = ["%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d"]
        super().__init__(
            input_formats=formats,
            widget=forms.DateInput(format="%d-%m-%Y", attrs={"autocomplete": "off"}),
            **kwargs,
        )

    def clean(self, value):
        day = super().clean(value)
        if day and not 1900 <= day.year <= 2200:
            raise forms.ValidationError(self.error_messages["years"], code="years")
        return day


class UploadField(forms.FileField):
    """A file, read and refused in words; cleans to (name, media type, bytes)."""

    def __init__(self, *, endings=("pdf",), **kwargs):
        self.endings = endings
        types = ", ".join(endings)
        kwargs.setdefault("help_text", format_lazy("{} {}", _("File types:"), types))
        super().__init__(allow_empty_file=True, **kwargs)
        self.widget.attrs["accept"] = ",".join(f".{ending}" for ending in endings)

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        return uploads.read(upload, self.endings) if upload else None


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class UploadsField(UploadField):
    """Several files at once."""

    widget = ManyFiles

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(UploadsField, self).clean(one, initial) for one in files]


def seen_by_people(data):
    """What was typed, without characters that nobody sees. data: QueryDict, dict or None."""
    if not data:
        return data
    data = data.copy()
    for name in list(data):
        if hasattr(data, "setlist"):
            data.setlist(name, [_seen(value) for value in data.getlist(name)])
        else:
            data[name] = _seen(data[name])
    return data


def _seen(value):
    return visible(value) if isinstance(value, str) else value


class NoCpr:
    """Mixin of every form in which a person types text: no CPR number is kept in any of it, and
    nothing that is not seen."""

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(seen_by_people(data), *args, **kwargs)

    def clean(self):
        data = super().clean()
        for field in self.visible_fields():
            for sentence in cpr.sentences(self.cleaned_data.get(field.name)):
                self.add_error(field.name, sentence)
        return data


class VerbForm(NoCpr, forms.Form):
    """Base of every verb's form. `typed()` is handed to the action."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    letter = False

    def __init__(self, *args, case=None, by=None, query=None, subject=None, **kwargs):
        self.case, self.by, self.subject = case, by, subject
        initial = {"key": uuid.uuid4(), "seen": case.revision if case else 0}
        kwargs["initial"] = initial | kwargs.get("initial", {}) | (query or {})
        super().__init__(*args, **kwargs)
        if self.letter:
            self.fields["paragraph"] = forms.CharField(
                label=_("A paragraph of your own in the letter"), required=False,
                max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
            )  # fmt: skip

    def relist(self):
        """Before the form is shown again: what it lists may have changed meanwhile."""

    def typed(self) -> dict:
        return {k: v for k, v in self.cleaned_data.items() if k not in ("key", "seen")}


def shown(form) -> list:
    """What was typed into a bound form, in words: {label, value} of each field that says something."""
    form.is_valid()
    rows = []
    for field in form.visible_fields():
        value = form.cleaned_data.get(field.name)
        choices = getattr(field.field, "choices", None)
        if isinstance(value, dt.date):
            value = day(value)
        elif choices and not isinstance(field.field, forms.ModelChoiceField):
            words = {str(key): str(label) for key, label in choices}
            many = value if isinstance(value, list) else [value]
            value = ", ".join(words.get(str(one), str(one)) for one in many)
        if value not in (None, "", []) and not isinstance(field.field, forms.FileField):
            rows.append({"label": field.label, "value": str(value)})
    return rows


def text(label, rows=5, max_length=20000, **kwargs):
    """A text over several lines."""
    return forms.CharField(
        label=label, max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
    )


def at_field(read, value):
    """`read(value)`; its ValueError is shown at the field that is being cleaned."""
    try:
        return read(value)
    except ValueError as wrong:
        raise forms.ValidationError(str(wrong)) from wrong


class ReasonForm(VerbForm):
    reason = text(_("Reason"))


class OptionalReasonForm(VerbForm):
    reason = text(_("Reason"), rows=3, required=False)


class LetterForm(VerbForm):
    letter = True


class ReasonLetterForm(ReasonForm):
    letter = True


class NoteForm(VerbForm):
    reason = text(_("Note"))


class AssignForm(VerbForm):
    """To whom the case goes: somebody with the role that keeps cases of its process."""

    responsible = forms.ModelChoiceField(label=_("Responsible"), queryset=Person.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = roles.holders(self.case.machine.keeper)


class CaseFileForm(VerbForm):
    notes = forms.TypedChoiceField(
        label=_("Internal notes"), coerce=lambda value: value == "with",
        choices=[("without", _("without: to hand out")), ("with", _("with: for ourselves"))],
        widget=forms.RadioSelect, initial="without",
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    reason = text(_("For whom and why"), rows=2)


class DocumentForm(VerbForm):
    upload = UploadField(label=_("File"), endings=tuple(uploads.TYPES))
    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KINDS.items()))
    direction = forms.ChoiceField(label=_("Direction"), choices=list(DIRECTIONS.items()))
    sender = forms.CharField(label=_("From"), max_length=200, required=False)
    received_on = DayField(label=_("Received on"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=list(CHANNELS.items()))
