"""Registering a signed copy, for every process of an institution whose paper somebody signs.

Three roads (design.md section 6); what fits is said by core.signedcopy. No process's own rules.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from fsesys.core import clock, door, issuing
from fsesys.core.documents import Signature
from fsesys.core.door import perform
from fsesys.core.jobs import pdf_of
from fsesys.core.letters import signed
from fsesys.core.signedcopy import misfits


@transaction.atomic
def register_copy(
    case,
    verb,
    *,
    by,
    document,
    side,
    upload,
    road,
    signed_on,
    signer,
    number="",
    changes=None,
    also=None,
    **more,
):
    """Do the verb with the copy of `document` that the `side` ("us", "them") signed; the event.

    upload: (name, media type, bytes). signer: id of the Person. number: as typed, for copies
    signed elsewhere. also: what else the rules of the verb test. more: what the door takes (key,
    seen, proposal). Raises what the door raises.
    """
    case = door.hold(case)
    wrong, findings = misfits(
        upload[2], road=road, original=base(document, side),
        number=document.number if document else "", typed_number=number,
    )  # fmt: skip
    event = perform(
        case, verb, by=by, changes=changes or {}, facts={"road": road, "signer": signer},
        typed={"misfits": wrong, "signed_on": signed_on, "signer": signer, "road": road}
        | (also or {}), **more,
    )  # fmt: skip
    _keep(event, document, side, upload, road, findings, signer_id=signer, signed_on=signed_on)
    return event


def _keep(event, document, side, upload, road, findings, **signed_by):
    """File the copy and write down by whom it is signed and who registered it."""
    words = _("%(title)s %(number)s, signed")
    copy = issuing.file_in(
        event, upload, kind="signed-agreement", received_on=clock.day_of(event.at),
        title=words % {"title": document.title, "number": document.number},
        sender=str(event.case.institution) if side == "them" else "", channel="internal",
    )  # fmt: skip
    Signature.objects.create(
        document=document, side=side, road=road, copy=copy, findings=findings, event=event,
        registered_by=event.proposed_by or event.by,
        confirmed_by=event.by if event.proposed_by else None, **signed_by,
    )  # fmt: skip


def base(document, side):
    """The bytes that the signer had before them: ours, or our digitally signed copy."""
    if document is None:
        return b""
    if side == "them":
        ours = document.signatures.standing().filter(side="us", road="digital").first()
        if ours:
            return bytes(ours.copy.file.content)
    return bytes(pdf_of(document).file.content)


def beside(document, side, proposal) -> list:
    """What a second person compares: how much of our text stands on each page of the copy."""
    upload = proposal.files.select_related("file").first()
    if document is None or upload is None:
        return []
    try:
        found = signed.read_elsewhere(bytes(upload.file.content), base(document, side))
    except signed.Unreadable as unreadable:
        return [{"label": _("Pages"), "value": str(unreadable)}]
    rows = [{"label": _("Pages"), "value": _("%(copy)d in the copy, %(ours)d in the agreement") % {
        "copy": found.pages, "ours": len(found.alike)}}]  # fmt: skip
    return rows + [
        {"label": _("Page %(n)d") % {"n": n}, "value": _alike(percent)}
        for n, percent in enumerate(found.alike, start=1)
    ]


def _alike(percent):
    if not percent:
        return _("no text to compare: look at the page")
    return _("%(percent)d per cent of our words stand on this page") % {"percent": percent}
