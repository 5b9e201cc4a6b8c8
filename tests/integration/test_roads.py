"""Every road round the door, tried as the application's role: the database refuses each.

Each road runs in a savepoint of its own and ends with the deferred guards forced.
"""

from __future__ import annotations

import json

import pgtrigger
import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from fsesys.core.cases import Case, Edge, ImportBatch, ProcessEvent
from fsesys.core.documents import Document
from fsesys.core.facts import replace
from fsesys.core.people import Person
from fsesys.core.questions import Question
from institutions.authorisation.models import AuthorisationCase, Vote
from institutions.records import AuthorisationPeriod, RoleHolding

pytestmark = pytest.mark.django_db
WHEN = "2026-06-01T10:00:00Z"


def sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def force():
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("SET CONSTRAINTS ALL DEFERRED")


def refused(act, words=None):
    """The act, or its commit, is refused by the database."""
    force()
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        act()
        force()


@pytest.fixture
def case(case_in):
    return case_in("submitted")


def moved(case, state="approved", by=1):
    case.state, case.revision = state, case.revision + by
    return case


def event(case, **fields):
    values = {
        "case": case, "revision": case.revision + 1, "verb": "approve", "at": WHEN,
        "from_state": case.state, "to_state": "approved", "by": case.responsible, "role": "chief",
    }  # fmt: skip
    return ProcessEvent(**(values | fields))


# The state

ROADS = {
    "update": lambda case, to, n: Case.objects.filter(pk=case.pk).update(
        state=to, revision=case.revision + n),
    "child update": lambda case, to, n: AuthorisationCase.objects.filter(pk=case.pk).update(
        state=to, revision=case.revision + n),
    "save": lambda case, to, n: moved(case, to, n).save(),
    "bulk_update": lambda case, to, n: Case.objects.bulk_update(
        [moved(Case.objects.get(pk=case.pk), to, n)], ["state", "revision"]),
    "raw SQL": lambda case, to, n: sql(
        "UPDATE core_case SET state = %s, revision = revision + %s WHERE id = %s", to, n, case.pk),
}  # fmt: skip


@pytest.mark.parametrize("road", ROADS.values(), ids=ROADS)
def test_a_state_without_a_new_revision(case, road):
    refused(lambda: road(case, "approved", 0), "one more revision")


@pytest.mark.parametrize("road", ROADS.values(), ids=ROADS)
def test_a_state_to_which_no_edge_leads(case, road):
    refused(lambda: road(case, "authorised", 1), "No edge of the process")


@pytest.mark.parametrize("road", ROADS.values(), ids=ROADS)
def test_a_state_without_its_event(case, road):
    refused(lambda: road(case, "approved", 1), "without its event")


@pytest.mark.parametrize(
    "state, words", [("authorised", "No edge"), ("approved", "without its event")]
)
def test_a_fixture_with_another_state(case, state, words, tmp_path):
    rows = json.loads(serializers.serialize("json", Case.objects.filter(pk=case.pk)))
    rows[0]["fields"] |= {"state": state, "revision": case.revision + 1}
    path = tmp_path / "case.json"
    path.write_text(json.dumps(rows))
    refused(lambda: call_command("loaddata", str(path), verbosity=0), words)


def first(case, **fields):
    values = {
        "number": "2026-999999", "process": "authorisation", "subject_key": "institution:0",
        "subject_label": "x", "state_since": WHEN, "responsible": case.responsible,
        "opened_at": WHEN, "revision": 1,
    }  # fmt: skip
    return Case(**(values | fields))


def test_a_case_that_begins_elsewhere(case):
    for state in ("approved", "authorised", "nonsense"):
        refused(lambda state=state: Case.objects.bulk_create([first(case, state=state)]),
                "can not begin")  # fmt: skip
    refused(lambda: first(case, state="received", revision=7).save(), "begins at revision 1")
    refused(lambda: first(case, state="received").save(), "without its event")
    refused(lambda: first(case, state="received", process="nonsense").save(), "can not begin")


def test_two_moves_with_one_event(case):
    def twice():
        ROADS["raw SQL"](case, "approved", 1)
        ROADS["raw SQL"](case, "signed_by_us", 1)
        event(case, revision=case.revision + 2, verb="register_our_signature",
              from_state="approved", to_state="signed_by_us").save()  # fmt: skip

    refused(twice, "without its event")


def test_an_event_that_does_not_fit(case):
    def ahead(**wrong):
        sql("UPDATE core_case SET revision = revision + 1 WHERE id = %s", case.pk)
        event(case, **wrong).save()

    refused(lambda: ahead(to_state="authorised"), "does not lead")
    refused(lambda: ahead(verb="withdraw"), "does not lead")
    refused(lambda: event(case, revision=case.revision).save())
    refused(lambda: event(case).save(), "revision that its case has reached")


def test_what_names_a_case_never_changes(case):
    for column in ("process", "number", "subject_key"):
        refused(lambda column=column: sql(
            f"UPDATE core_case SET {column} = 'x', revision = revision + 1 WHERE id = %s", case.pk),
            "never change")  # fmt: skip


# What is written once


def test_nothing_is_deleted_or_truncated(case_in):
    case_in("awaiting_applicant")  # with questions
    case_in("authorised")
    tables = [model._meta.db_table for model in guarded() if model.objects.exists()]
    assert len(tables) > 20
    for table in tables:
        refused(lambda table=table: sql(f"TRUNCATE {table} CASCADE"), "permission denied")
        refused(lambda table=table: sql(f"DELETE FROM {table}"), "not deleted|written once|denied")


def guarded():
    """Every table of ours, the history tables included."""
    return [m for m in apps.get_models() if m._meta.app_label in ("core", "institutions")]


ONCE = ["ProcessEvent", "Document", "File", "Rendering", "HistoricalPerson",
        "CriterionAnswer", "Checklist", "Criterion", "OfficeBlock"]  # fmt: skip


def test_what_is_written_once_is_not_changed(case_in):
    case_in("authorised")
    models = [apps.get_model("core", name) for name in ONCE]
    models += [Vote, apps.get_model("institutions", "HistoricalAuthorisationCase"),
               apps.get_model("institutions", "HistoricalInstitution")]  # fmt: skip
    for model in models:
        key = model._meta.pk.attname
        if model.objects.exists():
            refused(lambda m=model, k=key: m.objects.update(**{k: -1}), "written once")
        else:
            assert model.__name__ == "Rendering"


def test_an_answer_stands(walk_to):
    walked = walk_to("awaiting_applicant")
    for question in walked.case().questions.all():
        walked.do("answer", "secretary", question=question.pk, answered_on=walked.day, answer="So.")
    questions = walked.case().questions
    assert questions.filter(closed_event=None).count() == 0 and questions.exists()
    for change in ({"answer": "other"}, {"answer": None}, {"text": "other"},
                   {"closed_event": None}):  # fmt: skip
        refused(lambda change=change: Question.objects.update(**change), "written, and once")


def test_a_dated_fact_is_retracted_once_and_else_never_changed(case_in):
    case = case_in("authorised")
    period, last = case.institution.periods.get(), case.events.last()
    rows = AuthorisationPeriod.objects.filter(pk=period.pk)
    for change in ({"to_at": last.at}, {"from_at": WHEN}, {"recorded_by": case.head}):
        refused(lambda change=change: rows.update(**change), "written, and once")
    replace(period, at=last.at, by=last.by, event=last)
    refused(lambda: rows.update(retracted_at=None), "written, and once")
    refused(lambda: rows.update(retracted_at=WHEN), "written, and once")


def test_the_edge_table_is_only_read(case):
    row = {"process": "authorisation", "from_state": "submitted", "to_state": "authorised",
           "verb": "approve"}  # fmt: skip
    refused(lambda: Edge.objects.create(**row), "permission denied")
    refused(lambda: Edge.objects.update(to_state="authorised"), "permission denied")
    refused(lambda: Edge.objects.all().delete(), "permission denied")


# No switch


def test_the_ignore_switch_opens_nothing(case):
    names = [t.get_pgid(Case) for t in Case._meta.triggers]
    switch = "{" + ",".join(f"core_case:{name},{name}" for name in names) + "}"

    def with_setting():
        sql("SELECT set_config('pgtrigger.ignore', %s, true)", switch)
        ROADS["raw SQL"](case, "authorised", 1)

    def with_library():
        with pgtrigger.ignore():
            ROADS["raw SQL"](case, "authorised", 1)

    refused(with_setting, "No edge of the process")
    refused(with_library)


def test_the_application_can_not_switch_triggers_off(case):
    for text in ("SET session_replication_role = replica",
                 "ALTER TABLE core_case DISABLE TRIGGER ALL",
                 "DROP TABLE core_processevent CASCADE"):  # fmt: skip
        refused(lambda text=text: sql(text), "permission denied|must be owner")


def test_no_compiled_function_knows_the_switch():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, prosrc FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace"
            " WHERE n.nspname = 'public' AND proname LIKE 'pgtrigger%'"
        )
        rows = cursor.fetchall()
    assert len(rows) > 20
    assert not [name for name, body in rows if "ignore" in body]


def test_every_guard_of_the_models_is_installed_and_on():
    wanted = {(m._meta.db_table, t.get_pgid(m)) for m in guarded()
              for t in getattr(m._meta, "triggers", [])}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid"
                       " WHERE NOT tgisinternal AND tgenabled = 'O'")  # fmt: skip
        assert wanted <= set(cursor.fetchall())


def test_an_import_batch_counts_in_its_own_transaction_only(case):
    refused(lambda: first(case, state="authorised").save(), "can not begin")
    made = batch(case, transaction="1")  # forged: the database writes its own number over it
    made.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text")
        assert cursor.fetchone() == (made.transaction,)
    refused(lambda: ImportBatch.objects.update(transaction="2"), "written once")


def batch(case, **fields):
    return ImportBatch.objects.create(
        by=case.responsible, reason="test", sha256="0" * 64, at=WHEN, **fields
    )


# One of each, and never one person in both seats


def test_a_second_open_case_of_one_institution(case):
    refused(lambda: first(case, state="received", subject_key=case.subject_key).save(),
            "one_open_case_per_process_and_subject")  # fmt: skip


def test_a_second_authorisation_in_force(case_in):
    period = case_in("authorised").institution.periods.get()
    period.pk = None
    refused(lambda: period.save(), "one_authorisation_in_force")


def test_two_responsible_or_one_who_is_also_the_substitute(case_in):
    held = RoleHolding.objects.filter(institution=case_in("authorised").institution)
    head, other = held.get(role="responsible"), held.get(role="substitute").person
    head.pk = None
    head.person, head.role = other, "responsible"
    refused(head.save, "one_responsible|responsible_is_no_substitute")
    head.person, head.role = held.get(role="responsible").person, "substitute"
    refused(head.save, "responsible_is_no_substitute")


def test_the_one_who_recommended_casts_no_vote(case):
    vote = Vote(case=case, event=case.events.last(), outcome="reject",
                recommended_by=case.recommended_by, decided_by=case.recommended_by)  # fmt: skip
    refused(vote.save, "decided_by_another_person")
    vote.outcome, vote.decided_by = "approve", Person.objects.get(is_system=True)
    refused(vote.save, "approve_needs_agreement")


def test_a_number_stays_with_its_institution(case_in):
    institution = case_in("authorised").institution
    for number in (None, institution.authorisation_number + 1):
        refused(lambda n=number: type(institution).objects.filter(pk=institution.pk).update(
            authorisation_number=n), "stays with its institution")  # fmt: skip


def test_the_same_file_twice_on_one_case(case):
    twin = Document.objects.filter(case=case).exclude(file=None).first()
    twin.pk, twin.number = None, "D26-999999"
    refused(twin.save, "same_file_once_per_case")
