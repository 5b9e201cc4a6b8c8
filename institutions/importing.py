"""The present register brought in: what a row of institutions becomes (domain.md 1.2, 1.4).

Columns and rules stand in importcolumns.py; reading, preview and confirming in core.
"""

from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsesys.core import clock, everyday, wording
from fsesys.core.door import bring_in
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
        for row in rows:
            for name, sentence in importcolumns.problems(row, known):
                row.refuse(self.column(name), sentence)

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
            (_("Responsible"), f"{row['responsible_name']}, {row['responsible_mail']}"),
            (_("Mail domains"), ", ".join(row["mail_domains"])),
        )  # fmt: skip
        return [{"label": label, "value": value} for label, value in pairs]

    def make(self, batch, rows, by):
        numbers = [row["authorisation_number"] or 0 for row in rows]
        spare = max(registering.next_number(batch.at), max(numbers) + 1)
        mails = {row["responsible_mail"] for row in rows}
        found = Person.objects.annotate(at=Lower("mail")).filter(at__in=mails)
        people = {(person.name, person.at): person for person in found.order_by("-pk")}
        parents = {(o.name, o.cvr): o for o in Organisation.objects.filter(
            name__in={row["parent"] for row in rows})}  # fmt: skip
        review_on = registering.review_day(clock.day_of(batch.at))
        for row in rows:
            row.values["review_on"] = row["review_on"] or review_on
            number = row["authorisation_number"]
            if number is None:
                number, spare = spare, spare + 1
            self._record(batch, row, by, number, _parent(row, parents), _person(row, by, people))

    def _record(self, batch, row, by, number, parent, head):
        institution = _institution(batch, row, by, number, parent)
        event = bring_in(
            batch, AuthorisationCase, by=by, state="authorised", row=row.number,
            subject_key=institution.subject_key, subject_label=str(institution),
            responsible=by.person, institution=institution, received_on=row["authorised_on"],
            language=row["language"], schemes=row["schemes"], environment="", head=head,
            enterprise_right=right_of(row), reservations=row["right_reason"],
            facts={"authorised_on": row["authorised_on"].isoformat(), "number": number},
        )  # fmt: skip
        fact = {"from_at": clock.midnight(row["authorised_on"]), "recorded_at": event.at,
                "recorded_by": event.by, "event": event, "institution": institution}  # fmt: skip
        AuthorisationPeriod.objects.create(case=event.case, **fact)
        EnterpriseRight.objects.create(right=right_of(row), reason=row["right_reason"], **fact)
        RoleHolding.objects.create(role="responsible", person=head, **fact)


def right_of(row):
    return row["enterprise_right"] or kinds.enterprise_right(row["type"])


def _institution(batch, row, by, number, parent):
    institution = Institution(
        parent=parent, authorisation_number=number,
        price_group=row["price_group"] or kinds.price_group(row["type"]),
        review_on=row["review_on"],
        **{name: row[name] for name in PLAIN},
    )  # fmt: skip
    institution._history_user = by
    institution._change_reason = f"import {batch.pk}"
    institution.save()
    return institution


def _parent(row, known):
    key = row["parent"], row["cvr"]
    if row["parent"] and key not in known:
        known[key], _new = Organisation.objects.get_or_create(name=key[0], cvr=key[1])
    return known.get(key)


def _person(row, by, known):
    """The person on record with that name and mail, else a new one."""
    key = row["responsible_name"], row["responsible_mail"]
    if key not in known:
        person = Person(name=key[0], mail=key[1], title=row["responsible_title"])
        person._history_user = by
        person.save()
        known[key] = person
    return known[key]


INSTITUTIONS = Institutions()
