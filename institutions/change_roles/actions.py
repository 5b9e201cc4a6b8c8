"""What happens when a role at an institution is given or ended: one function per verb."""

from django.db import transaction

from fsesys.core import clock, issuing
from fsesys.core.clock import after
from fsesys.core.door import begin
from fsesys.core.facts import replace

from .. import living
from ..authorisation.registering import on_record
from ..records import RoleHolding
from ..standing import ends_at
from .models import RoleCase


@transaction.atomic
def add_role(institution, *, by, name, mail, role, from_on, title="", upload=None, **more):
    """The institution named a substitute, an administrator or a signatory.

    more: who asked (asked_as, asked_by, asked_on, channel), and what the door takes.
    """
    at = clock.read()
    person = on_record({"name": name, "mail": mail, "title": title})
    typed = {"name": name, "mail": mail, "role": role, "from_on": from_on,
             "from_at": clock.begins(from_on, at)}  # fmt: skip
    event = _open("add_role", institution, by, at, person, role, typed, upload, more,
                  from_on=from_on)  # fmt: skip
    RoleHolding.objects.create(
        institution=institution, person=person, role=role,
        from_at=clock.begins(from_on, event.at), recorded_at=event.at, recorded_by=event.by,
        event=event, to_at=ends_at(institution, event.at),
    )  # fmt: skip
    return event


@transaction.atomic
def end_role(institution, *, by, holding, last_on, upload=None, **more):
    """The institution said that somebody does not hold a role after a day.

    holding: id of the RoleHolding. more: as for add_role.
    """
    rows = RoleHolding.objects.known().filter(institution=institution).select_related("person")
    row = rows.filter(pk=holding).first()
    typed = {"holding": holding, "last_on": last_on}
    event = _open(
        "end_role", institution, by, clock.read(), row and row.person, row.role if row else "",
        typed, upload, more, last_on=last_on,
    )  # fmt: skip
    replace(row, at=event.at, by=event.by, event=event, to_at=after(last_on))
    return event


def _open(verb, institution, by, at, person, role, typed, upload, more, **days):
    asked = {name: more.pop(name) for name in ("asked_as", "asked_by", "asked_on", "channel")}
    event = begin(
        RoleCase, by=by, verb=verb, at=at, responsible=living.caretaker(institution, at),
        person=person, role=role, typed=asked | typed | {"filed": bool(upload)}, **asked, **days,
        **living.columns(institution), **more,
    )  # fmt: skip
    if upload:
        issuing.file_in(event, upload, kind="other", title=str(event.case.machine.label_one),
                        sender=str(institution), received_on=asked["asked_on"])  # fmt: skip
    return event
