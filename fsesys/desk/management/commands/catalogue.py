"""`manage.py catalogue`: bring the Danish catalogue up to date, or with --check look at it only."""

from django.core.management.base import BaseCommand, CommandError

from fsesys.desk import catalogue


class Command(BaseCommand):
    help = "Find all translatable text, update django.po and compile django.mo."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit 1 when something is wrong"
        )

    def handle(self, *args, **options):
        if not options["check"]:
            self.write()
        wrong = catalogue.faults()
        for sentence in wrong:
            self.stderr.write(sentence)
        if wrong and options["check"]:
            raise CommandError(f"The catalogue has {len(wrong)} faults.")
        self.stdout.write(f"The catalogue has {len(wrong)} faults." if wrong else "Complete.")

    def write(self):
        """The .po file from what the code asks for, then the .mo file from that."""
        words = catalogue.merged()
        catalogue.PO.parent.mkdir(parents=True, exist_ok=True)
        catalogue.PO.write_bytes(catalogue.as_po(words))
        catalogue.MO.write_bytes(catalogue.as_mo(words))
