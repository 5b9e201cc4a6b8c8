"""Admin bases: a case as the chief statistician meets it, and records that are only read.

State is never editable here, nothing is deleted or reverted. A verb goes through the same action
and the same page component as on the staff side.
"""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from . import processes, roles
from .refusal import NotYours, Refused


class ReadOnlyAdmin(admin.ModelAdmin):
    """Read by staff roles; nobody adds, changes or deletes."""

    may_read = roles.STAFF
    show_full_result_count = False

    def get_fields(self, request, obj=None):
        """Columns without a name in both languages are for programs."""
        columns = [one for one in self.opts.fields if one.editable]
        return self.fields or [one.name for one in columns if not isinstance(one.verbose_name, str)]

    def held(self, request):
        user = request.user  # nobody yet on the admin's own sign-in page
        return roles.held(user.person) if user.is_authenticated else frozenset()

    def has_view_permission(self, request, obj=None):
        return bool(self.held(request) & self.may_read)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class CaseList(ReadOnlyAdmin):
    """Cases that are decided on the staff page: here a list, from which one gets there."""

    list_display = ("number", "subject_label", "state_label")
    search_fields = ("number", "subject_label")

    @admin.display(description=_lazy("State"))
    def state_label(self, case):
        return case.state_now.label

    def change_view(self, request, object_id, form_url="", extra_context=None):
        case = self.get_object(request, object_id)
        if case is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, case):
            raise PermissionDenied
        return redirect(f"{processes.get(case.process).url}{case.number}/")


class CaseAdmin(CaseList):
    """`page` and `verb_page` are the staff side's views; `verbs` what is decided here."""

    page = verb_page = None
    verbs = ()
    list_per_page = 50
    ordering = ("due_on", "pk")

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_verb"
        verb = path("<int:pk>/<slug:verb>/do/", self.admin_site.admin_view(self.decide), name=name)
        return [verb, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        case = self.get_object(request, object_id)
        if case is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, case):
            raise PermissionDenied
        if request.method != "GET":
            raise PermissionDenied(_("A case is changed by its verbs only."))
        view = self.page()
        case = view.found(case.number)
        page = view.page(case, request.user)
        for choice in page["choices"]:
            choice["here"] = choice["verb"] in self.verbs
            choice["url"] = self.verb_url(case, choice["verb"])
        page["choices"] = [choice for choice in page["choices"] if choice["here"]]
        context = self.admin_site.each_context(request) | {
            "page": page, "title": str(case), "opts": self.opts, "case": case,
        }  # fmt: skip
        return TemplateResponse(request, "admin/case.html", context)

    def verb_url(self, case, verb):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_verb"
        return reverse(name, args=[case.pk, verb])

    def decide(self, request, pk, verb):
        """The verb's page in the admin's frame: the same view, another template and home."""
        case = self.get_object(request, pk)
        if case is None or verb not in self.verbs:
            raise PermissionDenied(_("This is not decided in the admin."))
        home = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[pk])
        label = case.machine.move(verb).label
        extra = self.admin_site.each_context(request) | {
            "opts": self.opts, "title": f"{label}: {case}",
        }  # fmt: skip
        view = self.verb_page.as_view(
            template="admin/verb.html", admin_home=home, admin_context=extra
        )
        return view(request, number=case.number, verb=verb)


def bulk(verb, label):
    """An admin action that runs the verb on each chosen case, each in its own transaction."""

    @admin.action(description=label)
    def act(modeladmin, request, queryset):
        for case in queryset.order_by("pk"):
            action = processes.get(case.process).actions[verb]
            try:
                action(case, by=request.user, seen=case.revision)
            except (Refused, NotYours) as no:
                messages.error(request, f"{case.number}: {no}")
            else:
                messages.success(request, f"{case.number}: {label}")
        return redirect(request.get_full_path())

    act.__name__ = f"bulk_{verb}"
    return act
