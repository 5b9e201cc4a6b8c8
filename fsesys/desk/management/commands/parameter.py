"""`manage.py parameter`: what the office's numbers are, and a new one from a day on, by two people.

A page for this would come before anybody asked for it; the rows, the day and the two names are
what a decision is later read by (design.md section 8).
"""

import datetime as dt

from django.core.management.base import BaseCommand, CommandError

from fsesys.core import parameters
from fsesys.core.people import User
from fsesys.core.refusal import Refused


class Command(BaseCommand):
    help = "Lists the parameters, or sets one from a day on in the names of two people."

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?", help="of the parameter; without it all are listed")
        parser.add_argument("value", nargs="?", type=int)
        parser.add_argument("--from", dest="from_on", help="the first day, YYYY-MM-DD")
        parser.add_argument("--author", help="user name of who wants it")
        parser.add_argument("--approver", help="user name of the head or chief who approved it")
        parser.add_argument("--why", default="", help="the reason, one sentence")

    def handle(self, *args, **options):
        if options["name"] is None:
            for name, value in sorted(parameters.parameters().items()):
                self.stdout.write(f"{name} = {value}  ({parameters.DEFAULTS[name][1]})")
            return
        if options["value"] is None or not options["from_on"]:
            raise CommandError("Name the value, and the first day with --from YYYY-MM-DD.")
        try:
            row = parameters.put(
                options["name"], options["value"], from_on=day(options["from_on"]),
                author=account(options["author"]), approver=account(options["approver"]),
                summary=options["why"].strip(),
            )  # fmt: skip
        except Refused as refused:
            raise CommandError(" ".join(refused.refusals)) from refused
        self.stdout.write(f"{row.name} = {row.value} from {row.from_on:%Y-%m-%d}.")


def day(text):
    try:
        return dt.date.fromisoformat(text)
    except ValueError as wrong:
        raise CommandError(f"“{text}” is no day; write it as YYYY-MM-DD.") from wrong


def account(username):
    found = User.objects.select_related("person").filter(username=username or "").first()
    if found is None:
        raise CommandError(f"There is no account “{username or ''}”.")
    return found
