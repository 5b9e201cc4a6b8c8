"""The pages of an import in the admin: the file, the preview of each row, the confirmation.

An admin of a register adds `ImportAdmin` and names its importer. Rules and writing stand in
importing.py.
"""

import csv
import io

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from openpyxl import Workbook

from . import clock, importing
from .cases import ImportUpload
from .forms import NoCpr, UploadField
from .listexport import XLSX
from .refusal import AlreadyDone, NotYours, Refused, Stale
from .unreadable import Unreadable
from .views import say_again

ENDINGS = ("csv", "xlsx")


class FileForm(forms.Form):
    upload = UploadField(label=_("File"), endings=ENDINGS)


class ConfirmForm(NoCpr, forms.Form):
    reason = forms.CharField(
        label=_("Where the register comes from"), max_length=300,
        help_text=_("It is shown on every imported record."),
    )  # fmt: skip
    valid_only = forms.BooleanField(
        label=_("Valid rows only: leave the wrong rows out"), required=False
    )
    sha256 = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)


class ImportAdmin:
    """Mixin of a ModelAdmin: `import/` below its list, for the roles of `importer`."""

    importer = None
    change_list_template = "admin/import_list.html"

    def get_urls(self):
        def at(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=self.import_name(name))

        return [
            at("import/", self.import_file, "import"),
            at("import/template.<slug:ending>", self.import_template, "import_template"),
            at("import/<uuid:key>/", self.import_preview, "import_preview"),
            *super().get_urls(),
        ]

    def import_name(self, name):
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def import_url(self, name, *args):
        return reverse(f"admin:{self.import_name(name)}", args=args)

    def changelist_view(self, request, extra_context=None):
        may = set(self.importer.roles) & self.held(request)
        extra = {"import_url": self.import_url("import") if may else ""}
        return super().changelist_view(request, extra | (extra_context or {}))

    def import_permitted(self, request):
        try:
            importing.permit(self.importer, request.user)
        except NotYours as no:
            raise PermissionDenied(str(no)) from no

    def import_file(self, request):
        self.import_permitted(request)
        if request.method != "POST":
            return self.import_ask(request, FileForm())
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.import_ask(request, form, 422)
        try:
            kept = importing.upload(self.importer, form.cleaned_data["upload"], by=request.user)
        except Unreadable as unreadable:
            form.add_error("upload", unreadable.sentence)
        except Refused as refused:
            form.add_error("upload", refused.refusals)
        else:
            return HttpResponseRedirect(self.import_url("import_preview", kept.key), status=303)
        return self.import_ask(request, form, 422)

    def import_ask(self, request, form, status=200):
        context = {
            "form": form, "columns": self.importer.columns, "most": self.importer.most,
            "templates": [(ending.upper(), self.import_url("import_template", ending))
                          for ending in ENDINGS],
        }  # fmt: skip
        return self.import_show(request, "admin/import_file.html", context, status)

    def import_show(self, request, template, context, status):
        frame = self.admin_site.each_context(request) | {
            "opts": self.opts, "title": f"{_now('Import')}: {self.importer.label}",
            "import_url": self.import_url("import"),
        }  # fmt: skip
        return TemplateResponse(request, template, frame | context, status=status)

    def import_template(self, request, ending):
        """An empty file with all headings, in the language of the account."""
        self.import_permitted(request)
        headings = [str(column.label) for column in self.importer.columns]
        if ending not in ENDINGS:
            raise Http404
        content, kind = (_as_csv if ending == "csv" else _as_xlsx)(headings)
        name = f'attachment; filename="{self.importer.slug}.{ending}"'
        return HttpResponse(content, content_type=kind, headers={"Content-Disposition": name})

    def import_preview(self, request, key):
        self.import_permitted(request)
        rows = ImportUpload.objects.select_related("file", "by")
        kept = rows.filter(key=key, kind=self.importer.slug).first()
        if kept is None:
            raise Http404
        if request.method == "POST":
            return self.import_bring(request, kept)
        if hasattr(kept, "batch"):
            say_again(request, kept.batch)
            return self.import_home()
        return self.import_look(request, kept)

    def import_home(self):
        return HttpResponseRedirect(self.import_url("changelist"), status=303)

    def import_bring(self, request, kept):
        form = ConfirmForm(request.POST)
        if not form.is_valid():
            return self.import_look(request, kept, form=form, status=422)
        try:
            batch = importing.bring(self.importer, kept.key, by=request.user, **form.cleaned_data)
        except AlreadyDone as done:
            say_again(request, done.event)
            return self.import_home()
        except NotYours as no:
            raise PermissionDenied(str(no)) from no
        except Stale as stale:
            return self.import_look(request, kept, stale.refusals, status=409)
        except Refused as refused:
            return self.import_look(request, kept, refused.refusals, form, 409)
        messages.success(request, ngettext(
            "One row was imported (import %(number)d).",
            "%(count)d rows were imported (import %(number)d).", batch.rows)
            % {"count": batch.rows, "number": batch.pk})  # fmt: skip
        return self.import_home()

    def import_look(self, request, kept, refusals=(), form=None, status=200):
        """The preview; a form that was refused keeps what was typed."""
        try:
            checked = importing.again(self.importer, kept, request.user, clock.now())
        except Unreadable as unreadable:
            raise Http404 from unreadable
        shown = {"sha256": kept.file.sha256, "seen": checked.seen}
        form = form or ConfirmForm(initial=shown)
        if not checked.bad:
            del form.fields["valid_only"]
        say = self.importer
        context = {
            "kept": kept, "form": form, "refusals": refusals, "good": len(checked.good),
            "bad": [{"number": row.number, "title": say.title(row), "problems": row.problems}
                    for row in checked.bad],
            "rows": [{"number": row.number, "title": say.title(row), "words": say.words(row)}
                     for row in checked.good],
        }  # fmt: skip
        return self.import_show(request, "admin/import_preview.html", context, status)


def _as_csv(headings):
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow(headings)
    return out.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8"


def _as_xlsx(headings):
    book, out = Workbook(), io.BytesIO()
    book.active.append(headings)
    book.save(out)
    return out.getvalue(), XLSX
