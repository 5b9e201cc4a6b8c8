"""Issuing letters, filing what comes in, and queuing mail: rows now, PDF and mail after commit."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from . import clock, files, jobs, parameters
from .documents import IN, INTERNAL, OUT, Document, Notice
from .letters.compose import template_version
from .office import block
from .refusal import Refused
from .wording import day


def issue(
    event,
    template,
    title,
    *,
    context,
    language,
    recipient,
    channel="mail",
    mail="",
    paragraph="",
    internal=False,
    replaces=None,
):
    """Freeze a letter of `event` and, where `mail` is given, queue it. Returns the Document.

    recipient: {name, attention, lines}. title: lazy text, frozen in the letter's language.
    replaces: the Document that this one puts right.
    """
    case, number = event.case, _number(event.at)
    with translation.override(language):
        title = str(title)
        frozen = context | {
            "office": block(language), "document": {"number": number, "title": title,
            "date": day(clock.day_of(event.at)),
            "replaces": replaces.number if replaces else ""}, "case": {"number": case.number},
            "recipient": recipient, "contact": {"name": case.responsible.name},
            "language": language, "paragraph": paragraph,
        }  # fmt: skip
    document = Document.objects.create(
        case=case, event=event, number=number, direction=INTERNAL if internal else OUT,
        kind="letter", title=title, channel="internal" if internal else channel,
        registered_at=event.at, registered_by=event.by, language=language, template=template,
        template_version=template_version(template), context=frozen, replaces=replaces,
    )  # fmt: skip
    jobs.render.defer(document_id=document.pk)
    if mail:
        queue(event, to_name=recipient["name"], to_mail=mail, language=language,
              subject=title, document=document)  # fmt: skip
    return document


def queue(event, *, to_name, to_mail, subject, language, document=None, body=""):
    """Put a mail into the outbox; it leaves when the waiting time is over."""
    minutes = parameters.parameters(clock.day_of(event.at))["letter_wait_minutes"]
    with translation.override(language):
        body = body or _(
            "Please find the letter “%(title)s” attached.\n\nCase number: %(case)s\n\n%(unit)s"
        ) % {"title": subject, "case": event.case.number, "unit": settings.UNIT_NAME}
    notice = Notice.objects.create(
        case=event.case, event=event, document=document, to_name=to_name[:200], to_mail=to_mail,
        subject=f"{event.case.number}: {subject}"[:250], body=body, queued_at=event.at,
        message_id=f"<{uuid.uuid4()}@fsesys>", leaves_at=event.at + dt.timedelta(minutes=minutes),
    )  # fmt: skip
    delay = {"schedule_at": notice.leaves_at} if minutes else {}
    jobs.send.configure(**delay).defer(notice_id=notice.pk)
    return notice


def file_in(
    event, upload, *, kind, title, sender="", received_on=None, channel="mail", direction=IN
):
    """Keep an uploaded file (name, media type, bytes) as a document of the case."""
    name, media_type, content = upload
    kept = files.store(content, media_type)
    twin = Document.objects.filter(case=event.case, file=kept).first()
    if twin and twin.event.undone_by.exists():
        return twin
    if twin:
        raise Refused(
            [
                _("“%(name)s” is already on this case as %(number)s, byte for byte.")
                % {"name": name, "number": twin.number}
            ]
        )
    return Document.objects.create(
        case=event.case, event=event, number=_number(event.at), direction=direction, kind=kind,
        title=title[:200], channel=channel, sender=sender[:200], received_on=received_on,
        registered_at=event.at, registered_by=event.by, file=kept, file_name=name,
    )  # fmt: skip


def _number(at):
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('core_document_number')")
        return f"D{clock.day_of(at):%y}-{cursor.fetchone()[0]:06d}"
