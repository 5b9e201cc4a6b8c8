"""Who runs against our pages, over the same tables, through the same middleware and account.

Belongs here: a stock ModelAdmin, a well-tuned one, the floor (a bare view: one query, the smallest
template) and the SQL of the floor. They exist in the benchmarks only; every permission is open.
"""

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.db import connection
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from fsesys.core.cases import ProcessEvent
from fsesys.core.documents import Document
from fsesys.core.names import prefix_query
from institutions.authorisation.models import AuthorisationCase
from institutions.records import Institution

ROWS = 50  # as many as our lists show; the default of 100 would make the admins look slower


class Open:
    """Every permission; the admins are measured, not guarded."""

    list_per_page = ROWS

    def allowed(self, request, obj=None):
        return True

    has_module_permission = has_view_permission = has_change_permission = allowed
    has_add_permission = has_delete_permission = allowed


class Site(AdminSite):
    def has_permission(self, request):
        return True


class StockCases(Open, admin.ModelAdmin):
    list_display = ("number", "subject_label", "state", "received_on", "due_on", "responsible")
    list_filter = ("state",)
    search_fields = ("number", "subject_label", "institution__name_da", "institution__name_en",
                     "institution__cvr", "head__name", "head__mail")  # fmt: skip


class StockInstitutions(Open, admin.ModelAdmin):
    list_display = ("authorisation_number", "__str__", "cvr", "type", "review_on")
    list_filter = ("type",)
    search_fields = ("name_da", "name_en", "cvr")


class Tuned(Open, admin.ModelAdmin):
    """No count of everything, joined rows, search by our index, ordered by an index."""

    show_full_result_count = False
    search_fields = ("number",)

    def get_search_results(self, request, queryset, words):
        query = prefix_query(words)
        return (queryset.filter(words=query) if query else queryset), False


class Story(Open, admin.TabularInline):
    extra, can_delete, show_change_link = 0, False, False

    def has_add_permission(self, request, obj=None):
        return False

    has_change_permission = has_delete_permission = has_add_permission


class Events(Story):
    model, fk_name = ProcessEvent, "case"
    fields = readonly_fields = ("at", "by", "role", "verb", "reason")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")


class Documents(Story):
    model, fk_name = Document, "case"
    fields = readonly_fields = ("number", "title", "kind", "registered_at")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("context")


class TunedCases(Tuned):
    list_display = StockCases.list_display
    list_select_related = ("responsible",)
    ordering = ("due_on", "-number")
    raw_id_fields = ("institution", "head", "responsible", "recommended_by", "agreement")
    inlines = (Events, Documents)


class TunedInstitutions(Tuned):
    list_display = StockInstitutions.list_display
    list_select_related = ("parent",)
    ordering = ("name_da",)
    raw_id_fields = ("parent", "duplicate_of")


def site(name, cases, institutions):
    made = Site(name)
    made.register(AuthorisationCase, cases)
    made.register(Institution, institutions)
    return made


TABLE = engines["django"].from_string(
    "<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>"
    "{% endfor %}</table>"
)
CASES = """SELECT c.number, c.subject_label, c.state, a.received_on, c.due_on, p.name
    FROM institutions_authorisationcase a JOIN core_case c ON c.id = a.case_ptr_id
    JOIN core_person p ON p.id = c.responsible_id"""
INSTITUTIONS = """SELECT i.authorisation_number, i.name_da, o.name, i.cvr, i.type, i.review_on
    FROM institutions_institution i LEFT JOIN institutions_organisation o ON o.id = i.parent_id"""
OURS = "c.process = 'authorisation'"
SQL = {
    "cases": f"{CASES} WHERE {OURS} AND c.due_on IS NOT NULL ORDER BY c.due_on, c.number DESC LIMIT {ROWS}",
    "cases-last": f"{CASES} WHERE {OURS} AND c.due_on IS NULL ORDER BY c.number LIMIT {ROWS}",
    "institutions": f"{INSTITUTIONS} ORDER BY i.name_da, i.id LIMIT {ROWS}",
    "institutions-last": f"{INSTITUTIONS} ORDER BY i.name_da DESC, i.id DESC LIMIT {ROWS}",
    "search": f"{CASES} WHERE c.words @@ to_tsquery('simple', %(words)s) LIMIT 20",
    "case": """SELECT e.at, p.name, e.role, e.verb, e.reason, c.number, c.subject_label, c.state
        FROM core_case c JOIN core_processevent e ON e.case_id = c.id
        JOIN core_person p ON p.id = e.by_id WHERE c.number = %(number)s ORDER BY e.revision""",
}


def select(name, given):
    with connection.cursor() as cursor:
        cursor.execute(SQL[name], given)
        return cursor.fetchall()


def floor(request, name):
    rows = select(name, request.GET.dict())
    return HttpResponse(TABLE.render({"rows": rows}))


stock = site("stock", StockCases, StockInstitutions)
tuned = site("tuned", TunedCases, TunedInstitutions)

urlpatterns = [
    path("floor/<slug:name>/", floor),
    path("stock/", stock.urls),
    path("tuned/", tuned.urls),
    path("", include("fsesys.urls")),
]
