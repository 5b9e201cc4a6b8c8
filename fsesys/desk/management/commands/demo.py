"""`manage.py demo`: load the demo office once. Refused whenever demo mode is off."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from fsesys.core import clock
from fsesys.core.cases import Case
from fsesys.desk.demo import staff, story


class Command(BaseCommand):
    help = "Load the demo office: accounts, and about 30 institutions in every state of process 1."

    def handle(self, *args, **options):
        try:
            people = staff.put_staff(settings.FSESYS_DEMO_PASSWORD)
        except staff.DemoRefused as refused:
            raise CommandError(str(refused)) from refused
        if Case.objects.exists():
            self.stdout.write("The demo office is loaded already.")
            return
        staff.open_records(people)
        story.tell(people, clock.today())
        self.stdout.write(f"The demo office is loaded: {Case.objects.count()} cases.")
