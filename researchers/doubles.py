"""Who on record is likely the same human being as somebody about to be registered (issue 4).

Names and mails are compared in a folded form: without accents, and with letters alike that look or
are written alike: 0 and o; 1, l and I; Cyrillic and Greek ones; æ and ae, ø and o, å and aa.
"""

from django.db import connection
from django.db.models import CharField, F, Func, Q, Value
from django.db.models.functions import Left, Replace

from fsesys.core.names import normalise
from fsesys.core.people import Person

PAIRS = (("oe", "o"), ("aa", "a"))  # ø and å as normalise() writes them, and as they are shortened
ALIKE = ("01i", "oll")


def fold(text: str) -> str:
    """The text with every look-alike written in one way."""
    text = normalise(text)
    for many, one in PAIRS:
        text = text.replace(many, one)
    return text.translate(str.maketrans(*ALIKE))


def _folded(column):
    """The same of a normalised column, in the database."""
    for many, one in PAIRS:
        column = Replace(column, Value(many), Value(one))
    return Func(column, *map(Value, ALIKE), function="translate", output_field=CharField())


def likely(name, mail, birth_year) -> list:
    """People on record with the same mail, or the same name and no other year of birth."""
    names, mails = fold(name), fold(mail)
    if not names and not mails:
        return []
    rows = Person.objects.filter(is_system=False).annotate(folded=_folded(F("search")))
    found = Q()
    if names:
        found |= Q(folded=names) | Q(folded__startswith=f"{names} ")
    if mails:
        found |= Q(folded__endswith=f" {mails}")
    rows = rows.filter(found).select_related("researcher").order_by("name", "pk")[:50]
    return [one for one in rows if _alike(one, names, mails, birth_year)]


def _alike(person, names, mails, birth_year):
    if mails and fold(person.mail) == mails:
        return True
    return names == fold(person.name) and not born_apart(_born(person), birth_year)


def _born(person):
    return getattr(getattr(person, "researcher", None), "birth_year", None)


def born_apart(one, other) -> bool:
    """Two years of birth, both known, tell two people of one name apart."""
    return bool(one and other and one != other)


def called(names) -> dict:
    """{folded name: people on record}, of many folded names in one question."""
    first = min(map(len, names), default=0)
    if not first:
        return {}
    rows = Person.objects.filter(is_system=False).select_related("researcher")
    rows = rows.annotate(start=Left(_folded(F("search")), first))
    found = {}
    for one in rows.filter(start__in={name[:first] for name in names}).order_by("pk"):
        found.setdefault(fold(one.name), []).append(one)
    return found


def namesake(people, birth_year):
    """The first of these people of one name who may be somebody born in that year, or None."""
    return next((one for one in people if not born_apart(_born(one), birth_year)), None)


def told(person) -> str:
    """The person in words by which staff can tell them from another."""
    record = getattr(person, "researcher", None)
    parts = [person.mail, record and record.birth_year, record and record.ident]
    known = ", ".join(str(part) for part in parts if part)
    return f"{person.name} ({known})" if known else person.name


def hold_people():
    """Nobody else puts a new person on record until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('researcher_people'))")
