"""What stands in a row of the present associations, and when it is wrong, in words."""

from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsesys.core import cells, clock, importrows
from fsesys.core.importing import Column
from fsesys.core.names import normalise
from fsesys.core.people import Person
from institutions import belonging
from institutions.importcolumns import mail
from institutions.records import Institution

from .. import doubles, kinds
from ..records import Association, Researcher
from .models import AssociationCase


def ident(words):
    words = words.upper()
    if not (words.isascii() and words.isalpha() and 3 <= len(words) <= 4):
        raise ValueError(_("“%(words)s” is no ident: it has three or four letters.")
                         % {"words": words})  # fmt: skip
    return words


def year(words):
    found = cells.number(words)
    if not 1900 <= found <= 2100:
        raise ValueError(_("“%(words)s” is not a year.") % {"words": words})
    return found


def country(words):
    if not (words.isascii() and words.isalpha() and len(words) == 2):
        raise ValueError(_("Write the country as two letters, as in DK."))
    return words.upper()


COLUMNS = (
    Column("institution", gettext_lazy("Authorisation number"), cells.number, required=True, empty=None),
    Column("name", gettext_lazy("Name"), required=True),
    Column("mail", gettext_lazy("Mail"), mail, required=True),
    Column("type", gettext_lazy("Type"), cells.choice(kinds.TYPES), required=True),
    Column("from_on", gettext_lazy("Associated from"), cells.day, required=True, empty=None),
    Column("last_on", gettext_lazy("Last day"), cells.day, empty=None),
    Column("ident", gettext_lazy("Ident"), ident, help=gettext_lazy("empty: the next free ident")),
    Column("answerable", gettext_lazy("Mail of the answerable employee"), mail,
           help=gettext_lazy("of guests and students")),
    Column("title", gettext_lazy("Title")),
    Column("birth_year", gettext_lazy("Year of birth"), year, empty=None),
    Column("citizenship", gettext_lazy("Citizenship"), country),
    Column("country", gettext_lazy("Country of residence"), country),
    Column("employer", gettext_lazy("Employer, if different")),
    Column("language", gettext_lazy("Language of letters"),
           cells.choice({"da": gettext_lazy("Danish"), "en": gettext_lazy("English")}), empty="da"),
)  # fmt: skip


class Known:
    """What is on record of the institutions and people of the file, and what the file said so far."""

    def __init__(self, rows, by, today):
        self.today, self.me = today, by.person.mail.lower()
        self.mine = belonging.places_of(by.person, clock.read())
        self.institutions = of_numbers(rows)
        mails = {one for row in rows for one in (row["mail"], row["answerable"]) if one}
        self.people = of_mails(mails)
        self.named = doubles.called({doubles.fold(row["name"]) for row in rows if row["name"]})
        self.idents = dict(Researcher.objects.filter(
            ident__in={row["ident"] for row in rows if row["ident"]}).values_list("ident", "person"))  # fmt: skip
        self.associated = {
            (case.person_id, case.institution_id): case.number
            for case in AssociationCase.objects.filter(
                institution__in=[one.pk for one in self.institutions.values()], closed_at=None)
        }  # fmt: skip
        self.held = {}  # (person, institution): the days on record
        found = Association.objects.known().filter(person__in=self.people_ids())
        for person, place, *held in found.values_list("person", "institution", "from_at", "to_at"):
            self.held.setdefault((person, place), []).append(held)
        runs = Association.objects.at(clock.now()).filter(
            person__in=self.people_ids(), type="employee"
        )
        self.employees = set(runs.values_list("person", "institution"))
        self.employed = employed(rows)
        self.file = {row["mail"] for row in rows if row["mail"]}
        self.rows, self.given, self.called, self.alike = {}, {}, {}, {}

    def people_ids(self) -> list:
        return [one.pk for one in self.people.values()]

    def problems(self, row):
        """(column, sentence) for what a cell alone does not show."""
        place, person = self.institutions.get(row["institution"]), self.people.get(row["mail"])
        if row["institution"] and place is None:
            yield "institution", _("There is no authorisation number “%(words)s”.") % {
                "words": row["institution"]}  # fmt: skip
        elif place and place.pk in self.mine:
            yield "institution", importrows.belongs()
        yield from importrows.days(row, "from_on", "last_on", self.today)
        yield from self._person(row, person)
        yield from self._ident(row, person)
        yield from self._answerable(row)
        if place and person and row["from_on"]:
            yield from self._on_record(row, person, place)
        key = row["institution"], row["mail"]
        if all(key) and row["from_on"]:
            yield from self._in_the_file(row, self.rows.setdefault(key, []))

    def _on_record(self, row, person, place):
        key = person.pk, place.pk
        number = self.associated.get(key)
        if number and not (row["last_on"] and row["last_on"] < self.today):
            yield "mail", _("The person is on record there already: case %(number)s.") % {
                "number": number}  # fmt: skip
        elif any(importrows.overlap(span(row), held) for held in self.held.get(key, ())):
            yield "mail", _("The person is on record there for these days already.")

    def _in_the_file(self, row, beside):
        for number, held in beside:
            if importrows.overlap(span(row), held):
                yield "mail", _("The same person stands in row %(row)d.") % {"row": number}
                break
        beside.append((row.number, span(row)))

    def _person(self, row, person):
        if not (row["mail"] and row["name"]):
            return
        name = normalise(row["name"])
        if row["mail"] == self.me:
            yield "mail", _("This is you; a colleague must do this.")
        if person and normalise(person.name) != name:
            yield "mail", _("The mail belongs to %(name)s on record.") % {"name": person.name}
        elif self.called.setdefault(row["mail"], name) != name:
            yield "mail", _("The mail stands with two names in the file.")
        elif person is None:
            yield from self._namesake(row, doubles.fold(row["name"]))

    def _namesake(self, row, name):
        """Somebody new whose name is, or looks like, that of somebody on record or in the file."""
        other = doubles.namesake(self.named.get(name, ()), row["birth_year"])
        if other:
            yield "name", _("Somebody of this name is on record: %(person)s. Register this one by hand,"
                            " where you can say whether they are one human being.") % {
                "person": doubles.told(other)}  # fmt: skip
        for number, other_mail, born in self.alike.setdefault(name, []):
            if other_mail != row["mail"] and not doubles.born_apart(born, row["birth_year"]):
                yield "name", _("Row %(row)d has this name with another mail. If they are two people,"
                                " give both a year of birth.") % {"row": number}  # fmt: skip
                break
        self.alike[name].append((row.number, row["mail"], row["birth_year"]))

    def _ident(self, row, person):
        mine = getattr(person, "researcher", None)
        if mine and mine.ident_closed_at:
            yield "mail", _("The ident %(ident)s is closed.") % {"ident": mine.ident}
        if not row["ident"]:
            return
        holder = self.idents.get(row["ident"])
        if mine and mine.ident and mine.ident != row["ident"]:
            yield (
                "ident",
                _("The person has the ident %(ident)s, for ever.") % {"ident": mine.ident},
            )
        elif holder and holder != (person and person.pk):
            yield (
                "ident",
                _("The ident %(ident)s belongs to somebody else.") % {"ident": row["ident"]},
            )
        elif self.given.setdefault(row["ident"], row["mail"]) != row["mail"]:
            yield "ident", _("The ident %(ident)s stands with two people in the file.") % {
                "ident": row["ident"]}  # fmt: skip

    def _answerable(self, row):
        if not row["type"]:
            return
        if row["type"] in kinds.ANSWERED_FOR and row["answerable"] == "":
            yield "answerable", _("Name the employee who answers for a guest or a student.")
        elif row["type"] not in kinds.ANSWERED_FOR and row["answerable"]:
            yield "answerable", _("Only for guests and students does an employee answer.")
        elif row["answerable"] and row["answerable"] not in self.file | set(self.people):
            yield "answerable", _("Nobody with the mail %(mail)s is on record or in the file.") % {
                "mail": row["answerable"]}  # fmt: skip
        elif row["answerable"] and row["answerable"] == row["mail"]:
            yield "answerable", _("Nobody answers for themselves.")
        elif row["answerable"] and self._runs(row) and not self._employed(row, self.employed):
            yield "answerable", _("%(mail)s is no employee of the institution, on record or in the"
                                  " file.") % {"mail": row["answerable"]}  # fmt: skip

    def _runs(self, row) -> bool:
        """Of what ended long ago nobody knows any more who was employed then."""
        return not (row["last_on"] and row["last_on"] < self.today)

    def _employed(self, row, in_file) -> bool:
        """Whether who answers is an employee at that institution."""
        place, person = (
            self.institutions.get(row["institution"]),
            self.people.get(row["answerable"]),
        )
        known = place and person and (person.pk, place.pk) in self.employees
        return bool(known) or (row["institution"], row["answerable"]) in in_file

    def unanswered(self, row, rows) -> bool:
        """Whether who answers would come in by no row that is right."""
        right = [one for one in rows if not one.problems]
        mails = {one["mail"] for one in right} | set(self.people)
        lost = bool(row["answerable"]) and row["answerable"] not in mails
        return lost or bool(row["answerable"]) and self._runs(row) and not self._employed(
            row, employed(right))  # fmt: skip


def employed(rows) -> set:
    """(authorisation number, mail) of the employees in the rows."""
    return {(row["institution"], row["mail"]) for row in rows if row["type"] == "employee"}


def span(row) -> tuple:
    """From and to of the association in the row; its first day is known."""
    since = clock.midnight(row["from_on"])
    return since, clock.after(row["last_on"]) if row["last_on"] else None


def of_numbers(rows) -> dict:
    """{authorisation number: Institution} of the file's rows."""
    numbers = {row["institution"] for row in rows} - {None}
    found = Institution.objects.filter(authorisation_number__in=numbers).select_related("parent")
    return {one.authorisation_number: one for one in found}


def of_mails(mails) -> dict:
    """{mail: Person} of those on record, the first where a mail is on record twice."""
    found = Person.objects.annotate(low=Lower("mail")).filter(low__in=mails, is_system=False)
    return {one.low: one for one in found.select_related("researcher").order_by("-pk")}
