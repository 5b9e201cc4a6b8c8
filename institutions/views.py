"""The page of one institution: what holds today and everything that ever happened to it."""

import datetime as dt
from urllib.parse import urlencode

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsesys.core import casepage, clock, views
from fsesys.core import forms as core

from . import kinds, living, selectors, standing
from .changes.selectors import held_at
from .records import Institution
from .succession.selectors import told


class InstitutionPage(views.Reader):
    def get(self, request, pk):
        form = OnForm(request.GET)
        at = asked(form.cleaned_data.get("on") if form.is_valid() else None)
        rows = Institution.objects.select_related("parent", "duplicate_of")
        institution = standing.with_standing(rows, at).filter(pk=pk).first()
        if institution is None:
            raise Http404
        page = {
            "title": institution.name, "state": standing.authorised(institution, at),
            "suspended": standing.suspended(institution),
            "gap": selectors.gap(institution, at),
            "sections": [{"title": _("Facts"), "rows": facts(institution, at)},
                         {"title": _("Roles"), "rows": roles(institution, at),
                          "empty": _("Nobody holds a role at the institution.")}],
            "elsewhere": elsewhere(institution),
            "choices": living.buttons(institution, request.user),
            "succession": succession(institution), "cases": living.cases(institution),
        }  # fmt: skip
        return render(request, "institutions/institution.html", {"page": page, "form": form},
                      status=200 if form.is_valid() else 422)  # fmt: skip


class OnForm(forms.Form):
    """Of which day the page tells; empty: now."""

    on = core.DayField(label=gettext_lazy("As it was on the day"), required=False, help_text="")
    on.widget.attrs |= {"placeholder": "24-12-2026"}


def asked(day):
    """The end of the day that was asked for, else now."""
    if day is None or day == clock.today():
        return clock.now()
    return clock.after(day) - dt.timedelta(microseconds=1)


def succession(institution) -> list:
    """Sentences on who succeeds the institution, and whom it succeeds."""
    former, later = _("Succeeded by %(name)s from %(day)s"), _("Succeeds %(name)s from %(day)s")
    return [
        (former if before else later) % {
            "name": (row.successor if before else row.institution).name,
            "day": casepage.day(clock.day_of(row.from_at)),
        }
        for before, row in told(institution)
    ]  # fmt: skip


def elsewhere(institution) -> list:
    """(label, address) of the lists of higher apps, narrowed to an institution that has a number."""
    if institution.authorisation_number is None:
        return []
    name = urlencode({"": institution.name_da[:100]})
    return [
        (_("Researchers associated with it"), f"{reverse('researchers')}?institution{name}"),
        (_("Projects that it owns"), f"{reverse('projects')}?owner{name}"),
        (_("Who has access to what"),
         f"{reverse('access-register')}?institution={institution.authorisation_number}"),
    ]  # fmt: skip


def facts(institution, at):
    right, held = institution.rights.at(at).first(), held_at(institution, at)
    return casepage.rows(
        (_("Authorisation number"), institution.authorisation_number),
        (_("Danish name"), held.name_da), (_("English name"), held.name_en),
        (_("Parent organisation"), held.parent), (_("CVR number"), institution.cvr),
        (_("EAN number"), held.ean), (_("Kind"), institution.get_type_display()),
        (_("Price group"), institution.get_price_group_display()),
        (_("Enterprise data"), right.get_right_display() if right else ""),
        (_("Schemes"), ", ".join(str(kinds.SCHEMES[s]) for s in held.schemes)),
        (_("Mail domains"), ", ".join(held.mail_domains)),
        (_("Address"), held.address), (_("Invoice address"), held.invoice_address),
        (_("Web page"), held.web),
        (_("Next review"), casepage.day(institution.review_on)),
    )  # fmt: skip


def roles(institution, at):
    """Of today and of days ahead also who is to begin later."""
    running = institution.holdings.at(at)
    later = institution.holdings.known().filter(from_at__gt=at)
    rows = running | later if at >= clock.now() else running
    rows = rows.select_related("person").order_by("role", "from_at", "person__name")
    words = _("%(person)s, from %(day)s")
    return [
        {"label": row.get_role_display(), "value": row.person.name if row.from_at <= at else words % {
            "person": row.person.name, "day": casepage.day(clock.day_of(row.from_at))}}
        for row in rows
    ]  # fmt: skip
