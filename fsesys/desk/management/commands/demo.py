"""`manage.py demo`: load the demo office once. Refused whenever demo mode is off."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from fsesys.core import clock
from fsesys.core.cases import Case
from fsesys.desk.demo import research, staff, story


class Command(BaseCommand):
    help = (
        "Load the demo office: accounts, 29 institutions in every state of process 1, then people,"
        " projects and accesses. What is loaded stays; a load that was cut off goes on."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--first", action="store_true",
            help="accounts and institutions only: enough to open the office in a minute",
        )  # fmt: skip

    def handle(self, *args, first=False, **options):
        try:
            people = staff.put_staff(settings.FSESYS_DEMO_PASSWORD)
        except staff.DemoRefused as refused:
            raise CommandError(str(refused)) from refused
        new = not Case.objects.exists()
        if new:
            staff.open_records(people)
            story.tell(people, clock.today())
        if not first:
            new = research.load(people, self.tell) or new
        told = f"is loaded: {Case.objects.count()} cases" if new else "is loaded already"
        self.tell(f"The demo office {told}.")

    def tell(self, words):
        self.stdout.write(words)
        self.stdout.flush()
