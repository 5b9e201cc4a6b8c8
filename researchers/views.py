"""The page of one researcher: where associated, certified, held up, and every case about them."""

from itertools import product

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from fsesys.core import casepage, clock, views
from fsesys.core.cases import Case
from fsesys.core.living import listed
from fsesys.core.people import Person
from fsesys.core.wording import day

from . import kinds, living, past, standing
from .records import Association, CertificationPass, PersonHold, Researcher

ACCESSES = []  # functions (person) -> rows of the page; layers above know accesses and fill it


class ResearcherPage(views.Reader):
    def get(self, request, pk):
        rows = Researcher.objects.select_related("person__same_as", "proof_by")
        researcher = standing.with_standing(rows, clock.now()).filter(pk=pk).first()
        if researcher is None:
            raise Http404
        return render(request, "researchers/researcher.html", {
            "page": page(researcher, request.user)})  # fmt: skip


def page(researcher, by) -> dict:
    person, about = researcher.person, cases(researcher)
    return {
        "pk": researcher.pk, "title": str(researcher), "lead": lead(researcher),
        "others": others(person), "stops": stops(person),
        "sections": [{"title": _("Facts"), "rows": facts(researcher)},
                     {"title": _("Certificates"), "rows": certificates(person)},
                     {"title": _("Holds"), "rows": holds(person)}],
        "associations": associations(person), "accesses": [row for rows in ACCESSES for row in rows(person)],
        "choices": living.buttons(researcher, by), "cases": listed(about),
        "documents": past.documents(about), "timeline": past.timeline(about),
    }  # fmt: skip


def lead(researcher) -> str:
    """Where the person is associated, and whether the test counts, in one line."""
    homes = _("Associated with %(places)s") % {"places": standing.places(researcher)}
    last = standing.certified_until(researcher)
    if last is None:
        test = _("no test passed")
    elif last < clock.today():
        test = _("certificate ran out on %(day)s") % {"day": day(last)}
    else:
        test = _("certified until %(day)s") % {"day": day(last)}
    return ", ".join([homes if researcher.homes else _("Not associated"), test])


def others(person) -> list:
    """The other records of the same human being, as links."""
    rows = Person.objects.filter(pk__in=person.human() - {person.pk}, researcher__isnull=False)
    return [{"name": str(one.researcher), "url": f"/researchers/{one.researcher.pk}/"}
            for one in rows.select_related("researcher").order_by("pk")]  # fmt: skip


def facts(researcher) -> list:
    person, closed = researcher.person, researcher.ident_closed_at
    seen = ""
    if researcher.proof:
        seen = _("%(kind)s, seen on %(day)s by %(person)s") % {
            "kind": kinds.PROOFS[researcher.proof], "day": day(researcher.proof_on),
            "person": researcher.proof_by.name,
        }  # fmt: skip
    return casepage.rows(
        (_("Ident"), researcher.ident),
        (_("Ident closed"), day(clock.day_of(closed)) if closed else ""),
        (_("Title"), person.title), (_("Mail"), person.mail), (_("Phone"), person.phone),
        (_("Employer"), researcher.employer), (_("Citizenship"), researcher.citizenship),
        (_("Country of residence"), researcher.country),
        (_("Year of birth"), researcher.birth_year),
        (_("Language of letters"), researcher.get_language_display()),
        (_("Proof of identity"), seen),
    )  # fmt: skip


def associations(person) -> list:
    """Every association as we know it now, the latest first."""
    rows = Association.objects.known().filter(person__in=person.human())
    rows = rows.select_related("institution__parent", "agreement").order_by("-from_at", "-pk")
    return [
        {"place": str(row.institution), "place_url": f"/institutions/{row.institution_id}/",
         "type": row.get_type_display(), "span": standing.span(row),
         "case": row.agreement.number, "runs": row.to_at is None or row.to_at > clock.now(),
         "case_url": f"/association-cases/{row.agreement.process}/{row.agreement.number}/"}
        for row in rows
    ]  # fmt: skip


def certificates(person) -> list:
    """Every test passed, and the last day on which each counts."""
    rows = CertificationPass.objects.known().filter(person__in=person.human())
    counts, words = standing.months(clock.now()), _("counts until %(day)s")
    return [
        {"label": day(row.passed_on),
         "value": words % {"day": day(standing.until(row.passed_on, counts))}}
        for row in rows.order_by("-passed_on")
    ]  # fmt: skip


def holds(person) -> list:
    rows = PersonHold.objects.known().filter(person__in=person.human()).order_by("-from_at")
    return [{"label": standing.span(row), "value": row.cause} for row in rows]


def stops(person) -> list:
    """Sentences on the holds that run now."""
    running = PersonHold.objects.at(clock.now()).filter(person__in=person.human())
    return [_("Access is stopped %(span)s: %(cause)s") % {
        "span": standing.span(row), "cause": row.cause} for row in running.order_by("from_at")]  # fmt: skip


def cases(researcher):
    """Every case about the human being: of each record, its associations and accesses."""
    human = sorted(researcher.person.human())
    records = Researcher.objects.filter(person__in=human).values_list("pk", flat=True)
    found = Q(subject_key__in=[f"researcher:{pk}" for pk in records])
    for kind, pk in product(("association", "access"), human):
        found |= Q(subject_key__startswith=f"{kind}:{pk}:")
    few = list(Case.objects.filter(found).order_by().values_list("pk", flat=True))
    return Case.objects.filter(pk__in=few)  # by number: what is read of them has no OR any more
