"""What happens when an institution is allowed on a project, or no more."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fsesys.core import facts
from fsesys.core.door import begin

from .. import living, word
from ..records import AllowedInstitution
from .models import AllowingCase

TITLES = {
    "institution_allowed": _("Another institution is allowed on your project"),
    "institution_disallowed": _("An institution is no longer allowed on your project"),
}


@transaction.atomic
def allow_institution(project, *, by, member, upload, paragraph="", **said):
    """The officer allowed people of another institution on the project; its owner consents."""
    event = _begin(project, "allow_institution", by, member, said)
    AllowedInstitution.objects.create(
        project=event.case.project, institution=member, case=event.case, from_at=event.at,
        recorded_at=event.at, recorded_by=event.by, event=event,
    )  # fmt: skip
    return _tell(event, "institution_allowed", upload, said, paragraph)


@transaction.atomic
def disallow_institution(project, *, by, member, upload, paragraph="", **said):
    """The officer took the institution off the project's list, on the owner's word."""
    event = _begin(project, "disallow_institution", by, member, said)
    rows = AllowedInstitution.objects.at(event.at).filter(project=project, institution=member)
    facts.end_all(list(rows), at=event.at, by=event.by, event=event, to_at=event.at)
    return _tell(event, "institution_disallowed", upload, said, paragraph)


def _begin(project, verb, by, member, said):
    door = {name: value for name, value in said.items() if name != "channel"}
    typed = {"member": member.pk, "said_by": said["said_by"].pk, "said_on": said["said_on"]}
    return begin(
        AllowingCase, by=by, verb=verb, typed=typed, member=member,
        responsible=living.caretaker(project), **living.columns(project), **door,
    )  # fmt: skip


def _tell(event, template, upload, said, paragraph):
    word.file_word(event, upload, said.get("channel", "mail"))
    context = living.spoken(event.case, lambda: {
        "member": str(event.case.member), "reasons": event.reason})  # fmt: skip
    living.write(event, template, TITLES[template], context, paragraph)
    return event
