"""Letters and mail after the decision: a crash, a dead mail server, a job run twice."""

import socket

import pytest
from aiosmtpd.controller import Controller
from procrastinate.contrib.django import app

from fsesys.core import jobs
from fsesys.core.documents import Document, Notice, Rendering
from fsesys.desk.demo import applications, staff
from institutions.authorisation import signing

pytestmark = pytest.mark.django_db(transaction=True)


class Inbox:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.mails.append(envelope)
        return "250 kept"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def smtp(settings):
    """A real SMTP server on a free port, not started yet."""
    inbox, port = Inbox(), free_port()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    yield inbox, server
    if server._thread is not None:
        server.stop()


@pytest.fixture
def registered(db):
    people = staff.make_staff("demo")
    row = applications.rows()[0]
    stated = applications.application(0, row, applications.clock.today())
    return signing.register_application(by=people["secretary"], **stated).case


def work():
    """Let a worker do what is in the queue, then stop: as after a restart of the machine."""
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


@pytest.mark.slow
def test_decision_stands_and_letter_appears_when_a_worker_comes(registered, smtp):
    inbox, server = smtp
    assert Rendering.objects.count() == 0 and Notice.objects.get().sent_at is None
    server.start()
    work()
    letter = Document.objects.get(template="receipt")
    assert bytes(letter.rendering.file.content).startswith(b"%PDF-")
    assert Notice.objects.get().sent_at is not None
    assert len(inbox.mails) == 1
    assert registered.head.mail in inbox.mails[0].rcpt_tos


@pytest.mark.slow
def test_mail_server_down_loses_nothing_and_sends_once(registered, smtp):
    inbox, server = smtp
    work()
    notice = Notice.objects.get()
    assert notice.sent_at is None
    assert Rendering.objects.count() == 1
    server.start()
    jobs.send(notice_id=notice.pk)
    jobs.send(notice_id=notice.pk)
    notice.refresh_from_db()
    assert notice.sent_at is not None
    assert len(inbox.mails) == 1
    assert notice.message_id.encode() in inbox.mails[0].original_content


def test_rendering_twice_keeps_one_pdf(registered):
    letter = Document.objects.get(template="receipt")
    jobs.render(document_id=letter.pk)
    jobs.render(document_id=letter.pk)
    assert Rendering.objects.filter(document=letter).count() == 1
