"""The page of one institution: what holds today and everything that ever happened to it."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from fsesys.core import casepage, clock, views

from . import kinds, living, standing
from .records import Institution
from .responsible.selectors import gap_since


class InstitutionPage(views.Reader):
    def get(self, request, pk):
        at = clock.now()
        rows = Institution.objects.select_related("parent", "duplicate_of")
        institution = standing.with_standing(rows, at).filter(pk=pk).first()
        if institution is None:
            raise Http404
        page = {
            "title": institution.name, "state": standing.authorised(institution, at),
            "suspended": standing.suspended(institution), "gap": gap(institution, at),
            "sections": [{"title": _("Facts"), "rows": facts(institution, at)},
                         {"title": _("Roles"), "rows": roles(institution, at)}],
            "choices": living.buttons(institution, request.user),
            "cases": living.cases(institution),
        }  # fmt: skip
        return render(request, "institutions/institution.html", {"page": page})


def gap(institution, at):
    """The sentence where an authorised institution has no responsible person, or nothing."""
    since = gap_since(institution.pk, at)
    if since is None:
        return ""
    return _("No responsible person since %(day)s") % {"day": casepage.day(clock.day_of(since))}


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
