"""An extension: a further scheme or right on a living authorisation, decided like a first one."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.test import Client

from fsesys.core import clock, processes, workdays
from fsesys.core.letters.compose import compose
from fsesys.core.refusal import NotYours, Refused
from fsesys.desk.demo import applications
from institutions import jobs
from institutions.authorisation import selectors as first
from institutions.extension.models import ExtensionCase
from institutions.limiting.actions import end_right
from institutions.records import EnterpriseRight, RoleHolding
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff_in_english")]
REASON = {"reason": "The reason, in a whole sentence."}


class Way:
    """An extension walked verb by verb, each two working days after the last."""

    def __init__(self, walked):
        self.staff, self.day = walked.staff, walked.day + dt.timedelta(days=7)
        self.institution, self.number = walked.case().institution, None

    def case(self):
        rows = ExtensionCase.objects.select_related("responsible", *ExtensionCase.related)
        return rows.get(number=self.number)

    def open(self, who="secretary", **typed):
        typed = {"received_on": self.day, "channel": "mail", "schemes": ["project_database"],
                 "purpose": "A common database.",
                 "application": applications.pdf("more", "more.pdf")} | typed  # fmt: skip
        act = processes.get("extension").actions["register_extension"]
        with at(self.day):
            self.number = act(self.institution, by=self.staff[who], **typed).case.number

    def do(self, verb, who, **typed):
        self.day = workdays.after(self.day, 2)
        with at(self.day):
            return processes.get("extension").actions[verb](
                self.case(), by=self.staff[who], **typed
            )

    def advise(self, verb="recommend"):
        with at(self.day):
            criteria = first.criteria(self.case(), self.day)
        assert {c.checklist.process for c in criteria} == {"extension"}
        answers = {c.slug: ("met", "") for c in criteria}
        self.do(verb, "responsible", answers=answers, text="They need it and are able.")

    def to_submitted(self, **typed):
        self.open(**typed)
        self.do("start_evaluation", "responsible")
        self.advise()
        self.do("draft_agreement", "secretary")
        self.do("submit", "responsible")

    def to_the_end(self):
        copies = {"road": "scan"}
        self.do("approve", "chief")
        self.do("register_our_signature", "dst-secretary", signed_on=self.day, **copies,
                upload=applications.pdf("ours", "ours.pdf"))  # fmt: skip
        self.do("send", "secretary")
        return self.do("register_counter_signature", "secretary", signed_on=self.day, **copies,
                       signer=self.case().head_id,
                       upload=applications.pdf("both", "both.pdf"))  # fmt: skip


@pytest.fixture
def way(walk_to):
    return Way(walk_to("authorised"))


def test_a_further_scheme_from_application_to_in_force(way):
    before = list(way.institution.schemes)
    assert "project_database" not in before
    way.to_submitted()
    way.institution.refresh_from_db()
    assert way.institution.schemes == before
    event = way.to_the_end()
    way.institution.refresh_from_db()
    assert way.case().state == "in_force" and event.case.closed_at
    assert way.institution.schemes == [*before, "project_database"]
    templates = set(way.case().documents.exclude(template="").values_list("template", flat=True))
    assert {"extension_receipt", "recommendation", "extension_agreement", "extension_cover",
            "extension_in_force"} == templates  # fmt: skip
    for document in way.case().documents.filter(template__startswith="extension"):
        for language in ("da", "en"):
            assert compose(document.template, document.context | {"language": language}, language)


def test_a_right_is_replaced_from_the_signature(way):
    with at(way.day):
        with pytest.raises(Refused, match="can not narrow the right"):
            way.open(schemes=[], enterprise_right="exemption")
        end_right(way.institution, by=way.staff["chief"], reason="A breach.", confirmed=True)
    way.to_submitted(schemes=[], enterprise_right="exemption")
    event = way.to_the_end()
    rows = EnterpriseRight.objects.filter(institution=way.institution)
    assert rows.at(event.at).get().right == "exemption"
    earlier = event.at - dt.timedelta(seconds=1)
    assert rows.at(earlier).get().right == "none"


def test_what_it_has_already_and_what_is_not_authorised_is_refused(way, walk_to):
    with pytest.raises(Refused, match="does not have"):
        way.open(schemes=list(way.institution.schemes))
    with pytest.raises(Refused, match="received after today"):
        way.open(received_on=dt.date(2035, 1, 1))
    with pytest.raises(NotYours):
        way.open(who="responsible")
    other = Way(walk_to("received"))
    with pytest.raises(Refused, match="not authorised today"):
        other.open()
    way.open()
    with pytest.raises(Refused, match="still open"):
        way.open(schemes=["law_model"])


def test_a_gap_in_the_responsible_role_blocks_the_approval(way):
    way.to_submitted()
    with at(way.day):
        row = RoleHolding.objects.at(clock.now()).get(
            institution=way.institution, role="responsible"
        )
        RoleHolding.objects.filter(pk=row.pk).update(
            retracted_at=clock.now(), retracting_event=way.case().story[-1]
        )
    with pytest.raises(Refused, match="no responsible person"):
        way.do("approve", "chief")


def test_returned_rejected_and_withdrawn(way, walk_to):
    way.to_submitted()
    way.do("return", "chief", **REASON)
    assert way.case().state == "under_evaluation" and way.case().agreement is None
    way.advise("advise_against")
    way.do("submit", "responsible")
    way.do("reject", "chief", **REASON)
    assert way.case().state == "rejected"
    other = Way(walk_to("authorised"))
    other.open()
    other.do("withdraw", "secretary", **REASON)
    assert other.case().closed_at


def test_who_advised_does_not_decide(way):
    way.to_submitted()
    with pytest.raises(NotYours):
        way.do("approve", "responsible")


def test_questions_stop_the_clock(way):
    way.open()
    way.do("start_evaluation", "responsible")
    way.do("ask", "responsible", questions=[("Data", "Which?")],
           due_on=workdays.after(way.day, 15))  # fmt: skip
    question = way.case().questions.get()
    way.do("answer", "secretary", question=question.pk, answer="These.", answered_on=way.day)
    assert way.case().state == "under_evaluation"


def test_a_silent_institution_is_reminded_and_the_case_lapses(way):
    way.open()
    way.do("start_evaluation", "responsible")
    way.do("ask", "responsible", questions=[("Data", "Which?")],
           due_on=workdays.after(way.day, 15))  # fmt: skip
    case = way.case()
    with pytest.raises(Refused, match="must be sent first"):
        way.do("lapse", "responsible")
    with at(case.remind_on):
        assert jobs.remind_due() == 1
        assert jobs.remind_due() == 0
    way.day = case.lapse_on - dt.timedelta(days=12)
    with pytest.raises(Refused, match="can lapse on"):
        way.do("lapse", "responsible")
    person = way.staff["responsible"].person
    assert case.pk not in mine(person, case.lapse_on - dt.timedelta(days=1))
    assert case.pk in mine(person, case.lapse_on)
    way.day = case.lapse_on
    way.do("lapse", "responsible")
    assert way.case().state == "lapsed"
    templates = set(way.case().documents.exclude(template="").values_list("template", flat=True))
    assert templates == {"extension_receipt", "questions", "reminder", "extension_lapse"}


def mine(person, day):
    prepared = processes.get("extension").prepared
    return {row["pk"] for row in prepared(person, {"responsible"}, day)}


def test_no_letter_says_that_an_authorisation_was_refused_or_given(way, walk_to):
    """The authorisation goes on; what is decided is the extension."""
    way.to_submitted()
    way.do("return", "chief", **REASON)
    way.advise("advise_against")
    way.do("submit", "responsible")
    way.do("reject", "chief", **REASON)
    letter = way.case().documents.get(template="extension_rejection")
    html = compose(letter.template, letter.context, way.case().language)
    assert str(letter.context["wanted"]["schemes"][0]) in html
    assert "hold unchanged" in compose(letter.template, letter.context, "en") or (
        "gælder uændret" in html
    )
    note = way.case().documents.filter(template="recommendation").first()
    assert "udvidelsen frarådes" in compose(note.template, note.context, "da")


def test_the_pages_and_the_admin(way):
    client = Client()
    client.force_login(way.staff["secretary"])
    name, media, content = applications.pdf("page", "page.pdf")
    base = f"/institutions/{way.institution.pk}/extension/register_extension/"
    from django.core.files.uploadedfile import SimpleUploadedFile

    typed = {"key": str(uuid.uuid4()), "seen": 0, "schemes": ["law_model"], "purpose": "More.",
             "received_on": way.day.isoformat(), "channel": "mail",
             "application": SimpleUploadedFile(name, content, media)}  # fmt: skip
    with at(way.day):
        assert client.get(base).status_code == 200
        answer = client.post(base, typed)
        assert answer.status_code == 303
        way.number = ExtensionCase.objects.get().number
        assert client.get(answer["Location"]).status_code == 200
    way.do("start_evaluation", "responsible")
    client.force_login(way.staff["responsible"])
    with at(way.day):
        page = client.get(f"/institution-cases/extension/{way.number}/recommend/")
        assert page.status_code == 200 and "further scheme" in page.content.decode()
    way.advise()
    way.do("draft_agreement", "secretary")
    way.do("submit", "responsible")
    client.force_login(way.staff["chief"])
    case = way.case()
    with at(way.day):
        home = f"/admin/institutions/extensioncase/{case.pk}/"
        assert client.get("/admin/institutions/extensioncase/").status_code == 200
        assert "Approve" in client.get(f"{home}change/").content.decode()
        sent = {"key": str(uuid.uuid4()), "seen": case.revision}
        assert client.post(f"{home}approve/do/", sent).status_code == 303
    assert way.case().state == "approved"
