"""Corrections in processes 2 and 3 and of holds: by two people where something rested on the value,
true from then on for every past day, and as known before as it was known."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from fsesys.core import clock, correcting, outdated, pending
from fsesys.core.documents import Document, Signature
from fsesys.core.pending import PendingDecision
from fsesys.core.people import Person
from fsesys.core.refusal import NeedsSecond, NotYours, Refused
from institutions.hold import actions as holds
from institutions.records import InstitutionHold
from projects.proposal.models import ProposalCase
from projects.records import DataBasis, Grant, ProjectPeriod
from researchers.association.models import AssociationCase
from researchers.certification import actions as tests_taken
from researchers.records import Association, CertificationPass, Researcher
from tests import people, projects
from tests.integration.test_grant import actions as grants
from tests.integration.test_grant import granted, office  # noqa: F401
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff_in_english")]
DAY = dt.timedelta(days=1)


@pytest.fixture
def home(walk_to):
    walked = walk_to("authorised")
    with at(walked.day + DAY):
        yield walked.case().institution


def fresh(case):
    return type(case).objects.get(pk=case.pk)


def typed(value) -> str:
    """The value as it is typed into its field."""
    if isinstance(value, dict):
        return f"{value['name']}, {value['mail']}"
    return f"{value:%d-%m-%Y}" if isinstance(value, dt.date) else value


def two(case, staff, what, value, second="officer", **more):
    """The secretary proposes the right value, the other one confirms it."""
    return pending.confirm(proposed(fresh(case), staff, what, value, **more), by=staff[second])


def proposed(case, staff, what, value, **more):
    """The right value waits for a second person: the proposal."""
    with pytest.raises(NeedsSecond):
        correcting.correct(case, by=staff["secretary"], what=what, value=value, reason="Mistyped.")
    data = {"what": what, "value": typed(value), "reason": "Mistyped."} | more
    pending.attempt(case, "correct", by=staff["secretary"], key=None, seen=case.revision,
                    data=QueryDict(urlencode(data, doseq=True)))  # fmt: skip
    return PendingDecision.objects.get(case=case, outcome="")


def told(case, staff, what, value) -> str:
    with pytest.raises(Refused) as refused:
        correcting.correct(fresh(case), by=staff["secretary"], what=what, value=value,
                           reason="Mistyped.")  # fmt: skip
    return " ".join(refused.value.refusals)


def test_the_days_of_an_association(home, staff):
    case, began = people.active(home, staff), clock.today()
    assert "after today" in told(case, staff, "began_on", began + DAY)
    two(case, staff, "began_on", began - 9 * DAY)
    fact = Association.objects.known().get()
    assert (fact.from_at, fact.to_at) == (clock.midnight(began - 9 * DAY), None)
    assert "Choose what to correct" in told(case, staff, "ended_on", began)
    with at(began + 30 * DAY):
        people.ended(case, staff, last_on=began + 40 * DAY)
        known = clock.now()
    with at(began + 31 * DAY):
        assert "can not have ended before" in told(case, staff, "ended_on", began - 20 * DAY)
        event = two(case, staff, "ended_on", began + 20 * DAY)
        assert (
            event.by == staff["officer"].person and event.proposed_by == staff["secretary"].person
        )
        assert fresh(case).ended_on == began + 20 * DAY
        rows = Association.objects
        assert rows.known().get().to_at == clock.after(began + 20 * DAY)
        then = clock.midnight(began + 25 * DAY)
        assert not rows.at(then).exists() and rows.as_known(then, known).exists()


def test_the_name_and_the_approval_of_an_association(home, staff):
    case = people.active(home, staff, "Rike Rask")
    assert "responsible nor substitute" in told(case, staff, "answered_on", dt.date(2020, 1, 1))
    assert "two capital letters" in told(case, staff, "citizenship", "dk")
    welcome = Document.objects.get(template="association_welcome")
    two(case, staff, "person_name", "Rikke Rask", again=[welcome.number])
    assert Person.objects.get(pk=case.person_id).name == "Rikke Rask"
    anew = Document.objects.get(template="association_welcome", replaces=welcome)
    assert "Rikke Rask" in str(anew.context) and "Rike" not in str(anew.context)
    two(case, staff, "birth_year", 1986)
    assert Researcher.objects.get(person=case.person_id).birth_year == 1986
    made = clock.today()
    assert "nobody signed it before" in told(case, staff, "them_signed_on", made - DAY)
    with at(made + 3 * DAY):
        two(case, staff, "them_signed_on", made + DAY)
    signature = Signature.objects.standing().get(document__case=case)
    assert signature.signed_on == made + DAY
    assert signature.confirmed_by == staff["officer"].person
    received = correcting.correct(fresh(case), by=staff["secretary"], what="received_on",
                                  value=clock.today() - DAY, reason="The stamp.")  # fmt: skip
    assert received.case.received_on == clock.today() - DAY  # nothing rested on it: one person


def test_the_mail_and_what_else_is_said_of_the_person(home, staff):
    case = people.active(home, staff, mail=f"rike@{home.mail_domains[0]}")
    right = f"rikke@{home.mail_domains[0]}"
    assert "is not a mail of the institution" in told(case, staff, "mail", "rikke@example.org")
    welcome = Document.objects.get(template="association_welcome")
    agreement = Document.objects.get(template="association_agreement")
    found = outdated.letters(fresh(case), correcting.one(fresh(case), "mail"))
    assert agreement not in found  # signed: it stays as it is
    two(case, staff, "mail", right)
    assert fresh(case).mail == right == Person.objects.get(pk=case.person_id).mail
    two(case, staff, "employer", "Analyse ApS")
    two(case, staff, "language", "en")
    found = Researcher.objects.get(person=case.person_id)
    assert (found.employer, found.language) == ("Analyse ApS", "en")
    for what in ("employer", "language"):  # no letter says it
        assert outdated.letters(fresh(case), correcting.one(fresh(case), what)) == []
    assert welcome.notices.get().to_mail != right


def test_a_letter_with_a_wrong_mail_is_sent_to_the_right_one(home, staff):
    case = people.approved(home, staff, mail=f"rike@{home.mail_domains[0]}")
    right = f"rikke@{home.mail_domains[0]}"
    agreement = Document.objects.get(template="association_agreement")
    two(case, staff, "mail", right, again=[agreement.number])
    anew = Document.objects.get(template="association_agreement", replaces=agreement)
    assert anew.context["mail"] == right and anew.notices.get().to_mail == right


def test_a_result_of_the_test(home, staff):
    researcher = Researcher.objects.get(person=people.active(home, staff).person_id)
    today = clock.today()
    case = tests_taken.register_result(researcher, by=staff["secretary"], taken_on=today,
                                       correct=10).case  # fmt: skip
    assert "after today" in told(case, staff, "taken_on", today + DAY)
    two(case, staff, "taken_on", today - 3 * DAY)
    assert CertificationPass.objects.known().get().passed_on == today - 3 * DAY
    again = tests_taken.register_result(researcher, by=staff["secretary"], taken_on=today,
                                        correct=10).case  # fmt: skip
    assert "on record already" in told(again, staff, "taken_on", today - 3 * DAY)
    with pytest.raises(NeedsSecond):
        tests_taken.withdraw(fresh(case), by=staff["secretary"], reason="Somebody else's.")
    pending.attempt(fresh(case), "withdraw", by=staff["secretary"], key=None, seen=None,
                    data=QueryDict("reason=Somebody+else%27s."))  # fmt: skip
    proposal = PendingDecision.objects.get(outcome="")
    with pytest.raises(Refused):
        pending.confirm(proposal, by=staff["secretary"])
    assert pending.confirm(proposal, by=staff["officer"]).to_state == "withdrawn"
    assert CertificationPass.objects.known().get().passed_on == today  # only the other one counts


def test_the_last_day_of_an_access(office, staff):  # noqa: F811
    case, today = granted(office), clock.today()
    with clock.moved(clock.now() + 5 * DAY):
        grants.end(fresh(case), by=staff["officer"], reason="Done", last_on=today + 20 * DAY)
        assert "before the first" in told(case, staff, "last_on", today - DAY)
        two(case, staff, "last_on", today + 10 * DAY)
        assert Grant.objects.known().get().to_at == clock.after(today + 10 * DAY)
        assert "held no role" in told(case, staff, "asked_on", dt.date(2020, 1, 1))


def test_a_project_in_force(home, staff):
    project = projects.project_in_force(home, staff)
    case, period = ProposalCase.objects.get(), ProjectPeriod.objects.known().get()
    last = clock.last_day(period.to_at)
    assert "before the first" in told(case, staff, "last_on", clock.day_of(period.from_at) - DAY)
    two(case, staff, "last_on", last - DAY)
    ends = {*ProjectPeriod.objects.known().values_list("to_at", flat=True),
            *DataBasis.objects.known().values_list("to_at", flat=True)}  # fmt: skip
    assert ends == {clock.after(last - DAY)}
    two(case, staff, "title", "Life courses of nurses")
    project.refresh_from_db()
    assert project.title == "Life courses of nurses"
    assert "after today" in told(case, staff, "them_signed_on", clock.today() + DAY)
    made = clock.today()
    with at(made + 3 * DAY):
        two(case, staff, "them_signed_on", made + DAY)
    assert ProjectPeriod.objects.known().get().signed_on == made + DAY


def test_the_last_day_of_a_hold_is_confirmed_by_who_may_stop(home, staff):
    case = holds.place_hold(home, by=staff["head"], reason="Breach.", cause="Braech",
                            until_on=clock.today() + 90 * DAY).case  # fmt: skip
    with pytest.raises(NotYours):
        two(case, staff, "until_on", clock.today() + 9 * DAY, second="officer")
    proposal = PendingDecision.objects.get(case=case, outcome="")
    pending.confirm(proposal, by=staff["head"])
    fact = InstitutionHold.objects.known().get()
    assert fact.to_at == clock.after(clock.today() + 9 * DAY)
    two(case, staff, "cause", "Breach", second="chief")
    assert InstitutionHold.objects.known().get().cause == "Breach" == fresh(case).cause
    assert "before the first" in told(case, staff, "until_on", clock.today() - DAY)


def test_the_page_offers_what_can_be_corrected(home, staff, client):
    case = people.active(home, staff)
    client.force_login(staff["secretary"])
    here = f"/association-cases/association/{AssociationCase.objects.get(pk=case.pk).number}/"
    assert f"{here}correct/" in client.get(here).content.decode()
    page = client.get(f"{here}correct/").content.decode()
    assert "?what=began_on" in page and "?what=ended_on" not in page
    page = client.get(f"{here}correct/?what=began_on").content.decode()
    assert "Activate association" in page  # the decision that rested on it
