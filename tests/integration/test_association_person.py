"""Who is on record already, and what a new association says of them: taken over, or refused in words."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from fsesys.core import clock, correcting, undoing
from fsesys.core.documents import Document, Notice
from fsesys.core.people import Person
from fsesys.core.refusal import Refused
from researchers.association import actions
from researchers.association.models import AssociationCase
from researchers.records import Researcher
from tests import people
from tests.integration.test_association import applications_file, home, told  # noqa: F401
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff_in_english")]
DAY = dt.timedelta(days=1)
ONLY = {"name": "", "birth_year": None, "citizenship": "", "country": ""}  # nothing new is told


@pytest.fixture
def second(walk_to, home):  # noqa: F811
    """Another authorised institution, with the clock on a day when both are."""
    walked = walk_to("authorised")
    with at(max(walked.day, clock.today()) + DAY):
        yield walked.case().institution


def record(person):
    return Researcher.objects.get(person=person)


def requested(client, institution, **typed):
    """The request typed on its page: the answer."""
    url = f"/institutions/{institution.pk}/association/register_request/"
    form = client.get(url).context["form"]
    papers = {name: applications_file(name) for name in ("agreement", "declaration")}
    typed = {"type": "employee", "received_on": f"{clock.today():%d-%m-%Y}", "seen": 0,
             "key": str(uuid.uuid4()), "language": form["language"].value() or ""} | typed  # fmt: skip
    return client.post(url, typed | papers)


def test_who_is_on_record_but_no_researcher_is_told_in_full(home, staff, client):  # noqa: F811
    client.force_login(staff["secretary"])
    head = people.head(home)
    page = requested(client, home, known=head.mail)
    words = f"{head.name} is on record, but is no researcher yet. Write year of birth"
    assert page.status_code == 409 and words in page.content.decode()
    page = requested(client, home, known=head.mail, birth_year="1970")
    assert page.status_code == 409 and "two capital letters" in page.content.decode()
    typed = {"birth_year": "1970", "citizenship": "dk", "country": "SE", "title": "professor",
             "language": "en"}  # fmt: skip
    assert requested(client, home, known=head.mail, **typed).status_code == 303
    case = AssociationCase.objects.get()
    found = record(head)
    assert case.person == head and Person.objects.get(pk=head.pk).title == "professor"
    assert (found.birth_year, found.citizenship, found.country) == (1970, "DK", "SE")
    assert found.language == "en"


def test_a_new_association_takes_over_what_changed_and_keeps_the_rest(
    home, second, staff, client  # noqa: F811
):  # fmt: skip
    person = people.active(home, staff, language="en", title="postdoc").person
    client.force_login(staff["secretary"])
    mail = f"s@{second.mail_domains[0]}"
    page = requested(client, second, known=record(person).ident, mail=mail, birth_year="1970")
    assert page.status_code == 409 and "was born in 1985" in page.content.decode()
    page = requested(client, second, known=record(person).ident, mail=mail, country="Sweden")
    assert page.status_code == 422
    typed = {"citizenship": "DE", "country": "se", "employer": "Karolinska"}
    done = requested(client, second, known=record(person).ident.lower(), mail=mail, **typed)
    assert done.status_code == 303
    found = record(person)
    assert (found.citizenship, found.country, found.employer) == ("DE", "SE", "Karolinska")
    assert (found.birth_year, found.language) == (1985, "en")
    assert Person.objects.get(pk=person.pk).title == "postdoc"


def test_the_mail_of_somebody_else_is_not_taken(home, staff):  # noqa: F811
    one, other = people.active(home, staff), people.requested(home, staff, "Sara Sand")
    people.ended(one, staff)
    typed = ONLY | {"person": one.person, "mail": other.mail}
    words = told(people.requested, home, staff, **typed)
    assert "belongs to Sara Sand on record. If both are one human being, link" in words
    with pytest.raises(Refused, match="belongs to Rikke Rask on record"):
        correcting.correct(other, by=staff["secretary"], what="mail", value=one.mail, reason="x")


def test_letters_go_to_the_mail_of_the_association_and_then_it_is_the_persons(
    home, second, staff, client  # noqa: F811
):  # fmt: skip
    person = people.active(home, staff).person
    mail = f"s@{second.mail_domains[0]}"
    case = people.requested(second, staff, person=person, mail=mail, **ONLY)
    client.force_login(staff["secretary"])
    page = client.get(f"/association-cases/association/{case.number}/register_approval/")
    assert mail in page.content.decode() and person.mail not in page.content.decode()
    actions.register_approval(case, by=staff["secretary"], **people.answered(second))

    def sent(template):
        document = Document.objects.get(case=case, template=template)
        return Notice.objects.get(document=document).to_mail

    assert sent("association_agreement") == mail
    assert Person.objects.get(pk=person.pk).mail == person.mail  # not before it is active
    actions.activate(case, by=staff["secretary"], **people.identified(case, staff))
    assert sent("association_welcome") == mail == Person.objects.get(pk=person.pk).mail


@pytest.mark.usefixtures("waiting")
def test_what_was_taken_over_goes_back_when_the_step_is_undone(home, second, staff):  # noqa: F811
    person = people.active(home, staff).person
    mail = f"s@{second.mail_domains[0]}"
    told_now = ONLY | {"country": "SE", "title": "lektor"}
    case = people.requested(second, staff, person=person, mail=mail, **told_now)
    assert record(person).country == "SE"
    case = undoing.undo(case, by=staff["secretary"]).case
    assert case.state == "withdrawn" and record(person).country == "DK"
    assert Person.objects.get(pk=person.pk).title == person.title
    case = people.approved(second, staff, person=person, mail=mail, **ONLY)
    actions.activate(case, by=staff["secretary"], **people.identified(case, staff))
    undoing.undo(AssociationCase.objects.get(pk=case.pk), by=staff["secretary"])
    assert Person.objects.get(pk=person.pk).mail == person.mail


def test_who_refused_is_registered_as_who_approved_is(home, staff, client):  # noqa: F811
    case = people.requested(home, staff)
    client.force_login(staff["secretary"])
    page = f"/association-cases/association/{case.number}/"
    today = f"{clock.today():%d-%m-%Y}"
    typed = {"key": str(uuid.uuid4()), "seen": 1, "reason": "Not ours.", "channel": "phone"}
    assert client.post(f"{page}register_refusal/", typed).status_code == 422
    typed |= {"answered_by": people.head(home).pk, "answered_on": today}
    upload = applications_file("refusal")
    assert client.post(f"{page}register_refusal/", typed | {"upload": upload}).status_code == 303
    case = AssociationCase.objects.get(pk=case.pk)
    assert (case.answered_by, case.answered_on) == (people.head(home), clock.today())
    assert case.documents.filter(title="Answer of the institution", kind="letter").exists()
    shown = client.get(page).content.decode()
    assert "Refused by" in shown and "Refused on" in shown and "Approved on" not in shown
    other = people.requested(home, staff, "Sara Sand")
    with pytest.raises(Refused, match="Give a reason"):
        actions.register_refusal(other, by=staff["secretary"], reason=" ", **people.answered(home))
    typed = {"key": str(uuid.uuid4()), "seen": 1, "channel": "mail",
             "answered_by": people.head(home).pk, "answered_on": today}  # fmt: skip
    page = f"/association-cases/association/{other.number}/register_approval/"
    assert client.post(page, typed).status_code == 422  # without the document
