"""Gate: ten times the data, and a page touches hardly more of the database per row shown."""

from dataclasses import dataclass

import pytest
from django.core import signing

from fsesys.core.cases import Case
from institutions import lists
from institutions.authorisation.models import AuthorisationCase
from institutions.records import Institution
from tests.benchmarks import load
from tests.benchmarks.buffers import asked

pytestmark = pytest.mark.django_db
GROWTH = 1.3


@dataclass
class Cost:
    """Buffers of a page, how many rows it shows, and the plans for whoever must find out why."""

    buffers: int
    rows: int
    plans: str

    @property
    def per_row(self):
        return self.buffers / self.rows


def cost(client, path):
    client.get(path)
    with asked() as page:
        answer = client.get(path)
    assert answer.status_code == 200, path
    plans = "\n".join(f"{n} {sql[:300]}\n{plan}" for n, sql, plan in page.explained())
    return Cost(page.buffers(), shown(answer), plans)


def shown(answer):
    """Rows of a list, hits of a search, tasks of my work; a case is one."""
    if answer.context.get("page") and "register" in answer.context:
        return len(answer.context["page"].rows)
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
    found = {
        "my work": "/",
        "authorisations, first": "/authorisations/",
        "authorisations, last": last_page(lists.AuthorisationList, "/authorisations/", client),
        "authorisations, open": "/authorisations/?open=yes",
        "authorisations, by name": "/authorisations/?sort=institution",
        "authorisations, searched": "/authorisations/?q=randers",
        "institutions, first": "/institutions/",
        "institutions, last": last_page(lists.InstitutionList, "/institutions/", client),
        "institutions, searched": "/institutions/?q=randers",
        "search, many hits": "/search/?q=randers",
        "search, one case": f"/search/?q={case.number}",
        "case": f"/authorisations/{case.number}/",
        "institution": f"/institutions/{institution.pk}/",
    }
    return found


FEW = ("received", "under_evaluation", "withdrawn", "received")  # states of few rows per case


def offices(staff):
    """The same office with 1,000 and then with 10,000 cases."""
    with load.Originals() as long:
        load.walked(staff)
    with load.Originals() as short:
        load.walked(staff, FEW)
    long.multiply(5)
    short.multiply((1000 - Case.objects.count()) // len(FEW))
    yield Case.objects.count()
    short.multiply((10_000 - Case.objects.count()) // len(FEW))
    yield Case.objects.count()


def test_ten_times_the_data_costs_hardly_more_per_row_shown(client, staff):
    client.force_login(staff["responsible"])
    found = []
    import time; t=time.time()
    for size in offices(staff):
        print("load", time.time()-t)
        found.append({what: cost(client, path) for what, path in pages(client).items()})
        t=time.time()
    assert size == 10_000 and set(load.broken().values()) == {0}
    print("broken", time.time()-t)
    few, many = found
    for what in few:
        print(what, few[what].buffers, few[what].rows, many[what].buffers, many[what].rows, many[what].per_row/few[what].per_row)
    grown = {what: many[what] for what in few if many[what].per_row > GROWTH * few[what].per_row}
    for what in grown: print("#########", what, few[what].plans, "\n--------\n", many[what].plans)
    assert grown == {}
