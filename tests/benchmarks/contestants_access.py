"""Who runs against the pages of projects, people and accesses: as contestants.py, of these tables.

The inlines of both admins only show: with a choice among everybody on each of 200 rows the stock
page would take minutes, and the comparison would say nothing.
"""

from django.contrib import admin
from django.urls import include, path

from fsesys.core.people import Person
from projects import access
from projects.records import AllowedInstitution, DataBasis, Grant, Project, ProjectPeriod
from researchers.records import Association, CertificationPass, Researcher

from .contestants import ROWS, SQL, Open, Site, Story, Tuned, floor


def inline(of, *shown, joined=(), fk=None):
    """A table of the rows as they come; joined: what a tuned one fetches with them."""

    class Rows(Story):
        model, fk_name = of, fk
        fields = readonly_fields = shown

        def get_queryset(self, request):
            rows = super().get_queryset(request)
            return rows.select_related(*joined) if joined else rows

    return Rows


def of_project(tuned):
    return (
        inline(Grant, "person", "agreement", "from_at", "to_at", "retracted_at",
               joined=("person", "agreement") if tuned else ()),
        inline(ProjectPeriod, "version", "from_at", "to_at", "retracted_at"),
        inline(DataBasis, "register", "from_at", "to_at", "retracted_at",
               joined=("register",) if tuned else ()),
        inline(AllowedInstitution, "institution", "from_at", "to_at", "retracted_at"),
    )  # fmt: skip


def of_person(tuned):
    return (
        inline(Association, "institution", "type", "from_at", "to_at", "retracted_at", fk="person",
               joined=("institution__parent",) if tuned else ()),
        inline(CertificationPass, "passed_on", "retracted_at", fk="person"),
        inline(Grant, "project", "from_at", "to_at", "retracted_at", fk="person",
               joined=("project",) if tuned else ()),
    )  # fmt: skip


RAW = ("database", "performer", "controller", "officer", "contact")


class StockProjects(Open, admin.ModelAdmin):
    list_display = ("number", "title", "scheme", "officer")
    list_filter = ("scheme",)
    search_fields = ("number", "title")
    inlines = of_project(tuned=False)
    raw_id_fields = RAW


class TunedProjects(Tuned):
    list_display = StockProjects.list_display
    list_select_related = ("officer",)
    ordering = ("-number",)
    inlines = of_project(tuned=True)
    raw_id_fields = RAW


class StockPeople(Open, admin.ModelAdmin):
    inlines = of_person(tuned=False)
    raw_id_fields = ("same_as",)


class TunedPeople(Tuned):
    inlines = of_person(tuned=True)
    raw_id_fields = ("same_as",)


class StockResearchers(Open, admin.ModelAdmin):
    list_display = ("ident", "person", "country")
    search_fields = ("ident", "person__name", "person__mail")


class TunedResearchers(Tuned):
    list_display = StockResearchers.list_display
    list_select_related = ("person",)
    ordering = ("person__name",)

    def get_search_results(self, request, queryset, words):
        return (queryset.filter(ident=words.upper()) if words else queryset), False


def site(name, projects, people, researchers):
    made = Site(name)
    made.register(Project, projects)
    made.register(Person, people)
    made.register(Researcher, researchers)
    return made


NOW = "retracted_at IS NULL AND from_at <= now() AND (to_at IS NULL OR to_at > now())"
PROJECTS = f"""SELECT p.number, p.title, p.scheme, o.name, i.name_da, r.to_at
    FROM projects_project p JOIN core_person o ON o.id = p.officer_id
    LEFT JOIN LATERAL (SELECT institution_id FROM projects_projectowner
        WHERE project_id = p.id AND {NOW} LIMIT 1) w ON true
    LEFT JOIN institutions_institution i ON i.id = w.institution_id
    LEFT JOIN LATERAL (SELECT to_at FROM projects_projectperiod
        WHERE project_id = p.id AND {NOW} LIMIT 1) r ON true"""
RESEARCHERS = """SELECT r.ident, p.name, p.mail, r.country, (SELECT max(passed_on)
        FROM researchers_certificationpass c WHERE c.person_id = p.id AND c.retracted_at IS NULL),
        ARRAY(SELECT i.name_da FROM researchers_association a JOIN institutions_institution i
            ON i.id = a.institution_id WHERE a.person_id = p.id AND a.retracted_at IS NULL
            AND a.from_at <= now() AND (a.to_at IS NULL OR a.to_at > now()))
    FROM researchers_researcher r JOIN core_person p ON p.id = r.person_id"""
SQL |= {
    "projects": f"{PROJECTS} ORDER BY p.number DESC LIMIT {ROWS}",
    "project-search": f"{PROJECTS} WHERE p.number = %(number)s::int LIMIT {ROWS}",
    "researchers": f"{RESEARCHERS} ORDER BY p.name LIMIT {ROWS}",
    "researcher-search": f"{RESEARCHERS} WHERE r.ident = %(ident)s LIMIT {ROWS}",
}


SAME = """SELECT p.name, r.ident, o.number, o.title, i.name_da, a.* FROM ({rule}) a
    JOIN core_person p ON p.id = a.person_id LEFT JOIN researchers_researcher r USING (person_id)
    JOIN projects_project o ON o.id = a.project_id
    LEFT JOIN institutions_institution i ON i.id = a.institution_id
    ORDER BY a.project_id, a.person_id{limit}"""


def tell_rule() -> None:
    """Puts the rule's own statement among the SQL, with the names that a page shows beside it."""
    asked = access.conditions(())  # no day was ever strict
    for scope in ("project", "person", "institution"):
        SQL[f"access-{scope}"] = same(asked, [scope], " LIMIT %(limit)s::int")
    SQL["access"] = same(asked, [], "")


def same(asked, scope, limit):
    rule = access.statement(access.GRANTS, asked, scope)
    for instant in ("%(since)s", "%(until)s", "%(known)s"):  # the floor hands them on as text
        rule = rule.replace(instant, f"{instant}::timestamptz")
    return SAME.format(rule=rule, limit=limit)


stock = site("stock", StockProjects, StockPeople, StockResearchers)
tuned = site("tuned", TunedProjects, TunedPeople, TunedResearchers)

urlpatterns = [
    path("floor/<slug:name>/", floor),
    path("stock/", stock.urls),
    path("tuned/", tuned.urls),
    path("", include("fsesys.urls")),
]
