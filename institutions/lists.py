"""The lists of this app: authorisations and institutions, as pages and exports."""

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, roles
from fsesys.core.cases import Case
from fsesys.core.finding import OneOf, ids
from fsesys.core.lists import Column, Filter, Option, Register, Words
from fsesys.core.listviews import RegisterView
from fsesys.core.names import prefix_query

from . import kinds, standing
from .authorisation.machine import MACHINE
from .authorisation.models import AuthorisationCase
from .records import Institution


def named(text):
    """The records whose search column has every word of the text as the beginning of a word."""
    query = prefix_query(text)
    return Q(words=query) if query else Q()


def of_cases(text):
    """The cases that have the words themselves, and those of institutions that have them."""
    query = prefix_query(text)
    if query is None:
        return Q()
    own, theirs = Case.objects.filter(words=query), Institution.objects.filter(words=query)
    return Q(OneOf("pk", ids(own))) | Q(OneOf("institution_id", ids(theirs)))


class AuthorisationRegister(Register):
    name = "authorisations"
    order = ("due_on", "-number")
    order_label = _("Most urgent first")
    empty = _("No authorisation matches. Remove a filter, or register an application.")
    columns = (
        Column("number", _("Case"), link=lambda row: f"/authorisations/{row.number}/",
               sort="number"),
        Column("institution", _("Institution"), value="subject_label", sort="subject_label"),
        Column("state", _("State"), value=lambda row: MACHINE.state(row.state).label,
               tone=lambda row: MACHINE.state(row.state).kind, kind="state", sort="state"),
        Column("received", _("Received"), value="received_on", kind="date", sort="received_on"),
        Column("due", _("Due"), value="due_on", kind="date", sort="due_on"),
        Column("responsible", _("Responsible"), value="responsible__name"),
    )  # fmt: skip
    reads = ("number", "subject_label", "state", "received_on", "due_on", "responsible__name")
    filters = (
        Filter("open", _("Open or closed"), (
            Option("yes", _("Open"), Q(closed_at=None)),
            Option("no", _("Closed"), Q(closed_at__isnull=False)),
        )),
        Filter.of("state", _("State"), "state", [(s.slug, s.label) for s in MACHINE.states]),
        Words("q", _("Name, CVR or case number"), of_cases),
    )  # fmt: skip


class AuthorisationList(RegisterView):
    register = AuthorisationRegister
    title = _("Authorisations")

    @property
    def actions(self):
        """Only links the person may open."""
        mine = roles.SECRETARY in self.held
        return ((_("Register application"), "register-application"),) if mine else ()

    def queryset(self):
        # Said of the case's own column: an index finds them among the cases of all processes.
        return AuthorisationCase.objects.filter(process=MACHINE.process)


class InstitutionRegister(Register):
    name = "institutions"
    order = ("name_da",)
    order_label = _("By name")
    empty = _("No institution matches. Remove a filter.")
    columns = (
        Column("number", _("Authorisation number"), value="authorisation_number", kind="number",
               sort="authorisation_number"),
        Column("name", _("Name"), link=lambda row: f"/institutions/{row.pk}/", sort="name_da",
               value=lambda row: kinds.called(row.name_da, row.name_en, row.parent__name)),
        Column("cvr", _("CVR number"), sort="cvr"),
        Column("type", _("Kind"), value=lambda row: str(kinds.TYPES[row.type]), sort="type"),
        Column("since", _("Authorised since"), value="since", kind="date"),
        Column("hold", _("Suspended"), value=standing.suspended),
        Column("review", _("Next review"), value="review_on", kind="date", sort="review_on"),
    )  # fmt: skip
    reads = ("authorisation_number", "name_da", "name_en", "parent__name", "cvr", "type", "since",
             "held", "review_on")  # fmt: skip
    filters = (
        Filter("authorised", _("Authorised"), (
            Option("yes", _("Authorised"), Q(since__isnull=False)),
            Option("no", _("Not authorised"), Q(since__isnull=True)),
        )),
        Filter("suspended", _("Suspended"), (
            Option("yes", _("Suspended"), Q(since__isnull=False, held__isnull=False)),
            Option("no", _("Not suspended"), Q(since__isnull=True) | Q(held__isnull=True)),
        )),
        Filter("review", _("Review"), (
            Option("overdue", _("Overdue"), Q(since__isnull=False, overdue=True)),
        )),
        Filter.of("type", _("Kind"), "type", list(kinds.TYPES.items())),
        Words("q", _("Name, CVR or number"), named),
    )  # fmt: skip


class InstitutionList(RegisterView):
    register = InstitutionRegister
    title = _("Institutions")

    def queryset(self):
        rows = standing.with_standing(Institution.objects.all(), clock.now())
        late = ExpressionWrapper(Q(review_on__lt=clock.today()), output_field=BooleanField())
        return rows.alias(overdue=late)
