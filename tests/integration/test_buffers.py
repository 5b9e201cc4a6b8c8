"""Gate: ten times the data, and a page touches hardly more of the database per row shown."""

from dataclasses import dataclass

import pytest
from django.core import signing
from django.db import connection

from fsesys.core.cases import Case
from institutions import lists
from institutions.authorisation.models import AuthorisationCase
from institutions.records import Institution
from tests.benchmarks import load
from tests.benchmarks.buffers import asked
from tests.database import as_owner

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
GROWTH = 1.3
SWOLLEN = """SELECT c.oid::regclass::text FROM pg_class c WHERE c.relkind = 'r'
    AND c.relnamespace = 'public'::regnamespace AND pg_total_relation_size(c.oid) > %s"""
SEARCH = 300  # at most, whatever the word and the size of the register


@pytest.fixture(autouse=True)
def swept(db):
    """Rows that earlier tests rolled back still lie in the tables and their indexes; no page is
    charged for them, and no plan is chosen by them."""
    other = connection.copy()
    with as_owner(), other.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute(SWOLLEN, [2**19])
        for (table,) in cursor.fetchall():
            cursor.execute(f"VACUUM FULL {table}")
    other.close()


@dataclass
class Cost:
    """Buffers of a page, how many rows it shows, and the plans for whoever must find out why."""

    buffers: int
    rows: int
    plans: str

    @property
    def per_row(self):
        return self.buffers / self.rows

    def told(self):
        return f"{self.buffers} buffers for {self.rows} rows\n{self.plans}"


def cost(client, path):
    client.get(path)
    with asked() as page:
        answer = client.get(path)
    assert answer.status_code == 200, path
    plans = "\n".join(f"{n} {sql[:300]}\n{plan}" for n, sql, plan in page.explained())
    return Cost(page.buffers(), shown(answer), plans)


def shown(answer):
    """Rows of a list, hits of a search, tasks of my work, accesses; a case is one."""
    page = answer.context.get("page")
    if page and "register" in answer.context:
        return len(page.rows)
    if isinstance(page, dict):
        rows = page.get("rows") or page.get("people") or page.get("accesses")
        return len(rows or "1")
    return len(answer.context.get("hits") or answer.context.get("tasks") or "1")


def last_page(view, path, client):
    """The address of the last page of a list, as its own links would lead there."""
    answer = client.get(path)
    register = answer.context["register"]
    rows = list(register.walk.page(register.size + 1, reverse=True))
    after = signing.dumps(str(rows[-1].pk), salt=register.salt)
    return f"{path}?after={after}"


def pages(client):
    """{what: address} of every page that the gate holds for, at the present size."""
    case = AuthorisationCase.objects.filter(state="authorised").order_by("-pk").first()
    institution = Institution.objects.exclude(authorisation_number=None).order_by("-pk").first()
    return {
        "my work": "/",
        "authorisations, first": "/authorisations/",
        "authorisations, last": last_page(lists.AuthorisationList, "/authorisations/", client),
        "authorisations, open": "/authorisations/?open=yes",
        "authorisations, by name": "/authorisations/?sort=institution",
        "authorisations, searched": "/authorisations/?q=afd00003",
        "institutions, first": "/institutions/",
        "institutions, last": last_page(lists.InstitutionList, "/institutions/", client),
        "institutions, searched": "/institutions/?q=afd00003",
        "search, many hits": "/search/?q=randers",
        "search, one case": f"/search/?q={case.number}",
        "case": f"/authorisations/{case.number}/",
        "institution": f"/institutions/{institution.pk}/",
    }


WHOLE = ("authorised", "submitted", "received", "under_evaluation", "awaiting_applicant")
FEW = ("received", "under_evaluation", "withdrawn")
LEAN = {"institution", "case", "authorisationcase", "processevent"}


def offices(staff):
    """The same office with 1,500 and then with 15,000 cases; every table grows ten times.

    Most cases are lean (no letters, no history), a hundredth is whole: the gate has to be quick.
    """
    with load.Originals() as whole:
        load.walked(staff, WHOLE)
    with load.Originals(LEAN) as lean:
        load.walked(staff, FEW)
    for copies, cases in ((2, 1_500), (27, 15_000)):
        whole.multiply(copies)
        lean.multiply((cases - Case.objects.count()) // len(FEW))
        load.crowd(cases, cases)
        yield Case.objects.count()


def test_ten_times_the_data_costs_hardly_more_per_row_shown(client, staff):
    client.force_login(staff["responsible"])
    sizes, found = [], []
    for size in offices(staff):
        with connection.cursor() as cursor:  # a small table is read whole, as no grown one will be
            cursor.execute("SET LOCAL enable_seqscan = %s", ["on" if sizes else "off"])
        sizes.append(size)
        found.append({what: cost(client, path) for what, path in pages(client).items()})
    assert sizes[1] > 9.9 * sizes[0] and set(load.broken().values()) == {0}
    few, many = found
    for name in ("authorisations", "institutions"):  # the last page is to cost what the first does
        both = few[f"{name}, first"], few[f"{name}, last"]
        few[f"{name}, last"] = max(both, key=lambda page: page.per_row)
    grown = [f"{what}: {few[what].told()}\n{many[what].told()}" for what in few
             if many[what].per_row > GROWTH * few[what].per_row]  # fmt: skip
    assert not grown, "\n\n".join(grown)
    for word in ("zebra", "anne"):  # no row to count by, and rows of one kind only
        page = cost(client, f"/search/?q={word}")
        assert page.buffers <= SEARCH, page.told()
