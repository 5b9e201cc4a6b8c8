"""The page of one project: what holds today, its versions, and everything that happened to it."""

from django import forms
from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsesys.core import casepage, clock, roles, views, written
from fsesys.core.wording import day, when
from institutions.records import AuthorisationPeriod, Institution

from . import living, owning, register, standing
from .proposal.models import ProposalVersion
from .records import DataBasis, Exemption, Project, ProjectPeriod


class ProjectPage(views.Reader):
    def get(self, request, pk):
        at = clock.now()
        project = written.one(_project, pk=pk, at=at)
        if project is None:
            raise Http404
        owner = owning.owner(project, at)
        page = {
            "title": str(project), "state": standing.state(project), "pk": project.pk,
            "held": standing.held(project), "sections": sections(project, owner, at),
            "choices": living.buttons(project, request.user), "basis": basis(project, at),
            "people": reached(project), "periods": periods(project), "cases": living.cases(project),
        }  # fmt: skip
        return render(request, "projects/project.html", {"page": page, "project": project})


def _project(pk, at):
    rows = Project.objects.select_related("officer", "contact", "performer", "controller",
                                          "database")  # fmt: skip
    return standing.with_standing(rows, at).filter(pk=pk)


def sections(project, owner, at) -> list:
    return [{"title": _("Facts"), "rows": facts(project, owner)},
            {"title": _("People of the project"), "rows": people(project, at)},
            {"title": _("Institutions and exemption"), "rows": around(project, at)}]  # fmt: skip


def facts(project, owner):
    database = project.database
    return casepage.rows(
        (_("Project number"), project.number), (_("Title"), project.title),
        (_("Owner"), str(owner or ""), owner and f"/institutions/{owner.pk}/"),
        (_("Performer"), str(project.performer or "")),
        (_("Data controller"), str(project.controller or "")),
        (_("Scheme"), project.get_scheme_display()),
        (_("Subproject of"), str(database or ""), database and f"/projects/{database.pk}/"),
        (_("FSE project owner"), project.officer.name),
        (_("Structured text"), _("none yet; asked for at the first re-proposal")
         if project.legacy else ""),
    )  # fmt: skip


def people(project, at):
    contact = project.contact
    return casepage.rows(
        (_("Contact person"), f"{contact.name}, {contact.mail}" if contact else ""),
        (_("Signatories"), ", ".join(signatories(project, at))),
    )


def signatories(project, at) -> list:
    """Whom the version that both signed names to sign, or the last one registered."""
    return [name for (name,) in written.told(_signing, project=project.pk, at=at) if name]


def _signing(project, at):
    mine = ProposalVersion.objects.filter(project=project)
    signed = ProjectPeriod.objects.at(at).filter(project=project).values("version")
    last = mine.order_by("-number").values("number")
    rows = mine.filter(number=Coalesce(Subquery(signed[:1]), Subquery(last[:1])))
    return rows.order_by("signatories__name").values_list("signatories__name")


def of_person(person) -> list:
    """The accesses of a human being, open and closed, for the researcher's page."""
    found = register.rows(register.Question(scope=(("person", person.pk),)))
    return [register.shown(row) for row in found]


def reached(project) -> list:
    """Who reaches the project now, with every reason."""
    rows = register.rows(register.Question(scope=(("project", project.pk),)), closed=False)
    return [register.shown(row) for row in rows]


def around(project, at):
    names = [str(row.institution) for row in owning.allowed(project, at)]
    exemption = written.one(_exemption, project=project.pk, at=at)
    since = exemption and day(clock.day_of(exemption.from_at))
    return casepage.rows(
        (_("Institutions allowed beside the owner"), "\n".join(sorted(names))),
        (_("Exemption for enterprise data"), _("since %(day)s") % {"day": since} if since else ""),
    )  # fmt: skip


def _exemption(project, at):
    return Exemption.objects.at(at).filter(project=project)


def basis(project, at) -> list:
    """The registers that may be used now, and of which years."""
    return [
        {"register": str(row.register), "years": f"{row.year_from or ''}–{row.year_to or ''}",
         "version": row.version, "until": row.to_at and day(clock.last_day(row.to_at))}
        for row in written.records(_basis, project=project.pk, at=at)
    ]  # fmt: skip


def _basis(project, at):
    rows = DataBasis.objects.at(at).filter(project=project).select_related("register")
    return rows.order_by("register__name")


def periods(project) -> list:
    """Every signed period, as we know it now, with whom its version names beside the owner."""
    named = {row.number: {"performer": row.performer, "controller": row.controller}
             for row in written.records(_beside_owner, project=project.pk)}  # fmt: skip
    return [
        named.get(row.version, {}) |
        {"version": row.version, "since": when(row.from_at), "signed": day(row.signed_on),
         "until": row.to_at and day(clock.last_day(row.to_at)), "case": row.case.number,
         "url": f"{living.home(row.case.process)}{row.case.number}/"}
        for row in owning.periods(project)
    ]  # fmt: skip


def _beside_owner(project):
    rows = ProposalVersion.objects.filter(project=project)
    rows = rows.exclude(performer=None, controller=None)
    rows = rows.select_related("performer__parent", "controller__parent")
    return rows.only("number", *(f"{who}__{name}" for who in ("performer", "controller")
                                 for name in ("name_da", "name_en", "parent__name")))  # fmt: skip


class OwnerForm(forms.Form):
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Institution that is to own the project"),
        queryset=Institution.objects.none(),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        running = AuthorisationPeriod.objects.at(clock.now()).values("institution")
        rows = Institution.objects.select_related("parent").filter(pk__in=running)
        self.fields["owner"].queryset = rows.order_by("name_da")


class ChooseOwner(views.Reader):
    """Before a proposal is typed: whose project it is, because its people are chosen from there."""

    may_read = frozenset({roles.SECRETARY})

    def get(self, request):
        form = OwnerForm(request.GET or None)
        if form.is_bound and form.is_valid():
            return HttpResponseRedirect(f"/projects/register/{form.cleaned_data['owner'].pk}/")
        return render(request, "projects/choose_owner.html", {"form": form})
