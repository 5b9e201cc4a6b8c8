"""Who may speak for a project's owner: people by the roles they hold or held there."""

from fsesys.core.people import Person
from institutions.records import RoleHolding


def holding(institution, roles, at):
    """The people who hold one of the roles at the instant, by name."""
    rows = RoleHolding.objects.at(at).filter(institution=institution, role__in=roles)
    return Person.objects.filter(pk__in=rows.values("person")).order_by("name")


def ever(institution, roles):
    """The people who hold or ever held one of the roles, by name."""
    rows = RoleHolding.objects.known().filter(institution=institution, role__in=roles)
    return Person.objects.filter(pk__in=rows.values("person")).order_by("name")
