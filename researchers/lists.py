"""The list of researchers, as page and export."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock
from fsesys.core.finding import OneOf, ids
from fsesys.core.lists import Column, Filter, Option, Register, Words
from fsesys.core.listviews import RegisterView
from fsesys.core.names import prefix_query
from fsesys.core.people import Person

from . import standing
from .records import Association, Researcher


def named(text):
    """Researchers with the ident, or with every word as the beginning of a word of name or mail."""
    query, own = prefix_query(text), Q(ident=text.strip().upper())
    return own | Q(OneOf("person_id", ids(Person.objects.filter(words=query)))) if query else own


def at_institution(text):
    """Researchers who are associated now with an institution that has the words."""
    query = prefix_query(text)
    if query is None:
        return Q()
    homes = Association.objects.at(clock.now()).filter(institution__words=query)
    return Q(OneOf("person_id", ids(homes, "person")))


YES_NO = {"yes": _("Yes"), "no": _("No")}


class ResearcherRegister(Register):
    name = "researchers"
    order = ("person__name",)
    order_label = _("By name")
    empty = _("No researcher matches. Remove a filter, or register a request on an institution.")
    columns = (
        Column("ident", _("Ident"), sort="ident"),
        Column("name", _("Name"), value="person__name", sort="person__name",
               link=lambda row: f"/researchers/{row.pk}/"),
        Column("mail", _("Mail"), value="person__mail"),
        Column("associated", _("Associated with"), value=standing.places),
        Column("certified", _("Certified until"), value=standing.certified_until, kind="date"),
        Column("country", _("Country of residence"), sort="country"),
    )  # fmt: skip
    reads = ("ident", "person__name", "person__mail", "homes", "passed_on", "country")
    filters = (
        Filter("associated", _("Associated now"), (
            Option("yes", YES_NO["yes"], Q(homed=True)), Option("no", YES_NO["no"], Q(homed=False)),
        )),
        Filter("certified", _("Certified now"), (
            Option("yes", YES_NO["yes"], Q(able=True)), Option("no", YES_NO["no"], Q(able=False)),
        )),
        Words("institution", _("Associated with"), at_institution),
        Words("q", _("Name, mail or ident"), named),
    )  # fmt: skip


class ResearcherList(RegisterView):
    register = ResearcherRegister
    title = _("Researchers")

    def queryset(self):
        return standing.with_answers(Researcher.objects.all(), clock.now())
