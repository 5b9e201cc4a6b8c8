"""The rows of the table: which contestants run for each page, decision and letter.

Belongs here: addresses, cases to decide, letters to draw. What is compared with what is set out
in report.py.
"""

from __future__ import annotations

import itertools
import uuid
from urllib.parse import urlencode

import weasyprint
from django.core import signing
from django.db import transaction
from django.test import Client
from weasyprint.text.fonts import FontConfiguration

from fsesys.core import clock
from fsesys.core.cases import ProcessEvent
from fsesys.core.documents import Document, Rendering
from fsesys.core.letters import compose, drawing, render
from fsesys.core.people import Person
from institutions import lists
from institutions.authorisation import actions
from institutions.authorisation.models import AuthorisationCase
from institutions.records import AuthorisationPeriod, EnterpriseRight, Institution, RoleHolding
from tests.integration import test_import

from . import contestants
from .load import place

MANY = 20_000  # people from which stock's case page, three lists of all of them, takes a minute
CASES, INSTITUTIONS = "institutions/authorisationcase/", "institutions/institution/"
IMPORTED = itertools.count()  # of files: what one size brought in stands there at the next


def client(user):
    made = Client(raise_request_exception=True)
    made.force_login(user)
    return made


def get(browser, address):
    def ask():
        answer = browser.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answers {answer.status_code}")
        return answer

    return ask


def last(register, queryset, path):
    """The address of the last page of a list, where its own links lead to."""
    made = register({}, queryset)
    rows = made.walk.page(made.size + 1, reverse=True)
    return f"{path}?after={signing.dumps(str(rows[-1].pk), salt=made.salt)}"


def pages() -> dict:
    """{row: {contestant: address or (name of SQL, its values)}}."""
    cases, institutions = lists.AuthorisationList().queryset(), lists.InstitutionList().queryset()
    case = cases.filter(state="authorised").order_by("pk")[
        cases.filter(state="authorised").count() // 2
    ]
    ends = {model: -(-model.objects.count() // contestants.ROWS)
            for model in (AuthorisationCase, Institution)}  # fmt: skip
    found = {
        "authorisations, first page": both(CASES, "", "cases", "/authorisations/"),
        "authorisations, last page": both(
            CASES, f"?p={ends[AuthorisationCase]}", "cases-last",
            last(lists.AuthorisationRegister, cases,
                 "/authorisations/")),
        "institutions, first page": both(INSTITUTIONS, "", "institutions", "/institutions/"),
        "institutions, last page": both(
            INSTITUTIONS, f"?p={ends[Institution]}", "institutions-last",
            last(lists.InstitutionRegister, institutions, "/institutions/")),
    }  # fmt: skip
    few, many, none = place(7).split()[1], place(7).split()[0], "zebra"
    for what, word in (("few hits", few), ("many hits", many), ("no hit", none)):
        query = urlencode({"q": word})
        found[f"search, {what}"] = both(CASES, f"?{query}", "search", f"/search/?{query}",
                                        words=f"{word.lower()}:*")  # fmt: skip
    found["case page"] = both(
        CASES, f"{case.pk}/change/", "case", f"/authorisations/{case.number}/", number=case.number
    )
    if Person.objects.count() > MANY:
        del found["case page"]["stock"]
    return found


def both(model, rest, sql, ours, **given):
    query = f"?{urlencode(given)}" if given else ""
    return {"ours": ours, "stock": f"/stock/{model}{rest}", "tuned": f"/tuned/{model}{rest}",
            "floor": f"/floor/{sql}/{query}", "SQL": (sql, given)}  # fmt: skip


def runners(browser, addresses) -> dict:
    found = {who: get(browser, to) for who, to in addresses.items() if who != "SQL"}
    name, given = addresses["SQL"]
    return found | {"SQL": lambda: contestants.select(name, given)}


def decisions(chief, each: int) -> dict:
    """Approving a case that the page has loaded: through the door, and written by hand."""
    rows = AuthorisationCase.objects.filter(state="submitted").order_by("pk")
    found = list(rows[: 3 * each])
    if len(found) < 3 * each:
        raise RuntimeError(f"{3 * each} submitted cases are needed, {len(found)} there are.")
    cases, browser = itertools.cycle(found), client(chief)
    return {
        "ours": lambda: approve(next(cases), chief),
        "by hand": lambda: approve_by_hand(next(cases), chief),
        "page": lambda: approve_on_its_page(next(cases), browser),
    }


def approve(case, chief):
    with clock.request_time():
        actions.approve(case, by=chief, seen=case.revision, key=uuid.uuid4())


def approve_by_hand(case, chief):
    """Lock, fsm, save, history: what one would write without rules, roles and answers."""
    with clock.request_time(), transaction.atomic():
        case = AuthorisationCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
        before, at = case.state, clock.read()
        case.approve()
        case.revision += 1
        case.state_since = at
        case._history_user, case._change_reason = chief, "approve"
        case.save()
        ProcessEvent.objects.create(
            case=case, revision=case.revision, verb="approve", from_state=before,
            to_state=case.state, at=at, by=chief.person, role="chief",
        )  # fmt: skip


def approve_on_its_page(case, browser):
    given = {"key": str(uuid.uuid4()), "seen": case.revision}
    answer = browser.post(f"/authorisations/{case.number}/approve/", given)
    if answer.status_code != 303:
        raise RuntimeError(f"approve answers {answer.status_code}")


def letters() -> dict:
    """The same letter by our press and by WeasyPrint warm in this process."""
    document = Document.objects.filter(template="agreement").order_by("pk").first()
    html = compose.compose(document.template, document.context, document.language)

    def ours():
        made = compose.compose(document.template, document.context, document.language)
        return render.render(made)

    def warm():
        document = weasyprint.HTML(string=html, url_fetcher=drawing.DataOnly())
        return document.write_pdf(
            font_config=FontConfiguration(), pdf_variant=drawing.VARIANT, pdf_tags=True
        )

    return {"ours": ours, "warm WeasyPrint": warm}


def letter_in_the_request(chief) -> int:
    """How many letters a rejection with its letter draws before it answers; 0 is right."""
    case = AuthorisationCase.objects.filter(state="submitted").order_by("-pk").first()
    browser, before = client(chief), Rendering.objects.count()
    given = {"key": str(uuid.uuid4()), "seen": case.revision, "reason": "Ikke varigt."}
    answer = browser.post(f"/authorisations/{case.number}/reject/", given)
    issued = Document.objects.filter(case=case, template="rejection").count()
    if answer.status_code != 303 or not issued:
        raise RuntimeError(f"reject answers {answer.status_code} with {issued} letters issued")
    return Rendering.objects.count() - before


def imports(staff) -> dict:
    """The 29 shipped institutions under new names: previewed and brought in, and saved by hand."""

    def fresh():
        n = next(IMPORTED)
        return [
            row | {"name_da": f"{row['name_da']} {n}", "authorisation_number": ""}
            for row in test_import.register()
        ]

    return {
        "ours": lambda: test_import.bring(test_import.as_csv(fresh()), staff),
        "by hand": lambda: [by_hand(row, staff) for row in fresh()],
    }


@transaction.atomic
def by_hand(row, staff):
    """What one would write without preview, rules, case, event and batch."""
    at, person = clock.read(), staff["responsible"].person
    institution = Institution.objects.create(
        name_da=row["name_da"], cvr=row["cvr"], type=row["type"], price_group="public",
        schemes=["researcher"], mail_domains=row["mail_domains"].split(";"),
    )  # fmt: skip
    head = Person.objects.create(name=row["responsible_name"], mail=row["responsible_mail"])
    fact = {"institution": institution, "from_at": at, "recorded_at": at, "recorded_by": person}
    AuthorisationPeriod.objects.create(**fact)
    EnterpriseRight.objects.create(right="full", **fact)
    RoleHolding.objects.create(person=head, role="responsible", **fact)
