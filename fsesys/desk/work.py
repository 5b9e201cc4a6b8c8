"""My work: the cases that wait for one of my roles, most urgent first, one button each."""

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from fsesys.core import casepage, clock, dependants, pending, processes, roles
from fsesys.core.cases import Case
from fsesys.core.finding import OneOf, ids

LIMIT = 200
KNOWN = 500  # statements of the count that are kept
_counting: dict = {}  # (person, roles, seats, day ...) -> statement and values
KEPT = {roles.RESPONSIBLE, roles.OFFICER}  # whose cases are their own, not their colleagues'


def waiting(person, held):
    """Open cases whose turn is one of the person's roles, or that a job put before them."""
    kept = held & KEPT
    mine = Q(turn__in=held - kept)
    if held & roles.DECIDING:
        ours = list(roles.seats(person))
        mine |= Q(turn__in=kept, responsible__in=ours)
        mine |= Q(OneOf("pk", ArraySubquery(dependants.tasked())), responsible__in=ours)
    for process in processes.everything():
        if process.prepared:
            mine |= Q(OneOf("pk", ids(process.prepared(person, held, clock.today()))))
    rows = Case.objects.filter(mine, closed_at=None)
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")


def count_in_words(person, held):
    """How many cases and proposals wait for me, for the navigation; one statement."""
    told = (person.pk, held, frozenset(roles.seats(person)), clock.today(), LIMIT,
            len(processes.everything()))  # fmt: skip
    if told not in _counting:  # writing it costs ten times what asking it does, on every page
        if len(_counting) > KNOWN:
            _counting.clear()
        _counting[told] = _counted(person, held)
    with connection.cursor() as cursor:
        cursor.execute(*_counting[told])
        (waits,) = cursor.fetchone()
    return f"{LIMIT}+" if waits > LIMIT else str(waits or "")


def _counted(person, held) -> tuple:
    """(statement, values) of the count; it follows from the person, the roles and the day alone."""
    rows = waiting(person, held).order_by().values("pk")[: LIMIT + 1]
    proposals = pending.confirmable(person, held).order_by().values("pk")
    try:
        sql, values = rows.union(proposals, all=True).query.sql_with_params()
    except EmptyResultSet:
        return "SELECT 0", ()
    return f"SELECT COUNT(*) FROM ({sql}) AS waits", values  # noqa: S608  the ORM wrote it


def proposed(one):
    """A decision that this person can confirm."""
    process = processes.get(one.case.process)
    state = process.machine.state(one.case.state)
    return {
        "number": one.case.number, "subject": one.case.subject_label,
        "url": f"{process.url}{one.case.number}/", "state": state.label, "due": "", "late": False,
        "state_kind": state.kind, "process": process.machine.label_one,
        "why": _("Waits for a second person"),
        "button": {"label": _("Confirm: %(verb)s") % {"verb": process.machine.move(one.verb).label},
                   "url": reverse("pending", args=[one.pk])},
    }  # fmt: skip


def _for_whom(case, seats, person):
    """In whose seat the task waits, where it is not one's own."""
    if case.turn in seats[person.pk] and (
        case.turn not in KEPT or case.responsible_id == person.pk
    ):
        return ""
    return _("on behalf of another")


def tasks(person, held):
    """Proposals that wait for a second person, then each waiting case with its main button."""
    today = clock.today()
    seats = roles.seats(person)
    found = [proposed(one) for one in pending.waiting_for(person, held)]
    cases = list(waiting(person, held)[:LIMIT])
    unsettled = set(dependants.tasked().filter(case__in=cases).values_list("case", flat=True))
    for case in cases:
        process = processes.get(case.process)
        state = process.machine.state(case.state)
        url = f"{process.url}{case.number}/"
        verb = process.machine.move(state.next_verb)
        lapsing = case.turn not in held and case.pk not in unsettled
        if lapsing:
            verb = process.machine.move("lapse")
        button = {"label": verb.label, "url": f"{url}{verb.verb}/"} if verb else None
        why = _("Can lapse now") if lapsing else _for_whom(case, seats, person)
        if case.pk in unsettled:
            button = {"label": _("Open the case"), "url": url}
            why = _("What it hangs on ends: decide what happens")
        found.append({
            "number": case.number, "subject": case.subject_label, "url": url,
            "state": state.label, "state_kind": state.kind, "due": casepage.day(case.due_on),
            "late": bool(case.due_on and case.due_on < today), "process": process.machine.label_one,
            "why": why, "button": button,
        })  # fmt: skip
    return found
