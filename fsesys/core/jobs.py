"""What happens after commit, retried: rendering a letter, sending a mail.

Arguments are ids only. A job that finds its work done stops; the row lock makes a doubled job
wait and then find that. Decisions never happen here.
"""

import time

from django.core.mail import EmailMessage
from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from . import clock, files
from .binding import bound_in
from .documents import Document, Notice, Rendering
from .letters.casefile import bind
from .letters.compose import compose
from .letters.render import render as to_pdf

PATIENT = RetryStrategy(max_attempts=500, linear_wait=15)  # a mail server may be down for days


@app.task(retry=PATIENT, name="render")
def render(document_id):
    """Render the frozen letter, once."""
    document = Document.objects.select_related("rendering").get(pk=document_id)
    if not hasattr(document, "rendering"):
        pdf_of(document)


def pdf_of(document):
    """The Rendering of an issued document, made now if the job has not come round yet."""
    found = Rendering.objects.select_related("file").filter(document=document).first()
    if found:
        return found
    begun = time.monotonic()
    pdf = to_pdf(compose(document.template, document.context, document.language))
    if "bound" in document.context:  # a case file: the documents follow their list
        pdf = _bound(document, pdf)
    with transaction.atomic():
        rendering, _new = Rendering.objects.get_or_create(
            document=document,
            defaults={
                "file": files.store(pdf, "application/pdf"),
                "rendered_at": clock.read(),
                "seconds": time.monotonic() - begun,
            },
        )
    return rendering


def _bound(document, pdf):
    behind = []
    for row, title, excuse in bound_in(document):
        kept = file_of(row)
        behind.append({"title": title, "media_type": kept.media_type, "excuse": excuse,
                       "content": bytes(kept.content)})  # fmt: skip
    return bind(pdf, document.title, behind)


def file_of(document):
    """The bytes of any document: what came in, or the rendered letter."""
    return document.file if document.file_id else pdf_of(document).file


@app.task(retry=PATIENT, name="send")
def send(notice_id):
    """Send one mail of the outbox, once; its Message-ID stays the same over all attempts."""
    with transaction.atomic():
        notice = (
            Notice.objects.select_for_update(of=("self",)).select_related("document")
            .get(pk=notice_id)
        )  # fmt: skip
        if notice.sent_at or notice.recalled_at:
            return
        mail = EmailMessage(
            subject=notice.subject, body=notice.body, to=[notice.to_mail],
            headers={"Message-ID": notice.message_id},
        )  # fmt: skip
        if notice.document:
            kept = file_of(notice.document)
            mail.attach(f"{notice.document.number}.pdf", bytes(kept.content), kept.media_type)
        mail.send()
        notice.sent_at = clock.read()
        notice.attempts += 1
        notice.save(update_fields=["sent_at", "attempts"])
