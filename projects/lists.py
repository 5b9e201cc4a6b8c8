"""The lists of this app: projects and the register catalogue, as pages and exports."""

from django.db.models import BooleanField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, roles
from fsesys.core.finding import OneOf, ids
from fsesys.core.lists import Column, Filter, Option, Register, Words
from fsesys.core.listviews import RegisterView
from fsesys.core.names import prefix_query
from institutions import kinds
from institutions.records import Institution

from . import catalogue, standing
from .records import Project, ProjectOwner, RegisterFlag
from .records import Register as DataRegister

ENDED = Q(since__isnull=True, until__isnull=True, ended__isnull=False)  # nothing is to begin either


def of_owner(text):
    """Projects of institutions with the words."""
    query = prefix_query(text)
    if query is None:
        return Q()
    places = Institution.objects.filter(words=query)
    owned = ProjectOwner.objects.at(clock.now()).filter(OneOf("institution", ids(places)))
    return Q(OneOf("pk", ids(owned, "project")))


def named(text):
    """Projects that have the words themselves, and those whose owner has them."""
    query = prefix_query(text)
    if query is None:
        return Q()
    return Q(OneOf("pk", ids(Project.objects.filter(words=query)))) | of_owner(text)


class ProjectRegister(Register):
    name = "projects"
    order = ("-number",)
    order_label = _("Newest first")
    empty = _("No project matches. Remove a filter, or register a proposal.")
    columns = (
        Column("number", _("Project number"), value=lambda row: str(row.number), sort="number",
               link=lambda row: f"/projects/{row.pk}/"),
        Column("title", _("Title"), sort="title", link=lambda row: f"/projects/{row.pk}/"),
        Column("owner", _("Owner"), value=lambda row: row.owner and kinds.called(**row.owner)),
        Column("scheme", _("Scheme"), value=lambda row: str(kinds.SCHEMES[row.scheme]), sort="scheme"),
        Column("state", _("State"), value=standing.state, tone=standing.tone, kind="state"),
        Column("hold", _("On hold"), value=standing.held),
        Column("ends", _("Ends"), value=standing.ends, kind="date", sort="until"),
        Column("officer", _("FSE project owner"), value="officer__name"),
    )  # fmt: skip
    reads = ("number", "title", "owner", "scheme", "periods", "assessed", "held", "officer__name")
    filters = (
        Filter("state", _("State"), (
            Option("running", _("Runs"), Q(since__isnull=False)),
            Option("assessment", _("In assessment"), Q(assessed=True)),
            Option("ended", _("Ended"), ENDED),
            Option("held", _("On hold"), Q(held__isnull=False)),
        )),
        Filter.of("scheme", _("Scheme"), "scheme", list(kinds.SCHEMES.items())),
        Words("owner", _("Owner"), of_owner),
        Words("q", _("Number, title or owner"), named),
    )  # fmt: skip


class ProjectList(RegisterView):
    register = ProjectRegister
    title = _("Projects")

    @property
    def actions(self):
        """Only links the person may open."""
        mine = roles.SECRETARY in self.held
        return ((_("Register project proposal"), "register-proposal"),) if mine else ()

    def queryset(self):
        rows = standing.with_answers(Project.objects.all(), clock.now())
        owner = Institution.objects.filter(pk=OuterRef("owner_id"))
        return rows.annotate(owner=Subquery(owner.values(told=JSONObject(**kinds.told()))[:1]))


class CatalogueRegister(Register):
    name = "registers"
    order = ("name",)
    order_label = _("By name")
    empty = _("No register matches. Remove a filter.")
    columns = (
        Column("name", _("Name"), sort="name"),
        Column("title", _("Title"),
               value=lambda row: row.title_en if get_language() == "en" else row.title_da),
        Column("subject", _("Subject area"), value=catalogue.subject, sort="subject"),
        Column("restricted", _("Restricted enterprise data"),
               value=lambda row: _("yes") if row.restricted else _("no")),
        Column("min_cell", _("Smallest cell"), kind="number"),
    )  # fmt: skip
    filters = (
        Filter("restricted", _("Restricted enterprise data"), (
            Option("yes", _("yes"), Q(restricted=True)),
            Option("no", _("no"), Q(restricted=False)),
        )),
    )  # fmt: skip


class CatalogueList(RegisterView):
    register = CatalogueRegister
    title = _("Registers")

    def queryset(self):
        flag = RegisterFlag.objects.at(clock.now()).filter(register=OuterRef("pk"))
        return DataRegister.objects.annotate(
            restricted=Coalesce(Subquery(flag.values("restricted_enterprise")[:1]), False,
                                output_field=BooleanField()),
            min_cell=Subquery(flag.values("min_cell")[:1]),
        )  # fmt: skip
