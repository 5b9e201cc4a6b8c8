"""The present register brought in: what a row of institutions becomes (domain.md 1.2, 1.4).

Columns and rules stand in importcolumns.py; reading, preview and confirming in core.
"""

from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.utils import bulk_create_with_history

from fsesys.core import clock, everyday, wording
from fsesys.core.bringing import AT_ONCE, Incoming, bring_in
from fsesys.core.importing import Importer
from fsesys.core.people import Person

from . import importcolumns, kinds
from .authorisation import registering
from .authorisation.models import AuthorisationCase
from .records import AuthorisationPeriod, EnterpriseRight, Institution, Organisation, RoleHolding

PLAIN = ("name_da", "name_en", "cvr", "ean", "type", "price_group_reason", "schemes",
         "mail_domains", "address", "invoice_address", "web", "language")  # fmt: skip


class Institutions(Importer):
    slug, label = "institutions", gettext_lazy("Institutions")
    columns, roles = importcolumns.COLUMNS, everyday.IMPORT.roles

    def lock(self):
        registering.hold_numbers()
        registering.hold_names(alone=True)

    def judge(self, rows, by, at):
        numbers = {row["authorisation_number"] for row in rows} - {None}
        known = importcolumns.Known(
            today=clock.day_of(at), me=(by.person.name, by.person.mail.lower()),
            names={
                (cvr, key): number
                for cvr, key, number in Institution.objects.filter(
                    cvr__in={row["cvr"] for row in rows if row["cvr"]}
                ).order_by("-pk").values_list("cvr", "name_key", "authorisation_number")
            },
            numbers=dict(Institution.objects.filter(authorisation_number__in=numbers)
                         .values_list("authorisation_number", "name_da")),
            first={}, given={},
        )  # fmt: skip
        self.refuse(rows, lambda row: importcolumns.problems(row, known))

    def title(self, row):
        return row.cells.get("name_da") or _("without a name")

    def words(self, row):
        schemes = ", ".join(str(kinds.SCHEMES[scheme]) for scheme in row["schemes"])
        since = wording.day(row["authorised_on"])
        pairs = (
            (_("Name"), ", ".join(filter(None, [row["parent"], row["name_da"], row["name_en"]]))),
            (_("CVR number"), row["cvr"]), (_("Kind"), str(kinds.TYPES[row["type"]])),
            (_("Schemes"), schemes), (_("Authorised since"), since),
            (_("Authorisation number"), str(row["authorisation_number"] or _("the next free"))),
            (_("Enterprise data"), str(kinds.RIGHTS[right_of(row)])),
            (_("Mail domains"), ", ".join(row["mail_domains"])),
            *((str(kinds.ROLES[role]), ", ".join(person))
              for role, person in importcolumns.people_of(row)),
        )  # fmt: skip
        return [{"label": label, "value": value} for label, value in pairs]

    def make(self, batch, rows, by):
        people, parents = _people(rows, by), _parents(rows)
        institutions = _institutions(batch, rows, by, parents)
        events = bring_in(batch, AuthorisationCase, [
            _incoming(row, institution, people, by)
            for row, institution in zip(rows, institutions, strict=True)
        ], by=by, state="authorised")  # fmt: skip
        facts = {AuthorisationPeriod: [], EnterpriseRight: [], RoleHolding: []}
        for row, event in zip(rows, events, strict=True):
            for fact in _facts(row, event, people):
                facts[type(fact)].append(fact)
        for model, found in facts.items():
            model.objects.bulk_create(found, batch_size=AT_ONCE)


def _incoming(row, institution, people, by):
    """The case of one institution: authorised, with what the register says and no more."""
    named = list(_named(row, people))
    columns = {
        "subject_key": institution.subject_key, "subject_label": str(institution),
        "responsible": by.person, "institution": institution, "environment": "",
        "received_on": row["authorised_on"], "language": row["language"],
        "schemes": row["schemes"], "head": named[0][1], "enterprise_right": right_of(row),
        "reservations": row["right_reason"],
    }  # fmt: skip
    facts = {"authorised_on": row["authorised_on"].isoformat(),
             "number": institution.authorisation_number}  # fmt: skip
    belong = frozenset(person.pk for _role, person in named)
    return Incoming(row.number, columns, belong, facts)


def _facts(row, event, people):
    """What the import of the row begins: authorisation, right, roles; all recorded now."""
    fact = {"from_at": clock.midnight(row["authorised_on"]), "recorded_at": event.at,
            "recorded_by": event.by, "event": event, "institution": event.case.institution}  # fmt: skip
    yield AuthorisationPeriod(case=event.case, **fact)
    yield EnterpriseRight(right=right_of(row), reason=row["right_reason"], **fact)
    for role, person in dict.fromkeys(_named(row, people)):
        yield RoleHolding(role=role, person=person, **fact)


def right_of(row):
    return row["enterprise_right"] or kinds.enterprise_right(row["type"])


def _institutions(batch, rows, by, parents):
    given = [row["authorisation_number"] or 0 for row in rows]
    spare = max(registering.next_number(batch.at), max(given) + 1)
    review_on, new = registering.review_day(clock.day_of(batch.at)), []
    for row, number in zip(rows, given, strict=True):
        if not number:
            number, spare = spare, spare + 1
        new.append(Institution(
            parent=parents.get((row["parent"], row["cvr"])), authorisation_number=number,
            price_group=row["price_group"] or kinds.price_group(row["type"]),
            review_on=row["review_on"] or review_on, **{name: row[name] for name in PLAIN},
        ).prepared())  # fmt: skip
    return bulk_create_with_history(
        new, Institution, batch_size=AT_ONCE, default_user=by,
        default_change_reason=f"import {batch.pk}",
    )  # fmt: skip


def _parents(rows) -> dict:
    """{(name, CVR number): Organisation}, made where not on record, whoever makes it first."""
    wanted = dict.fromkeys((row["parent"], row["cvr"]) for row in rows if row["parent"])
    Organisation.objects.bulk_create(
        [Organisation(name=name, cvr=cvr) for name, cvr in wanted], ignore_conflicts=True
    )
    found = Organisation.objects.filter(name__in={name for name, _cvr in wanted})
    return {(parent.name, parent.cvr): parent for parent in found}


def _named(row, people):
    """(role, Person) of everybody the row names, the responsible first."""
    for role, person in importcolumns.people_of(row):
        yield role, people[person]


def _people(rows, by) -> dict:
    """{(name, mail): Person} of everybody the rows name, made where not on record."""
    wanted = dict.fromkeys(person for row in rows for _role, person in importcolumns.people_of(row))
    titles = {(row["responsible_name"], row["responsible_mail"]): row["responsible_title"]
              for row in reversed(rows)}  # fmt: skip
    found = Person.objects.annotate(low=Lower("mail")).filter(low__in={m for _name, m in wanted})
    known = {(person.name, person.low): person for person in found.order_by("-pk")}
    new = [Person(name=name, mail=mail, title=titles.get((name, mail), "")).prepared()
           for name, mail in wanted if (name, mail) not in known]  # fmt: skip
    made = bulk_create_with_history(new, Person, batch_size=AT_ONCE, default_user=by)
    return known | {(person.name, person.mail): person for person in made}


INSTITUTIONS = Institutions()
