"""Idents: three, then four capital letters, proposed from the name, unique for ever."""

import itertools
import string

from django.db import connection

from fsesys.core.names import normalise

from .records import Researcher


def propose(name) -> str:
    """The first ident that fits the name and was never given to anybody."""
    taken = set(Researcher.objects.filter(ident__isnull=False).values_list("ident", flat=True))
    return next(one for one in candidates(name) if one not in taken)


def candidates(name):
    """Idents for the name, the most telling first; every ident there is comes at last."""
    words = [w for w in ("".join(filter(str.isalpha, w)) for w in _words(name)) if w]
    letters = "".join(words)
    if len(words) > 2:
        yield words[0][0] + words[1][0] + words[-1][0]
    for length in (2, 3):
        for rest in itertools.combinations(words[-1] if words else "", length):
            if len(words) > 1 and rest[0] == words[-1][0]:
                yield words[0][0] + "".join(rest)
        for rest in itertools.combinations(letters[1:], length):
            yield letters[0] + "".join(rest)
    for length in (3, 4):
        yield from map("".join, itertools.product(string.ascii_uppercase, repeat=length))


def _words(name):
    return normalise(name).upper().split()


def holder(ident, but):
    """The other researcher who has or had the ident, or None."""
    others = Researcher.objects.exclude(pk=but.pk) if but.pk else Researcher.objects
    return others.filter(ident=ident).select_related("person").first()


def hold_idents():
    """Nobody else gets an ident until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('idents'))")
