"""One-time keys: the same form sent twice, or twice at once, does its act once."""

import uuid

from django.db import connection
from django.utils.translation import gettext as _

from .cases import ProcessEvent
from .refusal import AlreadyDone, Refused


def uuid_of(key):
    """The key as a UUID, a new one for None. Raises Refused for anything else."""
    try:
        return uuid.UUID(str(key)) if key else uuid.uuid4()
    except ValueError:
        raise Refused([_("The form is damaged. Open the page again.")]) from None


def once(key):
    """Serialise acts with the same one-time key; raises AlreadyDone for the second."""
    key = uuid_of(key)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key.int & (2**63 - 1)])
    refuse_repeat(key)
    return key


def refuse_repeat(key):
    done = ProcessEvent.objects.filter(key=key)
    if done.exists():
        raise AlreadyDone(done.select_related("by", "case").get())
