"""An extension while the responsible person changes: who is written to, who is named, who signs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from fsesys.core import clock, undoing, workdays
from fsesys.core.refusal import Refused
from fsesys.desk.demo import applications
from institutions import selectors
from institutions.limiting.actions import end_right
from institutions.records import EnterpriseRight, RoleHolding
from institutions.responsible import actions as responsible
from institutions.responsible.models import ResponsibleCase
from tests.integration.test_corrected_research import told, two
from tests.integration.test_extension import Way, way  # noqa: F401
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff_in_english")]
NEW = {"name": "Nanna Holst", "mail": "nanna@ku.dk", "title": "Head of department"}


def changed(way, left_on=None, signs=True):  # noqa: F811
    """Another person becomes responsible; or only leaves, where nobody signs yet."""
    way.day = workdays.after(way.day, 2)
    typed = NEW | {"asked_by": "The dean", "asked_on": way.day, "left_on": left_on,
                   "upload": applications.pdf(f"asked {way.number}", "asked.pdf")}  # fmt: skip
    with at(way.day):
        case = responsible.register_change(way.institution, by=way.staff["secretary"], **typed).case
    if not signs:
        return case
    with clock.moved(applications.noon(way.day) + dt.timedelta(hours=1)):
        copy = applications.pdf(f"declared {way.number}", "declared.pdf")
        return responsible.register_signature(
            ResponsibleCase.objects.get(pk=case.pk), by=way.staff["secretary"], road="scan",
            upload=copy, signed_on=way.day, signer=case.person_id,
        ).case  # fmt: skip


def sign(way, signer, signed_on):  # noqa: F811
    return way.do("register_counter_signature", "secretary", road="scan", signer=signer,
                  signed_on=signed_on, upload=applications.pdf("theirs", "theirs.pdf"))  # fmt: skip


def to_sent(way):  # noqa: F811
    way.do("approve", "chief")
    way.do("register_our_signature", "dst-secretary", road="scan", signed_on=way.day,
           upload=applications.pdf("ours", "ours.pdf"))  # fmt: skip
    way.do("send", "secretary")


def test_letters_follow_the_person_and_the_approval_asks_for_a_new_draft(way):  # noqa: F811
    way.to_submitted()
    old = way.case().head
    new = changed(way).person
    with pytest.raises(Refused, match=f"{old.name}, who is named in the agreement"):
        way.do("approve", "chief")
    way.do("return", "chief", reason="Another person is responsible.")
    way.do("ask", "responsible", questions=[("Data", "Which?")],
           due_on=workdays.after(way.day, 15))  # fmt: skip
    letter = way.case().documents.get(template="questions")
    assert letter.context["recipient"]["attention"] == new.name
    assert letter.notices.get().to_mail == new.mail
    way.do("continue_without_answer", "secretary", reason="Told by phone.")
    way.advise()
    way.do("draft_agreement", "secretary")
    assert way.case().head_id == new.pk
    terms = way.case().agreement_versions.order_by("version").last().terms
    assert terms["responsible"]["name"] == new.name
    way.do("submit", "responsible")
    to_sent(way)
    sign(way, new.pk, way.day)
    assert way.case().state == "in_force"


def test_what_the_former_person_signed_in_time_holds_and_later_does_not(way):  # noqa: F811
    way.to_submitted()
    to_sent(way)
    old, in_time = way.case().head_id, way.day
    changed(way)
    with pytest.raises(Refused, match="was responsible until"):
        sign(way, old, workdays.after(way.day, 1))
    sign(way, old, in_time)
    assert way.case().state == "in_force"


def test_redrafted_for_the_new_person(way):  # noqa: F811
    way.to_submitted()
    to_sent(way)
    new = changed(way).person
    way.do("redraft", "secretary", reason="Another person signs.")
    assert way.case().head_id == new.pk and way.case().agreement is None


def test_a_gap_is_told_on_the_open_case_and_stops_approval_and_dispatch(way):  # noqa: F811
    way.to_submitted()
    left = way.day
    changed(way, left_on=left, signs=False)
    client = Client()
    client.force_login(way.staff["auditor"])
    with at(way.day):
        assert not selectors.has_responsible(way.institution, clock.now())
        assert clock.last_day(selectors.gap_since(way.institution, clock.now())) == left
        page = client.get(f"/institution-cases/extension/{way.number}/").content.decode()
    assert "No responsible person since" in page
    with pytest.raises(Refused, match="no responsible person"):
        way.do("approve", "chief")


def test_who_has_left_gets_no_more_letters(way):  # noqa: F811
    way.to_submitted()
    changed(way, left_on=way.day, signs=False)
    client = Client()
    client.force_login(way.staff["chief"])
    with at(way.day):
        url = f"/institution-cases/extension/{way.number}/reject/"
        assert way.case().head.mail not in client.get(url).content.decode()
    way.do("reject", "chief", reason="No need.")
    letter = way.case().documents.get(template="extension_rejection")
    assert letter.channel == "post" and not letter.notices.exists()
    assert letter.context["recipient"]["attention"] == ""


def test_undone_the_schemes_and_the_right_are_what_they_were(way, waiting):  # noqa: F811
    before = list(way.institution.schemes)
    with at(way.day):
        end_right(way.institution, by=way.staff["chief"], reason="A breach.", confirmed=True)
    way.to_submitted(schemes=["project_database"], enterprise_right="exemption")
    to_sent(way)
    right = EnterpriseRight.objects.known().get(institution=way.institution, to_at=None).right
    event = sign(way, way.case().head_id, way.day)
    way.institution.refresh_from_db()
    assert way.institution.schemes == [*before, "project_database"]
    with clock.moved(event.at + dt.timedelta(minutes=1)):
        undoing.undo(way.case(), by=way.staff["secretary"])
        now = clock.now()
    way.institution.refresh_from_db()
    assert way.institution.schemes == before and way.case().state == "sent"
    assert EnterpriseRight.objects.at(now).get(institution=way.institution).right == right


def test_an_imported_institution_without_a_person_has_a_gap_since_its_beginning(way):  # noqa: F811
    period = way.institution.periods.known().get()
    with at(way.day):
        RoleHolding.objects.filter(institution=way.institution, role="responsible").update(
            retracted_at=clock.now(), retracting_event=period.event
        )
        assert selectors.gap_since(way.institution, clock.now()) == period.from_at
        assert selectors.head_of(way.institution, clock.now()) is None


def test_the_day_of_a_signature_is_corrected_within_the_office_of_who_signed(way, staff):  # noqa: F811
    way.to_submitted()
    way.to_the_end()
    signed = way.day
    way.day += dt.timedelta(days=5)
    changed(way)
    with at(way.day + dt.timedelta(days=10)):
        case = way.case()
        two(case, staff, "them_signed_on", signed - dt.timedelta(days=1))
        late = told(case, staff, "them_signed_on", way.day + dt.timedelta(days=1))
        assert "can not have signed for the institution" in late
        two(case, staff, "purpose", "Another purpose.")
