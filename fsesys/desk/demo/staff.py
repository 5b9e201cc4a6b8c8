"""The demo accounts and their dated roles. Refused whenever demo mode is off."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.hashers import make_password

from fsesys.core import roles
from fsesys.core.people import Person, User
from fsesys.core.roles import RoleMembership
from fsesys.core.staffing import actions

STAFF = {
    "responsible": ("Kirsten Holm", roles.RESPONSIBLE),
    "secretary": ("Bente Lauridsen", roles.SECRETARY),
    "chief": ("Jørgen Elmquist", roles.CHIEF),
    "dst-secretary": ("Mette Friis", roles.DST_SECRETARY),
    "officer": ("Anders Thygesen", roles.OFFICER),
    "head": ("Lone Skovgaard", roles.HEAD),
    "data-manager": ("Rasmus Toft", roles.DATA_MANAGER),
    "checker-a": ("Signe Vestergaard", roles.CHECKER),
    "checker-b": ("Omar Nissen", roles.CHECKER),
    "finance": ("Hanne Bruun", roles.FINANCE),
    "auditor": ("Troels Abel", roles.AUDITOR),
    "administrator": ("Ida Kjær", roles.ADMINISTRATOR),
}
SINCE = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


class DemoRefused(RuntimeError):
    """Demo accounts exist only in demo mode."""


def put_staff(password: str) -> dict:
    """Create the demo accounts that are missing; returns {user name: User}."""
    if not settings.FSESYS_DEMO:
        raise DemoRefused("Demo mode is off: no demo account is made here.")
    return make_staff(password, is_demo=True)


def open_records(people: dict):
    """The record of every account, opened by the administrator."""
    for user in people.values():
        actions.open_account(by=people["administrator"], account=user)


def make_staff(password: str, is_demo: bool = False) -> dict:
    """The accounts themselves; called by `put_staff` and by the tests."""
    secret, made = make_password(password), {}
    system = Person.objects.get(is_system=True)
    for username, (name, role) in STAFF.items():
        user = User.objects.filter(username=username).first()
        if user is None:
            mail = f"{username}@demo.invalid"
            person = Person.objects.create(name=name, mail=mail)
            user = User.objects.create(
                username=username, person=person, password=secret, is_demo=is_demo
            )
            RoleMembership.objects.create(
                person=person, role=role, basis="demo", from_at=SINCE, recorded_at=SINCE,
                recorded_by=system,
            )  # fmt: skip
        made[username] = user
    return made
