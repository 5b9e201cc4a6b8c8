"""The present office brought in: who is associated with which institution, and under which ident.

One row is one person at one institution. Papers, approval and proof of identity stay where they
were; a record says what the file says and no more. Reading, preview and confirming are core's.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.utils import bulk_create_with_history

from fsesys.core import clock, everyday
from fsesys.core.bringing import AT_ONCE, Incoming, bring_in
from fsesys.core.importing import Importer
from fsesys.core.people import Person

from .. import doubles, idents
from ..records import Association, Researcher
from . import actions, importcolumns
from .models import AssociationCase

ABOUT = ("birth_year", "citizenship", "country", "employer", "language")


class Associations(Importer):
    slug, label, roles = "associations", gettext_lazy("Associations"), everyday.IMPORT.roles
    columns = importcolumns.COLUMNS

    def lock(self):
        doubles.hold_people()
        idents.hold_idents()

    def judge(self, rows, by, at):
        known = importcolumns.Known(rows, by, clock.day_of(at))
        self.refuse(rows, known.problems)
        while lost := [row for row in rows if not row.problems and known.unanswered(row, rows)]:
            for row in lost:
                row.refuse(self.column("answerable"), _("The row of who answers is wrong itself."))

    def title(self, row):
        return row.cells.get("name") or _("without a name")

    def make(self, batch, rows, by):
        people = _people(rows, by)
        _researchers(rows, people, by)
        for state in ("active", "ended"):
            mine = [row for row in rows if state_of(row) == state]
            known = importcolumns.of_numbers(mine)
            events = bring_in(batch, AssociationCase, [
                _incoming(row, known, people, by) for row in mine
            ], by=by, state=state) if mine else []  # fmt: skip
            Association.objects.bulk_create(
                [_fact(row, event) for row, event in zip(mine, events, strict=True)],
                batch_size=AT_ONCE,
            )


def state_of(row) -> str:
    """As where the end was registered here: the case is closed, the fact runs until its last day."""
    return "ended" if row["last_on"] else "active"


def _people(rows, by) -> dict:
    """{mail: Person} of everybody the rows name, made where not on record."""
    known = importcolumns.of_mails(
        {one for row in rows for one in (row["mail"], row["answerable"]) if one}
    )
    new = {row["mail"]: Person(name=row["name"], mail=row["mail"], title=row["title"]).prepared()
           for row in rows if row["mail"] not in known}  # fmt: skip
    made = bulk_create_with_history(list(new.values()), Person, batch_size=AT_ONCE, default_user=by)
    return known | {one.mail: one for one in made}


def _researchers(rows, people, by):
    """The record of each as a researcher, with an ident that nobody had."""
    taken = set(Researcher.objects.exclude(ident=None).values_list("ident", flat=True))
    taken |= {row["ident"] for row in rows if row["ident"]}
    given = {row["mail"]: row["ident"] for row in rows if row["ident"]}
    known = {one.person_id: one for one in Researcher.objects.filter(
        person__in=[people[row["mail"]].pk for row in rows])}  # fmt: skip
    new = {}
    for row in rows:
        person = people[row["mail"]]
        one = known.get(person.pk) or new.get(person.pk)
        if one is None:
            one = new[person.pk] = Researcher(person=person, **{name: row[name] for name in ABOUT})
        if not one.ident:
            one.ident = given.get(row["mail"]) or _free(person.name, taken)
            taken.add(one.ident)
            if one.pk:
                one._history_user = by
                one.save()
    bulk_create_with_history(list(new.values()), Researcher, batch_size=AT_ONCE, default_user=by)


def _free(name, taken) -> str:
    return next(one for one in idents.candidates(name) if one not in taken)


def _incoming(row, institutions, people, by) -> Incoming:
    """The case of one association, with what the file says and no more."""
    person = people[row["mail"]]
    columns = actions.columns(institutions[row["institution"]], person) | {
        "responsible": by.person, "type": row["type"], "mail": row["mail"],
        "answerable": people[row["answerable"]] if row["answerable"] else None,
        "received_on": row["from_on"], "ended_on": row["last_on"],
    }  # fmt: skip
    facts = {"from_on": row["from_on"].isoformat(),
             "last_on": row["last_on"].isoformat() if row["last_on"] else ""}  # fmt: skip
    return Incoming(row.number, columns, frozenset({person.pk}), facts)


def _fact(row, event) -> Association:
    case, (since, until) = event.case, importcolumns.span(row)
    return Association(
        person_id=case.person_id, institution_id=case.institution_id, type=case.type, agreement=case,
        from_at=since, to_at=until, recorded_at=event.at,
        recorded_by=event.by, event=event,
    )  # fmt: skip


ASSOCIATIONS = Associations()
