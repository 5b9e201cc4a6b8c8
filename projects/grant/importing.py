"""The present accesses brought in: who was granted which project, from when, through which institution.

What an access is worth today is the rule's answer: the preview tells it, and an access that the rule
does not give comes in as granted and of no effect. Reading, preview and confirming are core's.
"""

from dataclasses import replace

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsesys.core import cells, clock, everyday, importrows
from fsesys.core.bringing import AT_ONCE, Incoming, bring_in
from fsesys.core.importing import Column, Importer
from institutions import belonging
from researchers.association.importcolumns import ident
from researchers.records import Association, Researcher

from .. import access, explaining
from ..proposal.importing import number
from ..records import Grant, Project, ProjectOwner
from . import actions
from .models import GrantCase


class Grants(Importer):
    slug, label, roles = "grants", gettext_lazy("Accesses"), everyday.IMPORT.roles
    columns = (
        Column("project", gettext_lazy("Project number"), number, required=True, empty=None),
        Column("ident", gettext_lazy("Ident"), ident, required=True),
        Column("institution", gettext_lazy("Authorisation number"), cells.number, required=True,
               empty=None),
        Column("from_on", gettext_lazy("Granted from"), cells.day, required=True, empty=None),
        Column("last_on", gettext_lazy("Last day"), cells.day, empty=None),
    )  # fmt: skip

    def judge(self, rows, by, at):
        known = Known(rows, by, at)
        self.refuse(rows, known.problems)
        known.judge([row for row in rows if not row.problems])

    def title(self, row):
        return " ".join(filter(None, [row.cells.get("project"), row.cells.get("ident")]))

    def words(self, row):
        missing = " ".join(row.values["missing"])
        label = _("What stands in the way today")
        return [*super().words(row), {"label": label, "value": missing or _("nothing")}]

    def make(self, batch, rows, by):
        known = Known(rows, by, batch.at)
        for state in ("granted", "ended"):
            mine = [row for row in rows if state_of(row) == state]
            events = bring_in(batch, GrantCase, [
                _incoming(row, known, by) for row in mine
            ], by=by, state=state) if mine else []  # fmt: skip
            Grant.objects.bulk_create(
                [_fact(row, event) for row, event in zip(mine, events, strict=True)],
                batch_size=AT_ONCE,
            )


class Known:
    """What is on record of the file's projects, people and associations, and what the file said."""

    def __init__(self, rows, by, at):
        self.at, self.today, self.by, self.rows = at, clock.day_of(at), by, {}
        idents = {row["ident"] for row in rows if row["ident"]}
        found = Researcher.objects.filter(ident__in=idents).select_related("person")
        self.people = {one.ident: one for one in found}
        numbers = {row["project"] for row in rows} - {None}
        found = Project.objects.filter(number__in=numbers).select_related("officer")
        self.projects = {one.number: one for one in found}
        owning = ProjectOwner.objects.at(at).filter(project__number__in=numbers)
        self.owners = dict(owning.values_list("project_id", "institution_id"))
        self.mine = belonging.places_of(by.person, at)

    @cached_property
    def associations(self) -> dict:
        """{(person, authorisation number): their associations there, the latest last}."""
        people = [one.person_id for one in self.people.values()]
        found = Association.objects.known().filter(person__in=people)
        rows = {}
        for one in found.select_related("institution", "agreement").order_by("from_at"):
            rows.setdefault((one.person_id, one.institution.authorisation_number), []).append(one)
        return rows

    @cached_property
    def granted(self) -> dict:
        """{(person, project): the spans on record}."""
        found = Grant.objects.known().filter(project__in=[one.pk for one in self.projects.values()])
        rows = {}
        for person, project, *held in found.values_list("person", "project", "from_at", "to_at"):
            rows.setdefault((person, project), []).append(held)
        return rows

    def of(self, row):
        """(project, researcher, association) of a row; None for what is not on record. The
        association is the one that ran on the first day, else the latest."""
        researcher = self.people.get(row["ident"])
        key = researcher and (researcher.person_id, row["institution"])
        rows = self.associations.get(key, [None])
        began = row["from_on"] and clock.after(row["from_on"])
        then = [one for one in rows if one and began and one.from_at < began
                and (one.to_at is None or one.to_at >= began)]  # fmt: skip
        return self.projects.get(row["project"]), researcher, (then or rows)[-1]

    def problems(self, row):
        """(column, sentence) for what a cell alone does not show."""
        project, researcher, association = self.of(row)
        if row["project"] and project is None:
            yield (
                "project",
                _("There is no project number “%(words)s”.") % {"words": row["project"]},
            )
        if row["ident"] and researcher is None:
            yield "ident", _("There is no ident “%(words)s”.") % {"words": row["ident"]}
        elif researcher and researcher.ident_closed_at:
            yield "ident", _("The ident %(ident)s is closed.") % {"ident": researcher.ident}
        elif researcher and self.by.person_id in researcher.person.human():
            yield "ident", _("This is you; a colleague must do this.")
        elif self._own(project, association):
            yield "project", importrows.belongs()
        elif researcher and row["institution"] and association is None:
            yield "institution", _("The person was never associated with the institution %(number)d.") % {
                "number": row["institution"]}  # fmt: skip
        yield from importrows.days(row, "from_on", "last_on", self.today)
        if project and researcher and row["from_on"]:
            yield from self._again(row, project, researcher)

    def _own(self, project, association) -> bool:
        if project and project.contact_id in self.by.person.human():
            return True
        home = association and association.institution_id
        return bool(self.mine & {home, self.owners.get(project and project.pk)})

    def _again(self, row, project, researcher):
        held = self.granted.get((researcher.person_id, project.pk), ())
        if any(importrows.overlap(span(row), one) for one in held):
            yield "project", _("The access is on record for these days already.")
        beside = self.rows.setdefault((row["project"], row["ident"]), [])
        for other, held in beside:
            if importrows.overlap(span(row), held):
                yield "ident", _("The same access stands in row %(row)d.") % {"row": other}
                break
        beside.append((row.number, span(row)))

    def judge(self, rows):
        """What stands in the way of each today, asked of the rule in one question."""
        trios = []
        for row in rows:
            project, researcher, association = self.of(row)
            trios.append((researcher.person_id, project.pk, association.agreement_id))
        found = {(one.person_id, one.project_id, one.agreement_id): one
                 for one in access.supposed(trios, self.at)}  # fmt: skip
        for row, trio in zip(rows, trios, strict=True):
            row.values["missing"] = self._missing(found[trio], span(row)[0])

    def _missing(self, found, since) -> list:
        """The sentences, had it been granted on the day in the file."""
        held = {code: spans for code, spans in found.held.items() if code != "granted"}
        return explaining.missing(replace(found, granted_at=since, held=held), self.at)


def span(row) -> tuple:
    since = clock.midnight(row["from_on"])
    return since, clock.after(row["last_on"]) if row["last_on"] else None


def state_of(row) -> str:
    """As where the end was registered here: the case is closed, the fact runs until its last day."""
    return "ended" if row["last_on"] else "granted"


def _incoming(row, known, by) -> Incoming:
    project, researcher, association = known.of(row)
    columns = actions.columns(project, researcher.person, association.agreement)
    facts = {"from_on": row["from_on"].isoformat(),
             "last_on": row["last_on"].isoformat() if row["last_on"] else ""}  # fmt: skip
    return Incoming(row.number, columns | {"responsible": project.officer},
                    frozenset({researcher.person_id}), facts)  # fmt: skip


def _fact(row, event) -> Grant:
    case, (since, until) = event.case, span(row)
    return Grant(
        project_id=case.project_id, person_id=case.person_id, agreement_id=case.agreement_id,
        case=case, from_at=since, to_at=until, recorded_at=event.at, recorded_by=event.by, event=event,
    )  # fmt: skip


GRANTS = Grants()
