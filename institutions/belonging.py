"""Who belongs to an institution: its cases are theirs to read and never to decide.

Source: issue 3, section 4, and issue 4, section 4. Apps above name further tables in SOURCES.
"""

from fsesys.core import clock, written
from fsesys.core.finding import among
from fsesys.core.people import Person, User

from .records import RoleHolding

SOURCES = [RoleHolding]  # dated facts with a person and an institution


def people_of(institutions, at) -> frozenset:
    """Ids of the staff who belong to one of the institutions (ids, None for none) at the instant,
    and of everybody with a role there; asked once per request."""
    ids = frozenset(institutions) - {None}
    return clock.kept(("people of", ids, at), lambda: _people(ids, at)) if ids else ids


def _people(ids, at):
    return frozenset(pk for (pk,) in written.told(_belonging, places=sorted(ids), at=at))


def _belonging(places, at):
    roles, *more = [
        table.objects.at(at).filter(among(places, "institution_id")) for table in SOURCES
    ]
    found = [rows.filter(person__in=_staff()).values_list("person") for rows in more]
    return roles.values_list("person").union(*found)


def _staff():
    """Everybody with an account, under every record: of thousands who belong somewhere only they
    could decide."""
    accounts = User.objects.order_by()
    roots = accounts.filter(person__same_as__isnull=False).values_list("person__same_as_id")
    aliases = Person.objects.filter(same_as__in=accounts.values("person")).values_list("pk")
    siblings = Person.objects.filter(same_as__in=roots).values_list("pk")
    return accounts.values_list("person_id").union(roots, aliases, siblings)  # each by an index


def places_of(person, at) -> frozenset:
    """Ids of the institutions that the human being belongs to at the instant."""
    found = [table.objects.at(at).filter(person__in=person.human()).values_list("institution")
             for table in SOURCES]  # fmt: skip
    return frozenset(pk for (pk,) in found[0].union(*found[1:]))
