"""`manage.py admin`: the first two people of an empty system, once (design.md section 2)."""

import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from fsesys.core import clock, roles
from fsesys.core.people import Person, User
from fsesys.core.roles import RoleMembership
from fsesys.core.staffing import actions


class Command(BaseCommand):
    help = "Create an administrator and a first head of FSE, only while no head ever existed."

    def add_arguments(self, parser):
        for role in ("administrator", "head"):
            parser.add_argument(f"--{role}", help=f"user name,full name,mail of the {role}")

    @transaction.atomic
    def handle(self, *args, **options):
        if RoleMembership.objects.filter(role=roles.HEAD).exists():
            raise CommandError("There is or was a head of FSE already; roles are given in FSESYS.")
        made = []
        for role in (roles.ADMINISTRATOR, roles.HEAD):
            given = options[role] or input(f"{role}: user name,full name,mail: ")
            made.append(self.create(role, [part.strip() for part in given.split(",")]))
        for account in made:
            actions.open_account(by=made[0], account=account)
        self.stdout.write("Two accounts were created: an administrator and a head of FSE.")

    def create(self, role, parts):
        if len(parts) != 3 or not all(parts):
            raise CommandError("Name the person as: user name,full name,mail")
        username, name, mail = parts
        if User.objects.filter(username=username).exists():
            raise CommandError(f"There is an account “{username}” already.")
        password = getpass.getpass(f"Password for {username}: ")
        try:
            validate_password(password)
        except ValidationError as weak:
            raise CommandError(" ".join(weak.messages)) from weak
        person = Person.objects.create(name=name, mail=mail)
        account = User(username=username, person=person)
        account.set_password(password)
        account.save()
        at = clock.now()
        RoleMembership.objects.create(
            person=person, role=role, basis="manage.py admin", from_at=at, recorded_at=at,
            recorded_by=Person.objects.get(is_system=True),
        )  # fmt: skip
        return account
