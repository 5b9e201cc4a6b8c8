"""The pages of staff: everybody at a glance, one staff member, and the page of each verb."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

from .. import casepage, clock, roles, views
from ..people import User
from ..refusal import AlreadyDone, NotYours, Refused
from ..roles import RoleMembership, StandIn
from . import actions, forms, selectors
from .machine import MACHINE, READERS
from .models import StaffCase


class Pages:
    process = "staff"
    load = staticmethod(selectors.load)
    home = "/staff/"
    may_read = READERS


class StaffList(Pages, views.Reader):
    def get(self, request):
        at, cases = clock.now(), {}
        for case in StaffCase.objects.order_by("pk"):
            cases[case.person_id] = case.number
        held, away = {}, {}
        for row in RoleMembership.objects.at(at).order_by("role"):
            held.setdefault(row.person_id, []).append(str(row.get_role_display()))
        for row in StandIn.objects.at(at).select_related("stand_in"):
            away[row.person_id] = row.stand_in.name
        rows = [
            {"name": user.person.name, "username": user.username, "roles": ", ".join(held.get(
                user.person_id, [])), "ended": casepage.day(user.ended_at and clock.day_of(
                    user.ended_at)), "stand_in": away.get(user.person_id, ""),
             "number": cases.get(user.person_id), "pk": user.pk}
            for user in User.objects.select_related("person").order_by("person__name")
        ]  # fmt: skip
        opens = roles.ADMINISTRATOR in self.held
        return render(request, "staff/list.html", {"rows": rows, "opens": opens})


class StaffPage(Pages, views.CasePage):
    def sections(self, case):
        at, account = clock.now(), case.person.account
        return [
            {"title": _("Account"), "rows": [
                {"label": _("Name"), "value": case.person.name},
                {"label": _("User name"), "value": account.username},
                {"label": _("Mail"), "value": case.person.mail},
            ]},
            {"title": _("Roles"), "rows": [
                {"label": row.get_role_display(), "value": span(row)}
                for row in selectors.membership_rows(case.person_id)
            ]},
            {"title": _("Stand-ins"), "rows": [
                {"label": row.stand_in.name, "value": span(row)}
                for row in selectors.stand_in_rows(case.person_id, at)
            ]},
        ]  # fmt: skip


def span(row):
    """From and to in days; the last day is the one before the end."""
    first = casepage.day(clock.day_of(row.from_at))
    if row.to_at is None:
        return _("from %(first)s") % {"first": first}
    last = casepage.day(clock.last_day(row.to_at))
    return _("from %(first)s to %(last)s") % {"first": first, "last": last}


class StaffVerb(Pages, views.VerbPage):
    pass


class OpenAccount(Pages, views.Reader):
    """A new account, or (with `pk`) the record of an account that has none yet."""

    may_read = frozenset({roles.ADMINISTRATOR})

    def get(self, request):
        return self.show(request, forms.OpenForm(by=request.user), (), 200)

    def post(self, request, pk=None):
        account = User.objects.select_related("person").filter(pk=pk).first() if pk else None
        if pk and account is None:
            raise Http404
        form = forms.OpenForm(request.POST, by=request.user)
        if account is None and not form.is_valid():
            return self.show(request, form, (), 422)
        typed = (
            {"account": account} if account else form.typed() | {"key": form.cleaned_data["key"]}
        )
        try:
            event = actions.open_account(by=request.user, **typed)
        except AlreadyDone as done:
            event = done.event
            views.say_again(request, event)
        except NotYours as no:
            raise views.PermissionDenied(str(no)) from no
        except Refused as refused:
            if account:
                messages.error(request, str(refused))
                return HttpResponseRedirect(self.home, status=303)
            return self.show(request, form, refused.refusals, 409)
        return HttpResponseRedirect(f"{self.home}{event.case.number}/", status=303)

    def show(self, request, form, refusals, status):
        move = MACHINE.move("open_account")
        page = {"home": self.home, "home_label": MACHINE.label, "url": self.home,
                "label": move.label, "verb": move.verb, "effects": move.effects,
                "refusals": list(refusals)}  # fmt: skip
        return render(request, "cases/verb.html", {"page": page, "form": form}, status=status)


urlpatterns = [
    path("staff/", StaffList.as_view(), name="staff"),
    path("staff/open/", OpenAccount.as_view(), name="open-account"),
    path("staff/open/<int:pk>/", OpenAccount.as_view(), name="open-record"),
    path("staff/<str:number>/", StaffPage.as_view(), name="staff-member"),
    path("staff/<str:number>/<slug:verb>/", StaffVerb.as_view(), name="staff-verb"),
]
