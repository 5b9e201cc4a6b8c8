"""An office with its people, and institutions walked to any state of process 1.

Belongs here: who is on the staff of a test, and how a case comes to a state: always through the
actions, under a moved clock (fsesys.desk.demo.story). Nothing here sets a state.
"""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from copy import copy
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fsesys.core import clock, processes, roles, workdays
from fsesys.core.people import User
from fsesys.desk.demo import applications, story
from fsesys.desk.demo.staff import make_staff
from institutions import signatures
from institutions.authorisation import selectors, signing
from institutions.authorisation.models import AuthorisationCase
from tests import kept

TODAY = dt.date(2026, 6, 2)
WHO = {
    "start_evaluation": "responsible", "ask": "responsible", "recommend": "responsible",
    "advise_against": "responsible", "submit": "responsible", "lapse": "responsible",
    "approve": "chief", "return": "chief", "reject": "chief",
    "register_our_signature": "dst-secretary",
}  # fmt: skip


@pytest.fixture
def staff(db):
    """{user name: User} of the demo accounts."""
    return kept.once("staff", lambda: make_staff("demo"), _accounts)


def _accounts(made):
    rows = User.objects.select_related("person").in_bulk(made, field_name="username")
    return {username: rows[username] for username in made}


@pytest.fixture
def quick_copies(monkeypatch):
    """Signed copies are not rendered and not read: what fits is tested elsewhere."""
    monkeypatch.setattr(signatures, "misfits", lambda *args, **kwargs: ([], {}))
    monkeypatch.setattr(signatures, "base", lambda document, side: b"")


@pytest.fixture
def walk_to(staff, quick_copies):
    """walk_to(state): a new institution walked to that state; returns its Walk."""
    numbers, walks = itertools.count(), []

    def walk(state):
        if state == "duplicate":
            new(staff, next(numbers), "received").go()
        n = next(numbers)
        walks.append((state, n))
        key = ("walk", *walks, *(user.pk for user in staff.values()))  # what its rows refer to
        return kept.once(key, partial(_walked, staff, n, state), partial(_again, staff))

    return walk


def _walked(staff, n, state):
    walked = new(staff, n, state)
    walked.go()
    return walked


def _again(staff, walked):
    again = copy(walked)
    again.staff = staff
    return again


@pytest.fixture
def case_in(walk_to):
    """case_in(state): the case of a new institution in that state."""
    return lambda state: walk_to(state).case()


def new(staff, n, state, kind=None):
    rows = applications.rows()
    return (kind or Quick)(staff, n, rows[n % len(rows)], state, TODAY)


class Quick(story.Walk):
    """A walk whose signed copies are small files of their own, and that asks nothing on its way."""

    def to_under_evaluation(self):
        self.do("start_evaluation", "responsible")

    def to_signed_by_us(self):
        self.do("register_our_signature", "dst-secretary", signing, road="digital",
                upload=applications.pdf("by us", "ours.pdf"), signed_on=self.day)  # fmt: skip

    def to_signed_by_both(self):
        self.do("register_counter_signature", "secretary", signing, road="scan",
                signer=self.case().head_id, signed_on=self.day,
                upload=applications.pdf("signed by both", "theirs.pdf"))  # fmt: skip


class Call:
    """A verb of a case made ready: its facts typed, the clock at the day it can be done.

    `call()` does it as `who`; `call(by=user, key=..., seen=...)` as somebody else.
    """

    def __init__(self, walk, verb):
        self.walk, self.verb = walk, verb
        self.case = walk.case()  # as a page has it: the door reads it anew
        self.who = walk.staff[self._name(self.case, verb)]
        self.action = processes.get("authorisation").actions[verb]
        walk.day = workdays.after(walk.day, 2)
        self._wait(verb)
        with walk.now():
            self.typed = typed(walk, self.case, verb)

    def _name(self, case, verb):
        if verb == "take_back":
            doers = {"recommend": "responsible", "draft_agreement": "secretary"}
            moved = [e.verb for e in case.story if e.verb in {"submit", "advise_against", *doers}]
            return doers.get(moved[-1], "responsible") if moved else "responsible"
        if verb == "reopen":
            return "chief" if case.state == "rejected" else "responsible"
        return WHO.get(verb, "secretary")

    def _wait(self, verb):
        """A reminder and a lapse come when their dates have come."""
        case, walk = self.case, self.walk
        if verb in ("remind", "lapse") and case.remind_on:
            walk.day = max(walk.day, case.remind_on)
            if verb == "lapse" and not case.reminded:
                walk.do("remind", "secretary")
                self.case = walk.case()
            if verb == "lapse":
                walk.day = max(walk.day, case.lapse_on)

    def __call__(self, by=None, case=None, **door):
        with self.walk.now():
            return self.action(case or self.case, by=by or self.who, **(self.typed | door))

    def event(self, **door):
        """The event alone, where the verb also returns what it filed."""
        done = self(**door)
        return done[0] if isinstance(done, tuple) else done


def typed(walk, case, verb) -> dict:
    """What staff would type for the verb today; made-up, and right for the case."""
    day, answers, opened = walk.day, {}, None
    if verb in ("recommend", "advise_against"):
        answers = {c.slug: ("met", "") for c in selectors.criteria(case, day)}
    if verb == "answer":
        opened = case.questions.filter(closed_event=None).first()
    reason = {"reason": "The reason, in a whole sentence."}
    facts = {
        "ask": {"due_on": workdays.after(day, 10), "questions": [("Data", "Which data?")]},
        "answer": {"question": opened.pk if opened else 0, "answer": "These.",
                   "answered_on": day},
        "recommend": {"answers": answers, "text": "A lasting environment."},
        "advise_against": {"answers": answers, "text": "No written routines."},
        "register_our_signature": {"road": "digital", "signed_on": day,
                                   "upload": applications.pdf("ours", "ours.pdf")},
        "register_counter_signature": {"road": "scan", "signed_on": day, "signer": case.head_id,
                                       "upload": applications.pdf("theirs", "theirs.pdf")},
        "register_institution": {"substitutes": [story.named(walk.n + 20, walk.domain)]},
        "close_as_duplicate": reason | {"duplicate_of": earlier(case, verb)},
        "correct": reason | {"what": "received_on",
                             "value": case.received_on - dt.timedelta(days=1)},
        "file_document": {"upload": applications.pdf("more", "more.pdf"), "kind": "other",
                          "title": "More"},
        "assign": {"responsible": walk.staff["responsible"].person},
    }  # fmt: skip
    needs = case.machine.move(verb).needs_reason
    return facts.get(verb, reason if needs else {})


def earlier(case, verb):
    """The institution that was on record first, where the verb asks for one."""
    if verb == "close_as_duplicate":
        return AuthorisationCase.objects.exclude(pk=case.pk).order_by("pk").first().institution


def stated(n, day=TODAY) -> dict:
    """The keyword arguments of `register_application` for the n-th shipped institution."""
    rows = applications.rows()
    return applications.application(n, rows[n % len(rows)], day)


def filled_in(n, day=TODAY) -> dict:
    """The fields of the page on which the n-th shipped institution's application is registered."""
    typed = stated(n, day)
    institution, head = typed.pop("institution"), typed.pop("head")
    name, kind, content = typed.pop("application")
    del typed["annexes"]
    return typed | institution | {f"head_{key}": value for key, value in head.items()} | {
        "mail_domains": " ".join(institution["mail_domains"]), "language": typed["language"],
        "received_on": f"{day:%d-%m-%Y}", "key": str(uuid.uuid4()), "seen": 0,
        "responsible": roles.holders(roles.RESPONSIBLE).first().pk,
        "application": SimpleUploadedFile(name, content, kind),
    }  # fmt: skip


def at(day):
    """The clock at ten in the morning of the day."""
    return clock.moved(applications.noon(day))


@pytest.fixture
def staff_in_english(staff, in_english) -> None:
    """Their pages too."""
    User.objects.update(language="en")
