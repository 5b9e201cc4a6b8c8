"""The parts of a case page that every process shares, as plain values for the templates."""

import datetime as dt
from itertools import pairwise

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import clock, parameters, roles, workdays
from .asking import preview
from .checklists import CriterionAnswer
from .documents import CHANNELS, DIRECTIONS
from .people import Person
from .wording import day, when

TONES = {"met": "good", "not-met": "bad", "exempted": "waiting"}  # answers of a check-list
HIDDEN = {"words", "search"}


def rows(*pairs) -> list:
    """(label, value[, url]) as components/facts.html shows them; what says nothing is left out."""
    return [{"label": label, "value": value, "url": url[0] if url else ""}
            for label, value, *url in pairs if value not in ("", None)]  # fmt: skip


def header(case, now):
    state = case.state_now
    days = workdays.between(clock.day_of(case.state_since), clock.day_of(now))
    return {
        "number": case.number, "subject": case.subject_label, "state": state.label,
        "state_kind": state.kind, "due": day(case.due_on) if not state.closed else "",
        "ball": ball(case, state, days),
    }  # fmt: skip


def ball(case, state, days):
    """Who has the ball and for how long, in one sentence."""
    if state.closed:
        return _("Closed on %(day)s") % {"day": day(clock.day_of(case.closed_at))}
    if not case.turn:
        return ""
    own = case.turn in (roles.RESPONSIBLE, roles.OFFICER)
    who = case.responsible.name if own else roles.label(case.turn)
    return ngettext(
        "Waits for %(who)s, %(days)d working day",
        "Waits for %(who)s, %(days)d working days", days,
    ) % {"who": who, "days": days}  # fmt: skip


def steps(case, events):
    """The stepper: a step is done by the last event of its verbs since its states were left."""
    machine, found = case.machine, []
    latest = {event.verb: event for event in events}
    for step in machine.steps:
        event = next((latest[v] for v in step.verbs if v in latest), None)
        current = case.state in step.states
        later = any(case.state in other.states for other in machine.steps if
                    other.number < step.number)  # fmt: skip
        done = event and not current and not later
        found.append({
            "number": step.number, "label": step.label,
            "status": "current" if current else "done" if done else "todo",
            "person": event.by.name if done else "",
            "at": day(clock.day_of(event.at)) if done else "",
        })  # fmt: skip
    return found


def choices(case, by, url):
    """The buttons: one primary, the others, and the blocked ones with their reasons."""
    return [
        {
            "verb": choice.move.verb, "label": choice.move.label,
            "url": f"{url}{choice.move.verb}/", "allowed": choice.allowed,
            "refusals": choice.refusals, "primary": choice.primary, "danger": choice.move.danger,
        }
        for choice in preview(case, by)
    ]  # fmt: skip


def proposals(case, by):
    """Decisions on this case that wait for a second person."""
    if not any(event.verb == "propose" for event in case.story):
        return []
    return [
        {
            "url": reverse("pending", args=[one.pk]), "verb": case.machine.move(one.verb).label,
            "by": one.by.name, "at": when(one.event.at),
            "mine": one.by_id == by.person_id,
        }
        for one in case.proposals.filter(outcome="").select_related("by", "event")
    ]  # fmt: skip


def clocks(case, events, now):
    """Working days with us and with them, and the target of the step that runs."""
    ours = theirs = 0
    for first, second in zip(events, [*events[1:], None], strict=True):
        state = case.machine.state(first.to_state)
        end = second.at if second else (case.closed_at or now)
        days = workdays.between(clock.day_of(first.at), clock.day_of(end))
        if state.waits_for in ("applicant", "institution"):
            theirs += days
        elif not state.closed:
            ours += days
    name = case.machine.target_days.get(case.state)
    target = parameters.parameters(clock.day_of(now))[name] if name else None
    spent = workdays.between(clock.day_of(case.state_since), clock.day_of(now))
    shown = [
        {"label": _("With us"), "owner": "ours", "days": ours, "target": None, "late": False},
        {"label": _("With them"), "owner": "theirs", "days": theirs, "target": None,
         "late": False},
    ]  # fmt: skip
    if target:
        owner = "theirs" if case.state_now.kind == "waiting" else "ours"
        shown.append({"label": _("This step"), "owner": owner, "days": spent, "target": target,
                      "late": spent > target})  # fmt: skip
    return shown


def checklist(case, event, criteria):
    """The answers given with the event, or what `criteria(case, day)` will ask."""
    if event is None:
        asked = [] if case.origin == "import" else criteria(case, clock.today())
        return [{"title": c.title, "help": c.help, "answer": "", "note": ""} for c in asked]
    given = CriterionAnswer.objects.filter(event=event).select_related("criterion")
    return [{"title": a.criterion.title, "help": "", "answer": a.get_answer_display(),
             "tone": TONES[a.answer], "note": a.note}
            for a in given.order_by("criterion__position")]  # fmt: skip


def lapse(case) -> list:
    """The alert of a case that ends by itself when nobody answers."""
    if not case.lapse_on or case.closed_at:
        return []
    words = _("Without an answer the case can lapse on %(day)s.")
    return [words % {"day": day(case.lapse_on)}]


def questions(case, url):
    return [
        {
            "number": q.number, "about": q.about, "text": q.text, "due_on": day(q.due_on),
            "answered_on": day(q.answered_on), "answer": q.answer or "",
            "by": q.closed_event.by.name if q.closed_event else "",
            "reason": q.closed_event.reason if q.closed_event else "", "open": q.is_open,
            "answer_url": f"{url}answer/?question={q.pk}" if q.is_open else "", "documents": [],
        }
        for q in case.asked
    ]  # fmt: skip


def filed(case):
    """The documents of the case without their bytes, in one query."""
    rows = case.documents.select_related("rendering__file", "file", "registered_by")
    return list(rows.defer("rendering__file__content", "file__content", "context"))


def documents(rows, superseded=()):
    return [
        {
            "number": d.number, "title": d.title, "kind": d.kind,
            "direction": DIRECTIONS[d.direction], "date": day(d.received_on or
            clock.day_of(d.registered_at)), "channel": CHANNELS[d.channel],
            "status": _("ready") if d.file or hasattr(d, "rendering") else _("being made"),
            "url": reverse("document", args=[d.number]),
            "sha256": (d.file or d.rendering.file).sha256 if d.file or hasattr(d, "rendering")
            else "", "superseded": d.pk in superseded,
        }
        for d in rows
    ]  # fmt: skip


def timeline(case, events, filed):
    """Events, letters and mails in one list, newest first."""
    rows, changed = [], changes(case)
    undone = {event.undoes_id for event in events}
    for event in events:
        move = case.machine.move(event.verb)
        rows.append((event.at, event.revision, {
            "at": when(event.at), "who": event.by.name, "role": roles.label(event.role),
            "on_behalf_of": event.on_behalf_of.name if event.on_behalf_of else "",
            "proposed_by": event.proposed_by.name if event.proposed_by else "",
            "undone": event.pk in undone,
            "kind": "event", "verb": event.verb, "title": move.done or move.label, "text": event.reason,
            "details": changed.get(event.revision, []), "quiet": event.quiet,
        }))  # fmt: skip
    for document in filed:
        rows.append((document.registered_at, 10**6 + document.pk, {
            "at": when(document.registered_at), "who": document.registered_by.name,
            "kind": "letter" if document.template else "document", "title": f"{document.number} {document.title}",
            "text": "", "details": [], "quiet": False,
        }))  # fmt: skip
    for notice in case.notices.all():
        sent = _("Mail sent to %(to)s") if notice.sent_at else _("Mail waits for %(to)s")
        if notice.recalled_at:
            sent = _("Mail to %(to)s was held back")
        rows.append((notice.sent_at or notice.queued_at, 10**9 + notice.pk, {
            "at": when(notice.sent_at or notice.queued_at), "who": "", "kind": "mail",
            "title": sent % {"to": notice.to_mail}, "text": notice.subject, "details": [],
            "quiet": False,
        }))  # fmt: skip
    return [row for _at, _order, row in sorted(rows, key=lambda r: r[:2], reverse=True)]


def changes(case) -> dict:
    """Which columns each revision changed, old and new, from the row history: two queries."""
    own = [f for f in type(case)._meta.local_concrete_fields if not f.is_relation]
    own += [type(case)._meta.get_field("due_on"), type(case)._meta.get_field("responsible")]
    rows = list(type(case).history.filter(number=case.number).order_by("history_id"))
    names = {case.responsible_id: case.responsible.name}
    others = {row.responsible_id for row in rows} - set(names)
    if others:
        names |= dict(Person.objects.filter(pk__in=others).values_list("pk", "name"))
    return {
        new.revision: [change for f in own if (change := _change(f, old, new, names))]
        for old, new in pairwise(rows)
    }


def _change(field, old, new, names):
    before, after = getattr(old, field.attname), getattr(new, field.attname)
    if before == after or field.name in HIDDEN:
        return None
    label = str(field.verbose_name)
    return {"label": label[:1].upper() + label[1:], "old": _shown(field, before, names),
            "new": _shown(field, after, names)}  # fmt: skip


def _shown(field, value, names):
    if field.name == "responsible":
        return names.get(value, "")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.date):
        return day(value)
    known = dict(getattr(field, "base_field", field).flatchoices)
    parts = value if isinstance(value, list) else [value if value is not None else ""]
    text = ", ".join(str(known.get(part, part)) for part in parts)
    return text if len(text) <= 200 else f"{text[:200]} …"
