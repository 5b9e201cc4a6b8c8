"""What a form asks for holds for a script too: the actions are called as from a shell."""

import pytest
from django.contrib.messages import get_messages

from fsesys.core.people import User
from fsesys.core.refusal import Refused
from fsesys.core.rules import when
from institutions import formats
from institutions.authorisation import signing
from institutions.authorisation.application import ApplicationForm
from institutions.authorisation.forms import RegisterForm
from institutions.authorisation.models import AuthorisationCase
from institutions.records import Institution
from tests.office import TODAY, Call, at, filled_in, stated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def register(staff):
    """register(institution={...}, ...): what the action makes of the changed application."""

    def call(institution=None, **changed):
        typed = stated(0) | changed
        typed["institution"] = typed["institution"] | (institution or {})
        with at(TODAY):
            return signing.register_application(by=staff["secretary"], **typed)

    return call


def refusals(call, *args, **kwargs) -> list:
    with pytest.raises(Refused) as error:
        call(*args, **kwargs)
    return error.value.refusals


@pytest.mark.parametrize("field, wrong, words", [
    ("cvr", "31119104", "CVR"), ("cvr", "3111910", "CVR"), ("cvr", "", "CVR"),
    ("ean", "5798000000003", "EAN"), ("ean", "57980000000", "EAN"),
    ("mail_domains", ["econ.au.dk", "no domain"], "“no”"), ("mail_domains", [], "mail domain"),
    ("mail_domains", "a@b.dk", "“a@b.dk”"),
])  # fmt: skip
def test_a_misformed_number_or_domain_is_refused_to_a_script(register, field, wrong, words):
    said = refusals(register, {field: wrong})
    assert len(said) == 1 and words in said[0]
    assert not Institution.objects.exists()


def test_every_wrong_format_is_told_at_once(register):
    wrong = {"cvr": "1", "ean": "1", "mail_domains": "-"}
    head = stated(0)["head"] | {"mail": "nobody"}
    assert len(refusals(register, wrong, head=head)) == 4


def test_what_is_kept_is_the_cleaned_value(register):
    institution = register({
        "cvr": "DK-31 11 91 03", "ean": "5798 0004 30006", "mail_domains": "@Econ.AU.dk; econ.au.dk",
    }).case.institution  # fmt: skip
    assert (institution.cvr, institution.ean) == ("31119103", "5798000430006")
    assert institution.mail_domains == ["econ.au.dk"]


@pytest.mark.parametrize("missing", ["ownership", "public_work"])
def test_a_private_applicant_states_ownership_and_public_work(register, missing):
    kind, given = {"type": "consultancy"}, {"ownership": "Two owners.", "public_work": "Yes."}
    assert len(refusals(register, kind, **(given | {missing: " "}))) == 1
    assert register(kind, **given).case.institution.price_group == "private"


def test_a_private_institution_on_record_states_it_again(register):
    given = {"ownership": "Two owners.", "public_work": "Yes."}
    case = register({"type": "consultancy"}, **given).case
    said = refusals(register, again=case.institution, ownership="", public_work="")
    assert len([words for words in said if "private applicant" in words.lower()]) == 2


def test_another_price_group_needs_its_reason(register):
    own = {"price_group": "private", "price_group_reason": " "}
    assert "price group" in " ".join(refusals(register, own))
    assert (
        register(own | {"price_group_reason": "Agreed."}).case.institution.price_group == "private"
    )


def test_the_price_group_of_the_kind_needs_none(register):
    assert register({"price_group": "public"}).case.institution.price_group == "public"
    assert AuthorisationCase.objects.count() == 1


def test_another_right_to_enterprise_data_needs_its_reason(walk_to):
    call = Call(walk_to("under_evaluation"), "recommend")
    assert "another right" in " ".join(refusals(call, enterprise_right="none", reservations=" "))
    event = call(enterprise_right="none", reservations="No work on enterprises.")
    assert event.case.enterprise_right == "none"


@pytest.mark.parametrize("verb", ["remind", "answer"])
def test_the_second_is_told_who_was_first_and_when(walk_to, verb):
    """Neither verb moves the state: a script that names no revision is told all the same."""
    call = Call(walk_to("awaiting_applicant"), verb)
    first = call()
    said = " ".join(refusals(call, by=call.walk.staff["responsible"]))
    assert first.by.name in said and when(first.at) in said


def test_a_question_that_is_not_on_the_case_is_not_open(walk_to):
    said = refusals(Call(walk_to("awaiting_applicant"), "answer"), question=0)
    assert len(said) == 1 and "not open" in said[0]


@pytest.mark.parametrize("role", ["substitutes", "administrators", "signatories"])
def test_a_person_is_registered_with_a_mail_address_only(walk_to, role):
    walked = walk_to("signed_by_both")
    wrong = {role: [{"name": "Ida Kjær", "mail": "ida"}]}
    assert "“ida”" in " ".join(refusals(Call(walked, "register_institution"), **wrong))
    assert walked.case().state == "signed_by_both"


def test_the_form_says_it_at_the_field(staff):
    typed = {"cvr": "31119104", "ean": "1", "mail_domains": "no_domain"}
    form = ApplicationForm(data=typed, by=staff["secretary"])
    for field, read in (("cvr", formats.cvr), ("ean", formats.ean),
                        ("mail_domains", formats.mail_domains)):  # fmt: skip
        with pytest.raises(ValueError) as error:
            read(typed[field])
        assert form.errors[field] == [str(error.value)]


def test_the_page_names_the_persons_that_are_misspelled(walk_to):
    case = walk_to("signed_by_both").case()
    typed = {"administrators": "Ida Kjær, ida", "signatories": "nobody@econ.au.dk"}
    form = RegisterForm(data=typed, case=case)
    assert "“ida”" in form.errors["administrators"][0]
    assert "signatories" in form.errors


def test_an_application_sent_twice_is_registered_once_and_says_who_did_it(client, staff):
    typed, account = filled_in(0), staff["secretary"]
    User.objects.filter(pk=account.pk).update(language="en")
    client.force_login(account)
    for _time in range(2):
        typed["application"].seek(0)
        answer = client.post("/authorisations/register/", typed)
        assert answer.status_code == 303, answer.context["form"].errors
    assert AuthorisationCase.objects.count() == 1
    case = AuthorisationCase.objects.get()
    assert answer.headers["Location"] == f"/authorisations/{case.number}/"
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert any("done already" in words and when(case.opened_at) in words for words in said), said
