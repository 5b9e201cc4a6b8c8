"""What a change of a fact closes: tried, compared, and put back, before anybody confirms it.

Apps above register what of theirs can close; the process whose fact changes need not know them.
"""

from copy import copy

from django.db import IntegrityError, transaction

from . import clock

_watched: list = []


def register(open_of):
    """open_of(case): {key: Dependant} of what is open now and may rest on what the case is about."""
    _watched.append(open_of)


def by(case, write) -> list:
    """The Dependants that are open now and would not be after `write(event)`. Nothing is written."""
    event = copy(case.story[-1])  # in the place of the one that is not there yet
    event.at = clock.now()
    event.case = type(case).objects.get(pk=case.pk)  # what is tried stays off the caller's copy
    try:
        with transaction.atomic():
            before = _open(case)
            write(event)
            after = _open(case)
            transaction.set_rollback(True)
    except IntegrityError:  # the change itself is refused, with its own sentence
        return []
    return [one for key, one in before.items() if key not in after]


def _open(case) -> dict:
    """A memory of its own: a page that only reads would be told the same twice."""
    with clock.request_time():
        return {key: one for open_of in _watched for key, one in open_of(case).items()}
