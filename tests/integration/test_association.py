"""Requested, approved, activated, ended: a person associated with an institution, by its rules."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fsesys.core import clock, dependants, jobs, pending, undoing
from fsesys.core.documents import Document, Notice
from fsesys.core.letters.compose import compose
from fsesys.core.pending import PendingDecision
from fsesys.core.people import Person
from fsesys.core.refusal import NeedsSecond, NotYours, Refused
from fsesys.desk import work
from fsesys.desk.demo import applications
from institutions.hold import actions as holds
from institutions.records import RoleHolding
from researchers import doubles, idents
from researchers.association import actions
from researchers.association.models import AssociationCase
from researchers.records import Association, Researcher
from tests import people
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff_in_english")]


@pytest.fixture
def home(walk_to):
    """An authorised institution, with the clock on the day after its registration."""
    walked = walk_to("authorised")
    with at(walked.day + dt.timedelta(days=1)):
        yield walked.case().institution


def later():
    """An hour on: what begins and ends at one instant was never so."""
    return clock.moved(clock.now() + dt.timedelta(hours=1))


def told(call, *args, **typed) -> str:
    with pytest.raises(Refused) as refused:
        call(*args, **typed)
    return " ".join(refused.value.refusals)


def test_a_person_is_associated_from_the_request_to_the_end(home, staff):
    case = people.requested(home, staff)
    key = f"association:{case.person_id}:{home.pk}"
    assert (case.state, case.subject_key) == ("requested", key)
    assert case.responsible == staff["secretary"].person and case.documents.count() == 2
    assert not Association.objects.exists() and case.person.researcher.ident is None
    case = actions.register_approval(case, by=staff["secretary"], **people.answered(home)).case
    assert case.state == "approved" and case.due_on
    event = actions.activate(case, by=staff["secretary"], **people.identified(case, staff))
    fact, researcher = Association.objects.get(), Researcher.objects.get()
    assert (fact.from_at, fact.to_at, fact.agreement_id) == (event.at, None, case.pk)
    assert researcher.ident == "RRA" and researcher.proof_by == staff["secretary"].person
    letter = Document.objects.get(template="association_welcome")
    assert letter.context["ident"] == "RRA" and "adgangskode" in compose_of(letter)
    assert Notice.objects.filter(document=letter, to_mail=case.person.mail).exists()
    with later():
        event = people.ended(case, staff)
    known = Association.objects.known().get()
    assert known.to_at == event.at and event.case.state == "ended" and event.case.closed_at
    again = people.active(home, staff, person=case.person)  # a new agreement, the same ident
    assert again.pk != case.pk and Researcher.objects.get().ident == "RRA"


def compose_of(letter, language="da"):
    return compose(letter.template, letter.context | {"language": language}, language)


def test_every_letter_is_written_in_both_languages_and_the_agreement_is_a_pdf(home, staff):
    case = people.active(home, staff)
    people.ended(case, staff)
    other = people.requested(home, staff, "Sara Sand")
    actions.register_refusal(other, by=staff["secretary"], reason="Not ours.",
                             **people.answered(home))  # fmt: skip
    letters = {d.template: d for d in Document.objects.filter(template__startswith="association")}
    assert len(letters) == 4
    for letter in letters.values():
        assert letter.context["person"] in compose_of(letter)
        assert letter.context["institution"] in compose_of(letter, "en")
    pdf = jobs.pdf_of(letters["association_agreement"])
    assert bytes(pdf.file.content).startswith(b"%PDF")


def test_a_request_is_refused_in_words_and_leaves_nothing(home, staff):
    before = Person.objects.count()
    wrong = [
        ({"mail": "rikke@example.org"}, "is not a mail of the institution"),
        ({"birth_year": None}, "Write name and year of birth"),
        ({"birth_year": 85}, "between 1900 and"), ({"country": "Danmark"}, "two capital letters"),
        ({"received_on": clock.today() + dt.timedelta(days=1)}, "received after today"),
        ({"declaration": None}, "both as PDF"), ({"type": "guest"}, "Name the employee"),
        ({"person": people.head(home), "birth_year": None}, "is no researcher yet. Write year"),
        ({"answerable": people.head(home)}, "Only a guest or a student"),
        ({"type": "student", "answerable": people.head(home)}, "can not answer for anybody"),
    ]  # fmt: skip
    for typed, words in wrong:
        assert words in told(people.requested, home, staff, **typed), typed
    for who in ("officer", "head", "auditor"):
        with pytest.raises(NotYours):
            people.requested(home, staff | {"secretary": staff[who]})
    holds.place_hold(home, by=staff["head"], reason="x", cause="Breach", condition="Approved")
    assert "suspended" in told(people.requested, home, staff)
    assert Person.objects.count() == before and not AssociationCase.objects.exists()
    assert not Researcher.objects.exists()


def test_likely_doubles_are_confirmed_by_name(home, staff):
    first = people.requested(home, staff, "Åse Ræbild Io").person
    alike = ["Aase Ræbild Io", "Ase Raebild 1o", "Åse Ræbild lo", "ÅSE RÆBILD IО"]
    for name in alike:
        words = told(people.requested, home, staff, name, mail="new@" + first.mail.split("@")[1])
        assert "Åse Ræbild Io" in words and "may be the same person" in words, name
    same_mail = told(people.requested, home, staff, "Bo Borg", mail=first.mail.upper())
    assert "may be the same person" in same_mail
    assert doubles.likely("Åse Ræbild Io", "", 1950) == []  # born in another year
    event = people.requested(home, staff, alike[0], apart=[first.pk])
    assert event.person != first
    assert "still open" in told(people.requested, home, staff, person=first)


def test_who_approves_had_the_role_that_day_and_is_somebody_else(home, staff):
    case, head = people.requested(home, staff), people.head(home)
    stranger, today = Person.objects.create(name="Sture"), clock.today()

    def approve(person, day=today, verb=actions.register_approval, **more):
        answer = people.answered(home, answered_by=person, answered_on=day)
        return verb(case, by=staff["secretary"], **answer | more)

    assert "neither responsible nor substitute" in told(approve, stranger)
    assert "neither" in told(approve, head, today - dt.timedelta(days=400))
    assert "answered after today" in told(approve, head, today + dt.timedelta(days=1))
    assert "File the document" in told(approve, head, upload=None)
    refuse = {"verb": actions.register_refusal, "reason": "Not ours."}
    assert "neither responsible nor substitute" in told(approve, stranger, **refuse)
    Person.objects.filter(pk=case.person_id).update(same_as=head)
    case.person.refresh_from_db()
    for more in ({}, refuse):
        assert "Nobody approves or refuses their own" in told(approve, head, **more)


def test_a_member_of_staff_who_belongs_there_does_not_decide(home, staff):
    held = RoleHolding.objects.known().first()
    secretary = staff["secretary"].person
    RoleHolding.objects.create(
        institution=home, person=secretary, role="user", from_at=held.from_at,
        recorded_at=held.from_at, recorded_by=held.recorded_by,
    )  # fmt: skip
    assert "belong to this institution yourself" in told(people.requested, home, staff)


def test_activation_asks_signature_proof_and_ident(home, staff):
    case, other = people.approved(home, staff), people.active(home, staff, "Sara Sand")
    wrong = [
        ({"signer": 0}, "must be signed by Rikke Rask"),
        ({"signed_on": clock.today() + dt.timedelta(days=1)}, "lies in the future"),
        ({"signed_on": clock.today() - dt.timedelta(days=9)}, "was sent on"),
        ({"proof": ""}, "which proof"), ({"proof_by": case.person}, "not on our staff"),
        ({"proof_on": clock.today() + dt.timedelta(days=1)}, "seen after today"),
        ({"ident": "R1"}, "three or four capital letters"),
        ({"ident": other.person.researcher.ident}, "taken for ever. Free is RRA"),
    ]  # fmt: skip
    for typed, words in wrong:
        typed = people.identified(case, staff, **typed)
        assert words in told(actions.activate, case, by=staff["secretary"], **typed)
    with pytest.raises(NeedsSecond):
        actions.activate(case, by=staff["secretary"],
                         **people.identified(case, staff, road="elsewhere"))  # fmt: skip
    assert (
        Association.objects.count() == 1 and AssociationCase.objects.get(pk=case.pk).revision == 2
    )


def test_idents_are_three_then_four_letters_and_never_given_twice(db):
    first = list(next(zip(range(1), idents.candidates("Søren Ø. Kierkegaard"), strict=False)))[1]
    assert first == "SOK"
    assert idents.propose("Li") and idents.propose("李") == "AAA"
    every = {one for one in idents.candidates("Bo")}
    assert len(every) == 26**3 + 26**4 and all(re.fullmatch("[A-Z]{3,4}", one) for one in every)
    person = Person.objects.create(name="Bo Ek")
    proposed = idents.propose("Bo Ek")
    Researcher.objects.create(person=person, ident=proposed, ident_closed_at=clock.now())
    assert idents.propose("Bo Ek") != proposed


@pytest.mark.usefixtures("waiting")
def test_on_whose_word_it_ends_and_when(home, staff):
    case, stranger = people.active(home, staff), Person.objects.create(name="Sture")
    day = dt.timedelta(days=1)
    assert "neither administrator" in told(people.ended, case, staff, asked_by=stranger)
    assert "after today" in told(people.ended, case, staff, asked_on=clock.today() + day)
    assert "asked for before" in told(people.ended, case, staff, asked_on=dt.date(1901, 1, 1))
    assert "can not have ended before" in told(
        people.ended, case, staff, last_on=clock.today() - day
    )
    assert "Write why" in told(people.ended, case, staff, end_reason=" ")
    last = clock.today() + 3 * day
    event = people.ended(case, staff, by="officer", asked_by=people.head(home), last_on=last)
    fact = Association.objects.known().get()
    assert fact.to_at == clock.after(last) and event.case.ended_on == last
    for longer in (last, last + day):
        assert "only an earlier end" in told(people.ended, case, staff, last_on=longer)
    event = people.ended(case, staff, last_on=last - 2 * day)  # brought forward
    assert Association.objects.known().get().to_at == clock.after(last - 2 * day)
    undoing.undo(event.case, by=staff["secretary"])  # and back: the first end stands
    assert Association.objects.known().get().to_at == clock.after(last)
    with clock.moved(clock.midnight(last) + day / 2):  # on its own last day it can end at once
        undone = people.ended(case, staff)
        assert not Association.objects.at(clock.now()).exists()
        undoing.undo(undone.case, by=staff["secretary"])
    with clock.moved(clock.after(last)):
        assert "has ended already" in told(people.ended, case, staff)
    letters = Document.objects.filter(template="association_ended")
    assert all(letter.context["last_on"] for letter in letters)


def test_an_end_told_late_is_true_from_its_own_day(home, staff):
    case, day = people.active(home, staff), dt.timedelta(days=1)
    began = Association.objects.get().from_at
    with clock.moved(began + 9 * day):
        event = people.ended(case, staff, last_on=clock.today() - 4 * day)
        now = clock.now()
    last = clock.day_of(began + 5 * day)
    rows = Association.objects
    assert rows.known().get().to_at == clock.after(last) and event.case.ended_on == last
    assert not rows.at(began + 6 * day).exists() and rows.at(began + 5 * day).exists()
    assert rows.as_known(began + 6 * day, now - day).exists()  # as it was known then


@pytest.mark.usefixtures("waiting")
def test_guests_get_a_task_when_their_answerable_employee_leaves(home, staff):
    employee = people.active(home, staff)
    guest = people.active(home, staff, "Gitte Gæst", "guest", answerable=employee.person)
    assert "hangs on it has changed" in told(people.ended, employee, staff, listed=())
    assert "Confirm that 1 thing" in told(people.ended, employee, staff, confirmed=False)
    with later():
        event = people.ended(employee, staff)
    assert event.facts["dependants"] == [f"answerable:{guest.pk}"]
    assert Association.objects.at(event.at).get().agreement_id == guest.pk  # not lost
    secretary = staff["secretary"].person
    tasks = work.tasks(secretary, frozenset(["secretary"]))
    assert [t["number"] for t in tasks] == [guest.number]
    boss = Person.objects.create(name="Bo Boss")
    assert "can not answer" in told(
        actions.name_answerable, guest, by=staff["secretary"], answerable=boss
    )
    with later():
        undoing.undo(event.case, by=staff["secretary"])
        assert Association.objects.at(clock.now()).count() == 2
        assert "stands again" in guest.events.order_by("pk").last().reason
        other = people.active(home, staff, "Sara Sand")
        told_all = {"by": staff["secretary"], "answerable": other.person}
        assert "Only a guest" in told(actions.name_answerable, employee, **told_all)
        case = actions.name_answerable(guest, **told_all).case
        assert (case.answerable, case.state) == (other.person, "active")
        assert work.tasks(secretary, frozenset(["secretary"])) == []


def test_a_guest_whose_answerable_employee_has_a_last_day_by_then_gets_the_task_at_once(
    home, staff
):
    leaving, stays = people.active(home, staff), people.active(home, staff, "Sara Sand")
    last = clock.today() + dt.timedelta(days=30)
    people.ended(leaving, staff, by="officer", last_on=last)
    first = people.active(home, staff, "Gitte Gæst", "guest", answerable=leaving.person)
    second = people.active(home, staff, "Gorm Gæst", "guest", answerable=stays.person)
    secretary = staff["secretary"].person
    numbers = [t["number"] for t in work.tasks(secretary, frozenset(["secretary"]))]
    assert numbers == [first.number]
    note = first.events.order_by("pk").last()
    assert leaving.number in note.reason and note.by == secretary
    assert first.revision == note.revision
    told_all = {"by": staff["secretary"], "answerable": leaving.person, "seen": second.revision}
    second = actions.name_answerable(second, **told_all).case
    assert second.events.order_by("pk").last().verb == "note"
    actions.name_answerable(first, by=staff["secretary"], answerable=stays.person)
    numbers = [t["number"] for t in work.tasks(secretary, frozenset(["secretary"]))]
    assert numbers == [second.number]


def test_the_institution_lists_its_associations_when_it_ends(home, staff):
    case = people.active(home, staff)
    rows = [r for r in dependants.of(home.subject_key, clock.now()) if r.kind == "association"]
    assert [row.key for row in rows] == [f"association:{case.pk}"]
    assert "Rikke Rask (employee): Associated" in rows[0].label


def test_the_pages_from_the_institution_to_the_end(home, staff, client):
    client.force_login(staff["secretary"])
    url = f"/institutions/{home.pk}/association/register_request/"
    assert url in client.get(f"/institutions/{home.pk}/").content.decode()
    assert client.get(url).status_code == 200
    twin = people.requested(home, staff, "Rikke Rask", mail=f"old@{home.mail_domains[0]}").person

    def post(path, files=(), **typed):
        typed |= {"key": str(uuid.uuid4()), "seen": 9}
        for name in files:
            typed[name] = applications_file(name)
        return client.post(path, typed)

    typed = people.request(home) | {"received_on": f"{clock.today():%d-%m-%Y}", "language": "en"}
    typed = {k: v for k, v in typed.items() if k not in ("agreement", "declaration")}
    papers = ("agreement", "declaration")
    assert post(url, typed["name"] and (), **typed).status_code == 422
    both = post(url, papers, **typed, known=twin.mail)
    assert both.status_code == 422 and "not both" in both.content.decode()
    page = post(url, papers, **typed)
    assert page.status_code == 409 and "is somebody else" in page.content.decode()
    assert post(url, papers, **typed, apart=[twin.pk]).status_code == 303
    case = AssociationCase.objects.latest("pk")
    here = f"/association-cases/association/{case.number}/"
    today = f"{clock.today():%d-%m-%Y}"
    page = post(f"{here}register_approval/", ["upload"], answered_by=people.head(home).pk,
                answered_on=today, channel="mail")  # fmt: skip
    assert page.status_code == 303
    form = client.get(f"{here}activate/").context["form"]
    assert form["ident"].value() == "RRA"
    done = post(f"{here}activate/", ["upload"], road="scan", signer=case.person_id, proof="mitid",
                signed_on=today, proof_on=today, proof_by=staff["secretary"].person_id,
                ident="rrx")  # fmt: skip
    assert done.status_code == 303
    assert Researcher.objects.get(person=case.person_id).ident == "RRX"
    page = client.get(here).content.decode()
    assert "Rikke Rask (RRX)" in page and "since" in page
    guest = people.requested(home, staff, "Gitte Gæst", "guest", answerable=case.person)
    page = client.get(f"{here}end/")
    assert "Gitte Gæst (guest) needs another answerable employee" in page.content.decode()
    said = {"asked_by": case.person_id, "asked_on": today, "channel": "phone",
            "end_reason": "New post", "listed": f"answerable:{guest.pk}"}  # fmt: skip
    assert post(f"{here}end/", **said).status_code == 409
    assert post(f"{here}end/", **said, confirmed="on").status_code == 303
    assert not Association.objects.at(clock.now()).exists()


def test_a_copy_signed_elsewhere_is_confirmed_by_a_second_person(home, staff, client):
    case, today = people.approved(home, staff), f"{clock.today():%d-%m-%Y}"
    client.force_login(staff["secretary"])
    typed = {
        "upload": applications_file("elsewhere"), "road": "elsewhere", "signer": case.person_id,
        "signed_on": today, "proof": "eidas", "proof_on": today, "ident": "RRA", "seen": 2,
        "document_number": case.documents.get(template="association_agreement").number,
        "proof_by": staff["secretary"].person_id, "key": str(uuid.uuid4()),
    }  # fmt: skip
    url = f"/association-cases/association/{case.number}/activate/"
    assert client.post(url, typed).status_code == 303 and not Association.objects.exists()
    proposal = PendingDecision.objects.get()
    assert "must confirm" in told(pending.confirm, proposal, by=staff["secretary"])
    pending.confirm(proposal, by=staff["responsible"])
    fact = Association.objects.get()
    assert fact.recorded_by == staff["responsible"].person
    assert Researcher.objects.get().proof == "eidas"


def applications_file(name):
    shown, kind, content = applications.pdf(f"{name} {uuid.uuid4()}", f"{name}.pdf")
    return SimpleUploadedFile(shown, content, kind)
