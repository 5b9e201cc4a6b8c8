"""Process 3: what is refused, in which words, and that nothing is left behind."""

from __future__ import annotations

import datetime as dt

import pytest

from fsesys.core import clock, parameters
from fsesys.core.people import User
from fsesys.core.refusal import NeedsSecond, NotYours, Refused
from institutions.hold import actions as holds
from institutions.records import RoleHolding
from projects.proposal import actions
from projects.proposal.models import ProposalCase
from projects.records import Exemption, Project, ProjectPeriod, Register
from tests import projects
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DAY = dt.timedelta(days=1)
WHY = {"reason": "The reason, in a whole sentence."}


@pytest.fixture
def two(monkeypatch):
    """A second officer confirms approvals."""
    words = parameters.DEFAULTS["proposal_two_officers"][1]
    monkeypatch.setitem(parameters.DEFAULTS, "proposal_two_officers", (1, words))


@pytest.fixture
def owner(walk_to):
    """An authorised institution and the day after its registration."""
    User.objects.update(language="en")
    walked = walk_to("authorised")
    return walked.case().institution, walked.day + DAY


def refused(act, *words):
    with pytest.raises(Refused) as error:
        act()
    said = " ".join(error.value.refusals)
    assert all(word in said for word in words), said


def test_who_may_and_the_owner_must_be_in_full_force(owner, staff, case_in):
    institution, day = owner
    with at(day):
        case = projects.proposed(institution, staff).case
        for who in staff:
            if who != "officer":
                with pytest.raises(NotYours):
                    actions.take_case(case, by=staff[who])
        hold = holds.place_hold(institution, by=staff["head"], cause="Breach", condition="Paid",
                                **WHY).case  # fmt: skip
        refused(lambda: projects.proposed(institution, staff), "is suspended today")
        refused(lambda: projects.approved(case, staff), "is suspended today")
        holds.lift_hold(hold, by=staff["head"], **WHY)
        case = projects.approved(ProposalCase.objects.get(), staff).case
        holds.place_hold(institution, by=staff["head"], cause="Breach", condition="Paid", **WHY)
        refused(lambda: projects.signed(case, staff), "is suspended today")
        other = case_in("submitted").institution
        said = projects.stated(institution)
        refused(lambda: actions.register_proposal(
            other, by=staff["secretary"], officer=staff["officer"].person, stated=said,
            upload=projects.paper()), "is not authorised today")  # fmt: skip
    assert Project.objects.count() == 1  # what was refused left no number behind


@pytest.mark.parametrize("changed, words", [
    ({"title": " ", "benefit": ""}, "does not say: title, benefit to the public"),
    ({"full_register": True}, "why a full register is needed"),
    ({"signatories": []}, "at least one signatory"),
    ({"registers": []}, "at least one register"),
    ({"contact": {"name": "", "mail": ""}}, "Name the contact person"),
    ({"last_on": dt.date(2020, 1, 1), "first_on": dt.date(2019, 1, 1)}, "can not lie before today"),
    ({"last_on": dt.date(2020, 1, 1)}, "can not lie before its first"),
    ({"approved_on": dt.date(2020, 1, 1)}, "was administrator or contact person"),
    ({"approved_on": dt.date(2040, 1, 1)}, "can not have approved the proposal after today"),
])  # fmt: skip
def test_what_a_proposal_must_say(changed, words, owner, staff):
    institution, day = owner
    with at(day):
        said = projects.stated(institution)
        said |= {"registers": said["registers"][:0]} if "registers" in changed else changed
        refused(lambda: actions.register_proposal(
            institution, by=staff["secretary"], officer=staff["officer"].person, stated=said,
            upload=projects.paper()), words)  # fmt: skip
    assert not ProposalCase.objects.exists() and not Project.objects.exists()


def test_rows_people_and_scheme_that_do_not_fit(owner, staff):
    institution, day = owner
    with at(day):
        said = projects.stated(institution)
        bef = said["registers"][0]
        outsider = staff["head"].person
        said["registers"] = [bef | {"year_from": 2021, "year_to": 2020}, bef | {"year_to": 2999},
                             bef | {"year_from": 0, "year_to": 1}, bef | {"justification": " "}]  # fmt: skip
        said |= {"approved_by": outsider, "signatories": [outsider], "members": [institution]}
        refused(lambda: actions.register_proposal(
            institution, by=staff["secretary"], officer=outsider, scheme="law_model", stated=said,
            upload=None), "BEF is named twice", "run backwards", "lie in the future",
            "The years of BEF lie before 1850", "Write why BEF is needed",
            "was administrator", "is not a signatory", "FSE officer today",
            "not authorised to the scheme", "File the document", "not named among")  # fmt: skip


def test_restricted_enterprise_data(owner, staff, walk_to, monkeypatch):
    """domain.md 2.6: every planned institution's right, the exemption, and the year."""
    institution, day = owner
    other = walk_to("authorised")
    member, day = other.case().institution, max(day, other.day + DAY)
    right = member.rights.get()
    with at(day):
        case = projects.proposed(
            institution, staff, registers=("BEF", "FIRM"), members=[member]
        ).case
        for word in ("none", "exemption"):
            type(right).objects.filter(pk=right.pk).update(retracted_at=clock.now())
            right = type(right).objects.create(
                institution=member, right=word, from_at=right.from_at, recorded_at=clock.now(),
                recorded_by=right.recorded_by,
            )  # fmt: skip
            said = "may not use" if word == "none" else "by exemption only"
            refused(lambda: projects.approved(case, staff), said, "FIRM")  # noqa: B023
            case = ProposalCase.objects.get()
        Exemption.objects.create(
            project=case.project, case=case, from_at=clock.now(), recorded_at=clock.now(),
            recorded_by=staff["chief"].person,
        )  # fmt: skip
        event = projects.approved(ProposalCase.objects.get(), staff)
    assert event.case.state == "approved"
    letter = event.case.documents.get(template="project_agreement")
    assert [row["number"] for row in letter.context["members"]] == [member.authorisation_number]


def test_the_year_of_enterprise_data_and_external_approvals(owner, staff):
    institution, day = owner
    register = Register.objects.get(name="FIRM")
    row = {"register": register, "year_from": 2010, "justification": "Needed."}
    approval = {"source": "Health Data Authority", "number": "F-1", "upload": None}
    with at(day):
        said = {"registers": ("BEF",), "external_data": "Own survey"}
        case = projects.proposed(institution, staff, **said).case
        actions.take_case(case, by=staff["officer"])
        case = ProposalCase.objects.get()
        refused(lambda: projects.approved(case, staff), "no approval of them is on the proposal")
        answers = projects.met(case) | {"external_approvals": ("exempted", "Own data.")}
        preview = {"by": staff["officer"], "text": "x"}
        refused(lambda: actions.approve(case, answers=answers | {"documentation": ("", "")},
                                        **preview), "not answered")  # fmt: skip
        refused(lambda: actions.approve(case, answers=answers | {"documentation": ("not-met", "")},
                                        **preview), "is not met")  # fmt: skip
        actions.return_(case, by=staff["officer"], **WHY)
        for year, words in ((None, "State the last year of FIRM"), (day.year - 1, "not up to")):
            said = projects.stated(institution, approvals=[
                approval | {"expires_on": day + DAY, "number": str(year)}])  # fmt: skip
            said["registers"] = [row | {"year_to": year}]
            actions.register_resubmission(
                case, by=staff["secretary"], stated=said, upload=projects.paper()
            )
            case = ProposalCase.objects.get()
            refused(lambda: projects.approved(case, staff), words, "is not on file")  # noqa: B023
            actions.return_(ProposalCase.objects.get(), by=staff["officer"], **WHY)
        case = ProposalCase.objects.get()
        said["approvals"][0] |= {"upload": projects.paper("approval")}
        said["registers"] = [row | {"year_to": day.year - 2}]
        actions.register_resubmission(
            case, by=staff["secretary"], stated=said, upload=projects.paper()
        )
        actions.take_case(ProposalCase.objects.get(), by=staff["officer"])
    with at(day + 5 * DAY):
        case = ProposalCase.objects.get()
        refused(lambda: projects.approved(case, staff), "expired on")
    with at(day):
        assert projects.approved(ProposalCase.objects.get(), staff).case.state == "approved"


def test_two_officers_where_the_parameter_asks(owner, staff, two):
    institution, day = owner
    with at(day):
        case = projects.proposed(institution, staff).case
        with pytest.raises(NeedsSecond):
            projects.approved(case, staff)


def test_own_institution_is_readable_not_decidable(owner, staff):
    institution, day = owner
    with at(day):
        case = projects.proposed(institution, staff).case
        actions.take_case(case, by=staff["officer"])
        RoleHolding.objects.create(
            institution=institution, person=staff["officer"].person, role="contact",
            from_at=clock.now(), recorded_at=clock.now(), recorded_by=staff["head"].person,
        )  # fmt: skip
        case = ProposalCase.objects.get()
        refused(lambda: projects.approved(case, staff), "You belong to this institution yourself")


def test_signed_by_whom_and_when(owner, staff):
    institution, day = owner
    with at(day):
        case = projects.approved(projects.proposed(institution, staff).case, staff).case
        for typed, words in (
            ({"signer": staff["head"].person_id}, "was signatory of the institution"),
            ({"signed_on": day - DAY}, "can not have signed before"),
            ({"signed_on": day + DAY}, "lies in the future"),
        ):
            refused(lambda: projects.signed(case, staff, **typed), words)  # noqa: B023
    with at(day + 800 * DAY):
        refused(lambda: projects.signed(case, staff, signed_on=day), "has passed")
    assert not ProjectPeriod.objects.exists()


def test_refused_to_sign_when_there_was_something_to_sign(owner, staff):
    institution, day = owner
    with at(day):
        case = projects.approved(projects.proposed(institution, staff).case, staff).case
        signer = projects.holder(institution, "signatory").pk
        for on, words in ((day - DAY, "can not have refused before"), (day + DAY, "after today")):
            refused(lambda: actions.register_refusal_to_sign(
                case, by=staff["secretary"], signer=signer, refused_on=on, **WHY), words)  # noqa: B023  # fmt: skip


def test_an_old_proposal_is_not_reopened_past_a_later_version(owner, staff):
    institution, day = owner
    with at(day):
        project = projects.project_in_force(institution, staff)
        old = projects.reproposed(project, institution, staff, title="Second").case
        actions.reject(old, by=staff["officer"], **WHY)
        third = projects.reproposed(project, institution, staff, title="Third").case
        actions.withdraw(third, by=staff["officer"], **WHY)
        assert actions.reopen(old, by=staff["head"], **WHY).case.state == "in_assessment"
        actions.reject(old, by=staff["officer"], **WHY)
        fourth = projects.reproposed(project, institution, staff, title="Fourth").case
        projects.in_force(fourth, staff)
        refused(lambda: actions.reopen(old, by=staff["head"], **WHY), "Version 4", "re-proposal")
