"""What happens when facts change: dated rows, the record's own copy, and the supplement."""

from django.db import transaction
from django.utils import translation

from fsesys.core import clock, issuing
from fsesys.core.door import begin, hold, perform
from fsesys.core.facts import replace, restore
from fsesys.core.people import SystemActor
from fsesys.core.refusal import Refused

from .. import formats, living, signatures
from ..records import Institution, InstitutionFacts, Organisation
from . import documents, rules, selectors
from .models import ChangeCase

READ = {"ean": formats.ean, "mail_domains": formats.mail_domains}


@transaction.atomic
def change_facts(
    institution, *, by, from_on, reason, supplement="", supplement_reason="", upload=None,
    paragraph="", key=None, shown=None, **typed
):  # fmt: skip
    """Facts of the institution changed from a day; earlier days and sent letters keep the old.

    shown: id of the row of facts recorded last when the person looked, 0 for none; None in scripts.
    """
    institution = Institution.objects.select_for_update(no_key=True, of=("self",)).get(
        pk=institution.pk
    )
    at = clock.read()
    from_at = clock.begins(from_on, at)
    changes = _differing(selectors.held_at(institution, from_at), _read(typed))
    event = begin(
        ChangeCase, by=by, verb="change_facts", key=key, reason=reason, from_on=from_on,
        responsible=living.caretaker(institution, at), changes=changes,
        supplement=supplement, supplement_reason=supplement_reason[:300],
        to="awaiting_supplement" if supplement == "yes" else "recorded",
        typed={"changes": changes, "from_on": from_on, "supplement": supplement,
               "supplement_reason": supplement_reason, "shown": shown},
        **living.columns(institution),
    )  # fmt: skip
    new = _at_once(event.case)
    if new:
        put(institution, event, from_at, new)
    take_over(institution, event.at, by)
    if upload:
        issuing.file_in(event, upload, kind="other", title=str(event.case.machine.label_one),
                        sender=str(institution))  # fmt: skip
    if supplement == "yes":
        _supplement(event, paragraph)
    return event


def _at_once(case) -> dict:
    """The columns that change on the day itself: what waits for a signature is not among them."""
    waits = rules.AT_SIGNATURE if case.supplement == "yes" else ()
    new = {name: value for name, (_old, value) in case.changes.items() if name not in waits}
    if "parent" in new:
        new["parent_id"] = _parent(case.institution, new.pop("parent"))
    return new


def put_anew(event, from_at):
    """What the case had put is put from another day instead; what it replaced runs on till then."""
    case, stamp = event.case, {"at": event.at, "by": event.by, "event": event}
    rows = InstitutionFacts.objects.filter(institution=case.institution_id)
    mine = rows.filter(event__case=case.pk)
    before = list(rows.filter(retracting_event__case=case.pk).exclude(pk__in=mine.values("pk")))
    mine.known().update(retracted_at=event.at, retracting_event=event)
    restore(before, **stamp)
    put(case.institution, event, from_at, _at_once(case))
    take_over(case.institution, event.at, getattr(event.by, "account", None))


def _read(typed) -> dict:
    """What was typed, as it is kept. Raises Refused with every sentence on what is wrong."""
    read, wrong = {}, []
    for name, value in typed.items():
        try:
            read[name] = READ[name](value) if name in READ else value
        except ValueError as error:
            wrong.append(str(error))
    if wrong:
        raise Refused(wrong)
    return read


def _differing(held, typed) -> dict:
    """{column: [old, new]} of what was typed and differs."""
    changes = {}
    for name, new in typed.items():
        old = str(held.parent or "") if name == "parent" else getattr(held, name)
        same = set(new) == set(old) if name == "schemes" else new == old
        if not same:
            changes[name] = [old, new]
    return changes


def _parent(institution, name):
    if not name:
        return None
    return Organisation.objects.get_or_create(name=name, cvr=institution.cvr)[0].pk


def put(institution, event, from_at, new):
    """Retract what runs on or after the day and put the changed rows in its place.

    It is carried on until a later row changed the value by itself, and no further: the value from
    before may have come back there.
    """
    known = InstitutionFacts.objects.known().filter(institution=institution)
    if not known.exists():
        _first(institution, event)
    stamp = {"at": event.at, "by": event.by, "event": event}
    held, carried = selectors.values(selectors.held_at(institution, from_at)), new
    for row in known.exclude(to_at__lte=from_at).order_by("from_at"):
        if row.from_at >= from_at:
            said = selectors.values(row)
            carried = {name: new[name] for name in carried if said[name] == held[name]}
            held = said
            if carried:
                replace(row, **stamp, **carried)
            continue
        ends = row.to_at
        before = replace(row, **stamp, to_at=from_at)
        values = selectors.values(before) | new
        InstitutionFacts.objects.create(
            institution=institution, from_at=from_at, to_at=ends, recorded_at=event.at,
            recorded_by=event.by, event=event, **values,
        )  # fmt: skip


def _first(institution, event):
    """What held from the beginning, as it stands on the record before the first change."""
    begun = institution.periods.order_by("from_at").first()
    since = begun.from_at if begun else event.at
    InstitutionFacts.objects.create(
        institution=institution, from_at=since, recorded_at=since,
        recorded_by=SystemActor().person,  # nobody typed it: it is what the record said
        **selectors.values(institution),
    )  # fmt: skip


def take_over(institution, at, by=None):
    """The record's own copy, for lists and search, becomes what holds at the instant."""
    held = selectors.values(selectors.held_at(institution, at))
    if held == selectors.values(institution):
        return False
    for name, value in held.items():
        setattr(institution, name, value)
    institution._history_user = by if by is not None and by.pk else None
    institution.save()
    return True


def _supplement(event, paragraph):
    institution = event.case.institution
    institution.refresh_from_db()
    head = living.head_of(institution, event.at)
    with translation.override(institution.language):
        context = documents.supplement(event.case, head)
    living.write(event, "supplementary_agreement", documents.TITLES["supplementary_agreement"],
                 context, paragraph)  # fmt: skip


def paper(case):
    """The supplement that the institution has before it."""
    return case.documents.filter(template="supplementary_agreement").order_by("pk").last()


@transaction.atomic
def register_supplement(case, *, by, upload, road, signed_on, signer, document_number="", **more):
    """The supplementary agreement came back signed; the schemes in it hold from now."""
    case = hold(case)
    event = signatures.register_copy(
        case, "register_supplement", by=by, document=paper(case), side="them", upload=upload,
        road=road, signed_on=signed_on, signer=signer, number=document_number, **more,
    )  # fmt: skip
    if "schemes" in event.case.changes:
        institution = event.case.institution
        put(institution, event, event.at, {"schemes": _agreed(event.case, event.at)})
        take_over(institution, event.at, by)
    return event


def _agreed(case, at) -> list:
    """Today's schemes without those the supplement takes away and with those it adds."""
    old, new = case.changes["schemes"]
    today = selectors.held_at(case.institution, at).schemes
    return list(dict.fromkeys([s for s in today if s in new or s not in old] + new))


def withdraw(case, *, by, reason, **more):
    """The case was closed without a supplement; the recorded facts stay."""
    return perform(case, "withdraw", by=by, reason=reason, **more)


def undone(last, event):
    """After an undo the record's own copy is again what the facts say."""
    take_over(event.case.institution, event.at)


def beside(case, proposal):
    """For the second person: the supplement and the copy, page by page."""
    return signatures.beside(paper(case), "them", proposal)
