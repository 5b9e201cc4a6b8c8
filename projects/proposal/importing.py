"""The present projects brought in: number, owner, period and registers, without structured text.

What a project was approved for stands in papers; it is asked for at the first re-proposal (issue 4,
section 2). Reading, preview and confirming are core's.
"""

import datetime as dt

from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.utils import bulk_create_with_history

from fsesys.core import cells, clock, everyday, importrows, roles
from fsesys.core.bringing import AT_ONCE, Incoming, bring_in
from fsesys.core.importing import Column, Importer
from fsesys.core.people import Person
from fsesys.core.wording import day
from institutions import belonging, kinds
from institutions.importcolumns import mail
from institutions.records import Institution

from .. import owning
from ..records import DataBasis, Project, ProjectOwner, ProjectPeriod, Register
from .models import ProposalCase

FIRST, LAST = 100_000, 999_999  # six digits
VERSION = 1  # of what was signed before this system


def number(words):
    found = cells.number(words)
    if not FIRST <= found <= LAST:
        raise ValueError(_("A project number has six digits."))
    return found


def names(words) -> tuple:
    """Names of registers separated by semicolon or comma."""
    parts = [part.strip().upper() for part in words.replace(",", ";").split(";")]
    return tuple(dict.fromkeys(part for part in parts if part))


class Projects(Importer):
    slug, label, roles = "projects", gettext_lazy("Projects"), everyday.IMPORT.roles
    columns = (
        Column("number", gettext_lazy("Project number"), number, required=True, empty=None),
        Column("title", gettext_lazy("Title"), cells.name(200), required=True),
        Column("owner", gettext_lazy("Authorisation number of the owner"), cells.number,
               required=True, empty=None),
        Column("first_on", gettext_lazy("First day of the project"), cells.day, required=True, empty=None),
        Column("last_on", gettext_lazy("Last day of the project"), cells.day, required=True, empty=None),
        Column("scheme", gettext_lazy("Scheme"), cells.choice(kinds.SCHEMES), empty="researcher",
               help=gettext_lazy("empty: researcher scheme")),
        Column("registers", gettext_lazy("Registers"), names, empty=(),
               help=gettext_lazy("several separated by semicolon")),
        Column("contact_name", gettext_lazy("Contact person")),
        Column("contact_mail", gettext_lazy("Mail of the contact person"), mail),
    )  # fmt: skip

    def lock(self):
        owning.hold_numbers()

    def judge(self, rows, by, at):
        known = Known(rows, by, clock.day_of(at))
        self.refuse(rows, known.problems)

    def title(self, row):
        return " ".join(filter(None, [row.cells.get("number"), row.cells.get("title")]))

    def words(self, row):
        told = super().words(row)
        if row["last_on"] < clock.today():
            told.append({"label": _("State"), "value": _("Ended on %(day)s") % {
                "day": day(row["last_on"])}})  # fmt: skip
        return told

    def make(self, batch, rows, by):
        officer = roles.holders(roles.OFFICER, batch.at).first() or by.person
        owners, contacts = _owners(rows), _contacts(rows, by)
        projects = bulk_create_with_history(
            [Project(number=row["number"], title=row["title"], scheme=row["scheme"], legacy=True,
                     officer=officer, contact=contacts.get(row["contact_mail"])).prepared()
             for row in rows], Project, batch_size=AT_ONCE, default_user=by,
            default_change_reason=f"import {batch.pk}",
        )  # fmt: skip
        events = bring_in(batch, ProposalCase, [
            _incoming(row, project, owners[row["owner"]], officer)
            for row, project in zip(rows, projects, strict=True)
        ], by=by, state="in_force")  # fmt: skip
        facts = {ProjectOwner: [], ProjectPeriod: [], DataBasis: []}
        registers = {one.name: one for one in Register.objects.all()}
        for row, event in zip(rows, events, strict=True):
            for fact in _facts(row, event, registers):
                facts[type(fact)].append(fact)
        for model, found in facts.items():
            model.objects.bulk_create(found, batch_size=AT_ONCE)


class Known:
    """What is on record of owners, numbers and registers, and what the file said so far."""

    def __init__(self, rows, by, today):
        self.today, self.me = today, by.person.mail.lower()
        self.mine = belonging.places_of(by.person, clock.read())
        self.owners, self.rows = _owners(rows), {}
        self.registers = set(Register.objects.values_list("name", flat=True))
        self.taken = dict(Project.objects.filter(
            number__in={row["number"] for row in rows} - {None}).values_list("number", "title"))  # fmt: skip

    def problems(self, row):
        """(column, sentence) for what a cell alone does not show."""
        found, owner = row["number"], row["owner"]
        if found in self.taken:
            yield "number", _("Project %(number)d is on record already: %(title)s.") % {
                "number": found, "title": self.taken[found]}  # fmt: skip
        if found and found in self.rows:
            yield "number", _("Number %(number)d stands in row %(row)d too.") % {
                "number": found, "row": self.rows[found]}  # fmt: skip
        self.rows.setdefault(found, row.number)
        if owner and owner not in self.owners:
            yield "owner", _("There is no authorisation number “%(words)s”.") % {"words": owner}
        elif owner and self.owners[owner].pk in self.mine:
            yield "owner", importrows.belongs()
        yield from importrows.days(row, "first_on", "last_on", self.today)
        if row["last_on"] and row["last_on"] > self.today + dt.timedelta(days=36_525):
            yield "last_on", _("The day lies more than a hundred years ahead.")
        unknown = [name for name in row["registers"] or () if name not in self.registers]
        if unknown:
            yield "registers", _("These registers are not in the catalogue: %(names)s.") % {
                "names": ", ".join(unknown)}  # fmt: skip
        if bool(row["contact_name"]) != bool(row["contact_mail"]):
            yield "contact_mail", _("Give name and mail of the contact person, or neither.")
        if row["contact_mail"] and row["contact_mail"] == self.me:
            yield "contact_mail", _("This is you; a colleague must do this.")


def _owners(rows) -> dict:
    """{authorisation number: Institution} of the file's rows."""
    numbers = {row["owner"] for row in rows} - {None}
    found = Institution.objects.filter(authorisation_number__in=numbers).select_related("parent")
    return {one.authorisation_number: one for one in found}


def _contacts(rows, by) -> dict:
    """{mail: Person} of the contact persons, made where not on record."""
    wanted = {row["contact_mail"]: row["contact_name"] for row in rows if row["contact_mail"]}
    found = Person.objects.annotate(low=Lower("mail")).filter(low__in=wanted, is_system=False)
    known = {one.low: one for one in found.order_by("-pk")}
    made = bulk_create_with_history(
        [Person(name=name, mail=mail).prepared() for mail, name in wanted.items()
         if mail not in known], Person, batch_size=AT_ONCE, default_user=by,
    )  # fmt: skip
    return known | {one.mail: one for one in made}


def _incoming(row, project, owner, officer) -> Incoming:
    columns = {
        "subject_key": project.subject_key, "subject_label": str(project), "project": project,
        "institution": owner, "version": VERSION, "responsible": officer,
    }  # fmt: skip
    facts = {"first_on": row["first_on"].isoformat(), "last_on": row["last_on"].isoformat()}
    belong = frozenset({project.contact_id} - {None})
    return Incoming(row.number, columns, belong, facts)


def _facts(row, event, registers):
    """Owner, period and registers, from the first day; all recorded now."""
    fact = {"project": event.case.project, "case": event.case, "from_at": clock.midnight(row["first_on"]),
            "recorded_at": event.at, "recorded_by": event.by, "event": event}  # fmt: skip
    ends = clock.after(row["last_on"])
    yield ProjectOwner(institution=event.case.institution, **fact)
    yield ProjectPeriod(version=VERSION, to_at=ends, **fact)
    for name in row["registers"]:
        yield DataBasis(register=registers[name], version=VERSION, to_at=ends, **fact)


PROJECTS = Projects()
