"""Every form of every process with what nobody should type: an answer in words, and nothing left.

The forms are found from the machines, so that a new verb is tried without a line here. The inputs
are those that no field may take; a form that takes one (free text) is rolled back.
"""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.forms import FileField
from django.test import Client

from fsesys.core import clock, living, processes
from fsesys.core.cases import Case
from fsesys.core.roles import held
from projects.grant import actions as grants
from projects.hold import actions as project_holds
from researchers.records import Association
from tests import people, projects
from tests.office import at

pytestmark = pytest.mark.django_db
ANSWERS = {303, 400, 403, 404, 409, 413, 422}
POISON = {
    "a NUL and a turned text": "a\x00b\u202ec<script>", "long": "9" * 20_000,
    "beyond the column": str(2**63), "a late day": "31-12-9999",
    "a path and a formula": "=../../etc/passwd' OR 1=1--{{7*7}}",
}  # fmt: skip


@pytest.fixture
def office(walk_to, staff):
    """Cases in many states around one institution, on the day after its registration."""
    walked = walk_to("authorised")
    institution = walked.case().institution
    with at(walked.day), clock.moved(clock.now() + dt.timedelta(days=1)):
        active = people.active(institution, staff)
        people.requested(institution, staff, "Vibeke Vandkunst")
        people.approved(institution, staff, "Ursula Underskov")
        project = projects.project_in_force(institution, staff)
        projects.proposed(institution, staff)
        association = Association.objects.known().get(agreement=active)
        grants.register_request(
            project, by=staff["secretary"], association=association,
            asked_by=people.head(institution), asked_on=clock.today(),
        )  # fmt: skip
        project_holds.place_hold(project, by=staff["head"], reason="Of need.", cause="Breach",
                                 condition="Told")  # fmt: skip
        records = {"institution": institution.pk, "researcher": active.person.researcher.pk,
                   "project": project.pk, "access": project.pk}  # fmt: skip
        yield records


def openings(records):
    """Addresses of the first verbs, with the roles that may."""
    for process in processes.everything():
        kind = living.KINDS.get(process.slug)
        for move in process.machine.moves:
            if kind and "" in move.sources and not move.unlisted and move.roles:
                base = f"{kind.base}{records[process.opens_on]}/"
                yield f"{base}{process.slug}/{move.verb}/", move.roles


def verbs():
    """Addresses of what can be done on the open cases, with the roles that may."""
    for case in Case.objects.filter(closed_at=None).exclude(process="staff"):
        process = processes.get(case.process)
        for move in process.machine.moves:
            if case.state in move.sources and not move.unlisted:
                roles = move.roles_in.get(case.state, move.roles)
                yield f"{process.url}{case.number}/{move.verb}/", roles


TABLES = [m._meta.db_table for m in apps.get_models()
          if m._meta.managed and m._meta.app_label != "sessions"]  # fmt: skip


def counts():
    """How many rows each table has, in one question."""
    each = ", ".join(f'(SELECT count(*) FROM "{name}")' for name in TABLES)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {each}")
        return cursor.fetchone()


def filled(form, poison, empty=None):
    """Every field of the form with the poison; files with bytes that are none of the kinds.

    empty: the field that stays empty: what is typed in one decides how others are read.
    """
    for name, field in form.fields.items():
        if name == empty:
            continue
        if name == "key":
            yield name, str(uuid.uuid4())
        elif name == "seen":
            yield name, str(form["seen"].value() or 0)
        elif isinstance(field, FileField):
            yield name, SimpleUploadedFile(f"{poison[:50]}.pdf", b"%PDF-" + poison.encode())
        else:
            yield name, poison


def tried(client, url):
    """What each poison was answered; every try is taken back."""
    page = client.get(url)
    if page.status_code != 200 or "form" not in (page.context or {}):
        return {}
    answers, form = {}, page.context["form"]
    optional = [name for name, field in form.fields.items() if not field.required]
    tries = [(what, None) for what in POISON] + [("long", name) for name in optional]
    for what, empty in tries:
        with transaction.atomic():
            before = counts()
            answer = client.post(url, dict(filled(form, POISON[what], empty)))
            left = counts() != before
            transaction.set_rollback(True)
        answers[what, empty] = answer.status_code
        assert answer.status_code in ANSWERS, (url, what, empty, answer.status_code)
        assert answer.status_code == 303 or not left, (url, what, empty, "left something behind")
    raw = client.post(url, "key=%00&seen=%ED%A0%80&reason=%FF", "application/x-www-form-urlencoded")
    assert raw.status_code in ANSWERS, url
    return answers


@pytest.mark.slow
def test_no_form_breaks_and_none_leaves_anything(office, staff):
    signed_in = {name: Client() for name in staff}
    for name, client in signed_in.items():
        client.force_login(staff[name])
    answers = {}
    for url, roles in [*openings(office), *verbs()]:
        who = next(name for name in staff if held(staff[name].person) & set(roles))
        answers[url] = tried(signed_in[who], url)
    asked = {url: found for url, found in answers.items() if found}
    assert len(asked) > 40, sorted(answers)
    refused = [code for found in asked.values() for code in found.values() if code in (409, 422)]
    assert len(refused) > 2 * len(asked)
