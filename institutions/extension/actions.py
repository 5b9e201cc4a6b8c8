"""What happens in an extension where it is not what happens in process 1."""

from django.db import transaction
from django.utils import translation

from fsesys.core import clock, issuing
from fsesys.core.door import begin
from fsesys.core.parameters import parameters

from .. import living, rights, selectors
from ..authorisation import actions as first
from ..authorisation import documents, signing, ways_back
from ..changes import actions as changes
from ..changes.selectors import held_at
from .models import ExtensionCase


@transaction.atomic
def register_extension(
    institution, *, by, received_on, channel, schemes, purpose, application, enterprise_right="",
    paragraph="", **more
):  # fmt: skip
    """The secretary registered an application for a further scheme or right; a receipt went out."""
    at = clock.read()
    event = begin(
        ExtensionCase, by=by, verb="register_extension", received_on=received_on,
        responsible=living.caretaker(institution, at), channel=channel, schemes=schemes,
        purpose=purpose, enterprise_right=enterprise_right, language=institution.language,
        head=selectors.head_of(institution, at),
        typed={"schemes": schemes, "enterprise_right": enterprise_right,
               "received_on": received_on},
        **living.columns(institution), **more,
    )  # fmt: skip
    issuing.file_in(event, application, kind="application", title=str(event.case.machine.label_one),
                    sender=str(institution), received_on=received_on)  # fmt: skip
    with translation.override(institution.language):
        days = parameters(clock.day_of(event.at))["target_evaluation"]
        documents.write(event, "receipt", documents.receipt(event.case, days), paragraph)
    return event


@transaction.atomic
def recommend(case, *, by, text, answers, reservations="", **door):
    """The FSE responsible recommended the extension on the answered check-list."""
    return first.advise(case, "recommend", by, text, answers, reservations, {}, door)


@transaction.atomic
def draft_agreement(case, *, by, **door):
    """The secretary filled the supplementary agreement; who is responsible now is named in it."""
    return first.draft_agreement(case, by=by, changes=_named(case), **door)


@transaction.atomic
def redraft(case, *, by, reason, **door):
    """The supplementary agreement was drafted anew, for who is responsible now."""
    return ways_back.redraft(case, by=by, reason=reason, changes=_named(case), **door)


def _named(case):
    head = selectors.head_of(case.institution_id, clock.now())
    return {"head": head} if head else {}


@transaction.atomic
def register_counter_signature(case, *, by, **typed):
    """The supplementary agreement came back signed: scheme and right hold from now."""
    event = signing.register_counter_signature(case, by=by, **typed)
    case, institution = event.case, event.case.institution
    schemes = list(dict.fromkeys([*held_at(institution, event.at).schemes, *case.schemes]))
    changes.put(institution, event, event.at, {"schemes": schemes})
    changes.take_over(institution, event.at, by)
    if case.enterprise_right:
        rights.put(event, case.enterprise_right, case.reservations)
    with translation.override(case.language):
        context = documents.extension_in_force(case, clock.day_of(event.at))
        documents.write(event, "extension_in_force", context)
    return event


UNDOING = {"register_counter_signature": changes.undone}
