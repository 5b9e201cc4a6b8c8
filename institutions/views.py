"""The page of one institution: what holds today and everything that ever happened to it."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from fsesys.core import casepage, clock, views

from . import kinds, living
from .records import Institution


class InstitutionPage(views.Reader):
    def get(self, request, pk):
        rows = Institution.objects.select_related("parent", "duplicate_of")
        institution = rows.filter(pk=pk).first()
        if institution is None:
            raise Http404
        at = clock.now()
        page = {
            "title": institution.name, "state": standing(institution, at),
            "sections": [{"title": _("Facts"), "rows": facts(institution, at)},
                         {"title": _("Roles"), "rows": roles(institution, at)}],
            "choices": living.buttons(institution, request.user),
            "cases": living.cases(institution),
        }  # fmt: skip
        return render(request, "institutions/institution.html", {"page": page})


def standing(institution, at):
    """The word for the institution's authorisation, computed from its dated facts."""
    if institution.duplicate_of_id:
        return _("Double of %(name)s") % {"name": institution.duplicate_of}
    period = institution.periods.at(at).first()
    if period:
        since = casepage.day(clock.day_of(period.from_at))
        return _("Authorised since %(day)s") % {"day": since}
    return _("Not authorised")


def facts(institution, at):
    right = institution.rights.at(at).first()
    pairs = (
        (_("Authorisation number"), institution.authorisation_number),
        (_("Danish name"), institution.name_da), (_("English name"), institution.name_en),
        (_("Parent organisation"), institution.parent), (_("CVR number"), institution.cvr),
        (_("EAN number"), institution.ean), (_("Kind"), institution.get_type_display()),
        (_("Price group"), institution.get_price_group_display()),
        (_("Enterprise data"), right.get_right_display() if right else ""),
        (_("Schemes"), ", ".join(str(kinds.SCHEMES[s]) for s in institution.schemes)),
        (_("Mail domains"), ", ".join(institution.mail_domains)),
        (_("Address"), institution.address), (_("Web page"), institution.web),
        (_("Next review"), casepage.day(institution.review_on)),
    )  # fmt: skip
    return [{"label": label, "value": value} for label, value in pairs if value not in ("", None)]


def roles(institution, at):
    rows = institution.holdings.at(at).select_related("person").order_by("role", "person__name")
    return [{"label": row.get_role_display(), "value": row.person.name} for row in rows]
