"""What happens when a project ends early: one function per verb."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, dependants, facts
from fsesys.core.door import begin, hold, perform
from fsesys.core.people import SystemActor
from fsesys.core.wording import day

from .. import living, word
from ..proposal import following
from . import selectors
from .models import EndingCase

TITLES = {"project_ended": _("Your project has ended")}


def ask_for_decision(project, *, by=None, reason=""):
    """What the project hangs on ends: an officer is asked whether the project ends too."""
    return begin(EndingCase, by=by or SystemActor(), verb="ask_for_decision", reason=reason,
                 responsible=living.caretaker(project), **living.columns(project))  # fmt: skip


@transaction.atomic
def end_project(
    project, *, by, upload, channel="mail", listed=(), confirmed=False, paragraph="", **said
):  # fmt: skip
    """The officer ended the project now, on the owner's word; what hangs on it ended with it."""
    typed = {"listed": listed, "confirmed": confirmed, "said_by": said["said_by"].pk,
             "said_on": said["said_on"]}  # fmt: skip
    event = begin(
        EndingCase, by=by, verb="end_project", typed=typed, facts={"dependants": sorted(listed)},
        responsible=living.caretaker(project), **living.columns(project), **said,
    )  # fmt: skip
    word.file_word(event, upload, channel)
    return _end(event, paragraph)


@transaction.atomic
def confirm_end(case, *, by, reason, listed=(), confirmed=False, paragraph="", **door):
    """The officer decided that the project ends."""
    event = perform(
        hold(case), "confirm_end", by=by, reason=reason,
        typed={"listed": listed, "confirmed": confirmed}, facts={"dependants": sorted(listed)},
        **door,
    )  # fmt: skip
    return _end(event, paragraph)


def keep_project(case, *, by, reason, **door):
    """The officer decided that the project goes on."""
    return perform(case, "keep_project", by=by, reason=reason, **door)


def _end(event, paragraph):
    stamp = {"at": event.at, "by": event.by, "event": event, "to_at": event.at}
    for rows in selectors.both(event.case.project_id, event.at):
        facts.end_all(rows, **stamp)
    following.follow(event.case.project, event.at, event.by.account)
    dependants.end(event.facts["dependants"], event, event.at)
    context = living.spoken(event.case, lambda: {
        "day": day(clock.day_of(event.at)), "reasons": event.reason})  # fmt: skip
    living.write(event, "project_ended", TITLES["project_ended"], context, paragraph)
    return event


def _runs_again(last, event):
    """The cases that got a task are told that the project goes on, under the version it had."""
    following.follow(event.case.project, event.at, event.by.account)
    dependants.undone(last.facts["dependants"], event)


UNDOING = {"end_project": _runs_again, "confirm_end": _runs_again}
