"""What is corrected after the agreement was drafted is not signed in its old words; letters go to
the right address; a role follows whoever ended it since; and an imported day is put right."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from fsesys.core import clock, correcting, outdated, pending
from fsesys.core.documents import Notice
from fsesys.core.pending import PendingDecision
from fsesys.core.refusal import Refused
from institutions.authorisation.corrections import Named
from institutions.authorisation.models import AuthorisationCase
from institutions.changes import actions as changes
from institutions.records import (
    AuthorisationPeriod,
    EnterpriseRight,
    Institution,
    InstitutionFacts,
    RoleHolding,
)
from tests.integration.test_corrected_research import fresh, told, two
from tests.integration.test_corrections import correct, page
from tests.integration.test_extension import Way, way  # noqa: F401
from tests.integration.test_import import as_csv, bring, register
from tests.integration.test_responsible import begin, place, sign  # noqa: F401
from tests.office import TODAY, Call, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff_in_english")]
DAY = dt.timedelta(days=1)
NEW = Named(name="Olga Ny", mail="olga@ku.dk")


def put_right(walked, what, value):
    with walked.now():
        return two(walked.case(), walked.staff, what, value)


def rows(walked, what, value=None):
    with walked.now():
        return {row["label"]: row["value"] for row in correcting.beside(walked.case(), what, value)}


@pytest.mark.parametrize(
    ("state", "verb"),
    [("agreement_drafted", "submit"), ("submitted", "approve"),
     ("approved", "register_our_signature"), ("signed_by_us", "send"),
     ("sent", "register_counter_signature")],
)  # fmt: skip
def test_an_agreement_that_says_otherwise_goes_no_further(walk_to, state, verb):
    walked = walk_to(state)
    agreement = walked.case().agreement
    put_right(walked, "head", NEW)
    with pytest.raises(Refused, match="Responsible manager: the agreement says .* drafted anew"):
        Call(walked, verb)()
    assert walked.case().state == state
    if agreement:
        assert agreement.terms["responsible"]["name"] != "Olga Ny"  # it stays as it was drafted


def test_the_new_draft_says_what_was_corrected(walk_to):
    walked = walk_to("approved")
    put_right(walked, "schemes", ["researcher", "thesis"])
    assert walked.case().institution.schemes == ["researcher", "thesis"]
    with pytest.raises(Refused, match="Schemes: the agreement says"):
        Call(walked, "register_our_signature")()
    for verb in ("redraft", "submit", "approve", "register_our_signature"):
        Call(walked, verb)()
    assert walked.case().state == "signed_by_us"


def test_the_page_shows_the_agreement_that_says_the_old(walk_to):
    walked = walk_to("submitted")
    number, old = walked.case().agreement.document.number, walked.case().head.name
    beside = rows(walked, "head_name", "Anne Rettet")
    assert number in beside["Not sent, stays as it is"]
    assert (beside["As it is"], beside["As it will be"]) == (old, "Anne Rettet")
    assert number in rows(walked, "schemes")["Not sent, stays as it is"]
    walked = walk_to("sent")
    number = walked.case().agreement.document.number
    assert number in rows(walked, "head")["Signed, stays as it is"]


def test_an_extension_is_not_approved_under_a_name_that_was_misspelt(way):  # noqa: F811
    way.to_submitted()
    first = AuthorisationCase.objects.get(institution=way.institution)
    with at(way.day):
        two(first, way.staff, "head_name", "Anne Rettet")
    with pytest.raises(Refused, match="the case says “Anne Rettet"):
        way.do("approve", "chief")


def test_a_letter_to_a_mistyped_address_is_sent_again(walk_to):
    walked = walk_to("received")
    receipt, old = walked.case().documents.get(template="receipt"), walked.case().head.mail
    assert [notice.to_mail for notice in receipt.notices.all()] == [old]
    assert receipt.number in rows(walked, "head_mail")["Letters that say it or went there"]
    page(walked, "secretary", "head_mail", value="right@ku.dk", again=[receipt.number])
    again = walked.case().documents.get(replaces=receipt)
    assert [notice.to_mail for notice in again.notices.all()] == ["right@ku.dk"]
    page(walked, "secretary", "head_mail", value="righter@ku.dk")  # not sent again
    page(walked, "secretary", "head", value="Olga Ny, olga@ku.dk", again=[again.number])
    last = Notice.objects.order_by("pk").last()
    assert last.to_mail == "olga@ku.dk" and last.document.replaces == again
    assert last.document.context["recipient"]["attention"] == "Olga Ny"
    client = Client()
    client.force_login(walked.staff["secretary"])
    with walked.now():
        words = client.get(f"/authorisations/{walked.case().number}/").content.decode()
    assert words.count("<strong>superseded</strong>") == 2  # the receipts that were replaced


def test_who_is_a_substitute_is_not_made_responsible_by_a_correction(walk_to):
    walked = walk_to("authorised")
    case = walked.case()
    held = RoleHolding.objects.known().get(institution=case.institution, role="substitute")
    answer = page(
        walked, "secretary", "head", value=f"{held.person.name}, {held.person.mail.upper()}"
    )
    assert answer.status_code == 409
    assert "nobody is responsible and substitute at once" in answer.content.decode()
    assert walked.case().head == case.head


def test_the_role_follows_though_somebody_else_ended_it(place):  # noqa: F811
    before = RoleHolding.objects.known().get(institution=place.institution, role="responsible")
    sign(place, begin(place))
    place.day += 5 * DAY
    put_right(place, "head", NEW)
    held = RoleHolding.objects.known().filter(institution=place.institution, role="responsible")
    first, second = held.select_related("person").order_by("from_at")
    assert (first.person.name, second.person.name) == ("Olga Ny", "Nanna Holst")
    assert (first.from_at, first.to_at) == (before.from_at, second.from_at)


def test_the_record_is_put_right_until_it_is_authorised(walk_to, staff):
    walked = walk_to("under_evaluation")
    case = walked.case()
    for what, value in {
        "name_da": "Institut for Rettelser", "name_en": "Corrections", "cvr": "10000009", "type": "hospital",
        "mail_domains": ["ret.dk"], "ean": "5798000420526",
        "language": "en", "parent": "Et Universitet",
    }.items():  # fmt: skip
        correct(walked, what=what, value=value)
    receipt = case.documents.get(template="receipt")
    correct(walked, what="address", value="Ny Vej 1\n1000 By", again=[receipt.number])
    anew = case.documents.get(replaces=receipt).context["recipient"]
    assert anew["lines"] == ["Ny Vej 1", "1000 By"] and receipt.context["recipient"]["lines"]
    record = Institution.objects.select_related("parent").get(pk=case.institution_id)
    assert (record.name_da, record.cvr, record.type, record.price_group, record.mail_domains,
            record.ean, record.language, record.parent.name) == (
        "Institut for Rettelser", "10000009", "hospital", "public", ["ret.dk"], "5798000420526",
        "en", "Et Universitet")  # fmt: skip
    case = walked.case()
    assert case.language == "en" and case.subject_label == "Et Universitet, Corrections"
    assert "et universitet corrections" in case.search
    assert record.history.first().history_user == staff["secretary"]
    with walked.now():
        assert "ownership" in told(case, staff, "type", "consultancy")
        other = walk_to("received").case().institution
        correct(walked, what="cvr", value=other.cvr)
        assert "a double" in told(fresh(case), staff, "name_da", other.name_da.upper())
    answer = page(walked, "secretary", "cvr", value="12345678")
    assert answer.status_code == 422 and "not a valid CVR number" in answer.content.decode()


def test_an_authorised_institution_changes_facts_but_its_number_and_kind_are_put_right(walk_to):
    walked = walk_to("authorised")
    slugs = set(correcting.known(walked.case()))
    assert {"cvr", "type", "price_group"} <= slugs
    assert not {"name_da", "address", "schemes", "language", "authorised_on"} & slugs
    assert page(walked, "secretary", "cvr", value="10000009").status_code == 303
    assert walked.case().institution.cvr != "10000009"  # a second person must confirm
    with walked.now():
        pending.confirm(PendingDecision.objects.get(), by=walked.staff["officer"])
    assert walked.case().institution.cvr == "10000009"
    right = EnterpriseRight.objects.known().get(institution=walked.case().institution)
    put_right(walked, "type", "foundation")
    assert walked.case().institution.type == "foundation"
    assert EnterpriseRight.objects.known().get(institution=walked.case().institution) == right


def test_the_day_of_an_imported_authorisation_is_put_right(staff):
    with at(TODAY):
        bring(as_csv(register()[:1]), staff, who="head")
        case = AuthorisationCase.objects.get()
        institution, changed = case.institution, dt.date(2019, 5, 1)
        changes.change_facts(institution, by=staff["secretary"], from_on=changed, reason="Moved.",
                             address="Ny Vej 1")  # fmt: skip
        first = AuthorisationPeriod.objects.get().from_at
        assert "changed on 1 May 2019" in told(case, staff, "authorised_on", changed + DAY)
        assert "after today" in told(case, staff, "authorised_on", TODAY + DAY)
        event = two(case, staff, "authorised_on", dt.date(2011, 3, 1))
    begins = clock.midnight(dt.date(2011, 3, 1))
    for model in (AuthorisationPeriod, EnterpriseRight, RoleHolding, InstitutionFacts):
        known = model.objects.known().filter(institution=institution)
        assert known.order_by("from_at").first().from_at == begins
        assert not known.filter(from_at=first).exists()
        assert model.objects.filter(from_at=first, retracting_event=event).exists()
    assert fresh(case).received_on == dt.date(2011, 3, 1)


def test_lists_of_a_letter_are_found_and_put_right_as_a_whole():
    assert outdated._holds({"lines": ["Vej 1", "8000 Aarhus"]}, "Vej 1, 8000 Aarhus")
    put = outdated._put({"lines": ["Vej 1", "8000 Aarhus"]}, "Vej 1, 8000 Aarhus", "Vej 2, 1 By")
    assert put == {"lines": ["Vej 2", "1 By"]}
