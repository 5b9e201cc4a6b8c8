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
    event.case, event.at = _copy(case), clock.now()
    try:
        with transaction.atomic():
            before = _open(case)
            write(event)
            after = _open(case)
            transaction.set_rollback(True)
    except IntegrityError:  # the change itself is refused, with its own sentence
        return []
    return [one for key, one in before.items() if key not in after]


def _copy(case):
    """Of its own, with its own records beside it: what is tried is forgotten with it."""
    return type(case).objects.select_related(*case.related).get(pk=case.pk)


def _open(case) -> dict:
    """A memory of its own: a page that only reads would be told the same twice."""
    with clock.request_time():
        return {key: one for open_of in _watched for key, one in open_of(case).items()}
