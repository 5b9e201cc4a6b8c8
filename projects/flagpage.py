"""The page in the admin on which the flags of a register are kept: what is said, from which day."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsesys.core import clock, hanging
from fsesys.core import forms as core
from fsesys.core.refusal import NotYours, Refused

from . import flagging
from .records import Register


class FlagForm(hanging.ListedForm):
    from_on = core.DayField(label=gettext_lazy("From the day"))
    restricted_enterprise = forms.BooleanField(
        label=gettext_lazy("restricted enterprise data"), required=False
    )
    min_cell = forms.IntegerField(
        label=gettext_lazy("smallest cell"), required=False, min_value=1, max_value=flagging.MOST
    )
    confirmed = forms.BooleanField(
        label=gettext_lazy("I have seen which accesses close"), required=False
    )


class FlagAdmin:
    """Mixin of the register's ModelAdmin: `flag/` below each register, for who keeps the catalogue."""

    def get_urls(self):
        page = self.admin_site.admin_view(self.flag)
        return [path("<int:pk>/flag/", page, name="projects_register_flag"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        may = flagging.MAY & self.held(request)
        url = reverse("admin:projects_register_flag", args=[object_id]) if may else ""
        extra = {"flag_url": url} | (extra_context or {})
        return super().change_view(request, object_id, form_url, extra)

    def flag(self, request, pk):
        register = get_object_or_404(Register, pk=pk)
        if not flagging.MAY & self.held(request):
            raise PermissionDenied(_("Your roles do not include this: %(verb)s.") % {
                "verb": _("Change flags")})  # fmt: skip
        if request.method != "POST":
            return self.flag_show(request, register, FlagForm(initial=said(register)))
        form = FlagForm(request.POST)
        if not form.is_valid():
            return self.flag_show(request, register, form, status=422)
        try:
            flagging.put_flag(register, by=request.user, **form.cleaned_data)
        except NotYours as no:
            raise PermissionDenied(str(no)) from no
        except Refused as refused:
            return self.flag_refused(request, register, form, refused.refusals)
        messages.success(request, _("Flags changed: %(register)s.") % {"register": register})
        home = reverse("admin:projects_register_change", args=[register.pk])
        return HttpResponseRedirect(home, status=303)

    def flag_refused(self, request, register, form, refusals):
        """The list of what closes, to be confirmed, as it is now."""
        typed = {name: form.cleaned_data[name]
                 for name in ("restricted_enterprise", "min_cell", "from_on")}  # fmt: skip
        form.hanging = flagging.losing(register, by=request.user, **typed)
        form.relist()
        return self.flag_show(request, register, form, refusals, 409)

    def flag_show(self, request, register, form, refusals=(), status=200):
        verb = _("Change flags")
        context = self.admin_site.each_context(request) | {
            "opts": self.opts, "title": f"{verb}: {register}", "form": form,
            "register": register, "refusals": refusals,
        }  # fmt: skip
        if not form.hanging:
            form.fields["confirmed"].widget = forms.HiddenInput()
        return TemplateResponse(request, "admin/flag.html", context, status=status)


def said(register) -> dict:
    """What the form begins with: what is said of the register now."""
    flag = flagging.now(register)
    return {"from_on": clock.today(),
            "restricted_enterprise": bool(flag and flag.restricted_enterprise),
            "min_cell": flag and flag.min_cell}  # fmt: skip
