"""Reads of linking: the facts that the rules test, and links between the records for pages."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fsesys.core.people import Person

from .. import living
from ..records import Researcher


@dataclass(frozen=True)
class Facts:
    """named: whether the other record is known. closed, stays_closed: the name of the record to
    which this one, or the other, is linked already."""

    named: bool
    human: frozenset
    stays: int | None
    closed: str
    stays_closed: str
    aliases: tuple
    ident: bool
    stays_ident: bool


def facts(case, at) -> Facts:
    mine, other = (_as_now(pk) for pk in (case.person_id, case.stays_id))
    return Facts(
        named=other is not None, human=frozenset({mine.pk, mine.same_as_id} - {None}),
        stays=case.stays_id, closed=mine.same_as.name if mine.same_as_id else "",
        stays_closed=other.same_as.name if other and other.same_as_id else "",
        aliases=tuple(mine.aliases.order_by("pk").values_list("name", flat=True)),
        ident=_has_ident(mine), stays_ident=bool(other) and _has_ident(other),
    )  # fmt: skip


def _as_now(pk):
    rows = Person.objects.select_related("same_as", "researcher")
    return rows.get(pk=pk) if pk else None


def _has_ident(person):
    return Researcher.objects.filter(person=person, ident__isnull=False).exists()


def told(person) -> str:
    """A record in a line: the person with the ident, where there is one."""
    researcher = Researcher.objects.filter(person=person).select_related("person").first()
    return str(researcher or person)


def first(person) -> str:
    """The first record of the human being, where this is a second one; else nothing."""
    return told(person.same_as) if person.same_as_id else ""


def links(person) -> list:
    """The other records of the human being, for a page: {words, url}."""
    rows = Person.objects.filter(pk__in=person.human() - {person.pk}).select_related("researcher")
    return [_link(person, one) for one in rows.order_by("pk")]


def _link(person, other):
    researcher = getattr(other, "researcher", None)
    words = _("A second record of this person: %(name)s")
    if other.pk == person.same_as_id:
        words = _("The first record of this person: %(name)s")
    return {"words": words % {"name": told(other)},
            "url": f"{living.KIND.base}{researcher.pk}/" if researcher else ""}  # fmt: skip


def subject(case):
    """Both records, in one order for everybody."""
    return Person.objects.filter(pk__in={case.person_id, case.stays_id} - {None}).order_by("pk")


def interests(case, at) -> frozenset:
    other = case.stays.human() if case.stays_id else frozenset()
    return case.person.human() | other
