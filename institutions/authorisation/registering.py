"""The last verb of process 1: the institution registered, with its number and its dated facts."""

import datetime as dt

from django.db import connection, transaction
from django.db.models import Max
from django.utils import translation

from fsesys.core import clock
from fsesys.core.door import perform
from fsesys.core.parameters import parameters
from fsesys.core.people import Person

from .. import kinds
from ..records import AuthorisationPeriod, EnterpriseRight, Institution, RoleHolding
from . import documents

NAMED = {"substitute": "substitutes", "administrator": "administrators",
         "signatory": "signatories"}  # fmt: skip


@transaction.atomic
def register_institution(
    case,
    *,
    by,
    substitutes=(),
    administrators=(),
    signatories=(),
    review_on=None,
    paragraph="",
    **facts,
):
    """The institution was registered: number, authorisation in force, roles, welcome letter."""
    mails = [person["mail"] for person in (*substitutes, *administrators, *signatories)]
    event = perform(
        case, "register_institution", by=by, typed={
            "substitutes": [p["mail"].lower() for p in substitutes], "mails": mails,
        }, **facts,
    )  # fmt: skip
    case, at = event.case, event.at
    institution = case.institution
    if institution.authorisation_number is None:
        institution.authorisation_number = next_number(at)
    institution.review_on = review_on or review_day(clock.day_of(at))
    institution._history_user = by
    institution.save()
    record = {"from_at": at, "recorded_at": at, "recorded_by": event.by, "event": event,
              "institution": institution}  # fmt: skip
    AuthorisationPeriod.objects.create(case=case, **record)
    right = case.enterprise_right or kinds.enterprise_right(institution.type)
    EnterpriseRight.objects.create(right=right, reason=case.reservations[:300], **record)
    named = zip(NAMED, (substitutes, administrators, signatories), strict=True)
    people = [("responsible", case.head)]
    people += [(role, on_record(fields)) for role, rows in named for fields in rows]
    people = list(dict.fromkeys(people))  # who stands on two lines holds the role once
    for role, person in people:
        RoleHolding.objects.create(role=role, person=person, **record)
    return _welcome(event, institution, people, paragraph)


def _welcome(event, institution, people, paragraph):
    with translation.override(event.case.language):
        named = [(role, person.name) for role, person in people]
        number, review_on = institution.authorisation_number, institution.review_on
        day = clock.day_of(event.at)
        context = documents.welcome(event.case, number, day, review_on, named)
        documents.write(event, "welcome", context, paragraph)
    return event


def review_day(day):
    """When an institution registered on the day is reviewed first."""
    return months_after(day, parameters(day)["institution_review_months"])


def on_record(fields):
    """The person with that name and mail, made when not on record."""
    known = Person.objects.filter(name=fields["name"], mail__iexact=fields["mail"]).first()
    return known or Person.objects.create(**fields)


def hold_numbers():
    """Nobody else gives an authorisation number until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('authorisation_number'))")


def hold_names(alone=False):
    """What is on record under a name and CVR number stays so for us until this transaction ends.

    Applications do not wait for each other; an import (alone) and an application do.
    """
    kind = "" if alone else "_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{kind}(hashtext('institution_names'))")


def next_number(at):
    """One more than the highest ever given or imported; the register lock makes it gapless."""
    hold_numbers()
    highest = Institution.objects.aggregate(highest=Max("authorisation_number"))["highest"]
    first = parameters(clock.day_of(at))["first_authorisation_number"]
    return max((highest or 0) + 1, first)


def months_after(day, months):
    """The same day so many months on; 29 February becomes 28 February."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month, min(day.day, last))
        except ValueError:
            continue
    return day
