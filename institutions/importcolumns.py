"""The columns of the register of institutions, and when a row of it is refused in which words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fsesys.core import cells
from fsesys.core.importing import Column
from fsesys.core.names import normalise

from . import formats, kinds

LANGUAGES = {"da": _("Danish"), "en": _("English")}


HIGHEST = 99_999  # an authorisation number; the next must fit too
ROLES = {"substitutes": "substitute", "administrators": "administrator",
         "signatories": "signatory", "contacts": "contact"}  # fmt: skip


def number(words):
    found = cells.number(words)
    if found > HIGHEST:
        raise ValueError(_now("The highest authorisation number is %(most)d.") % {"most": HIGHEST})
    return found


def mail(words):
    return cells.text(254)(formats.mail(words)).lower()


def people(words) -> tuple:
    """((name, mail), ...) of “name, mail; name, mail”."""
    found = ((person["name"], person["mail"].lower()) for person in formats.people(words))
    return tuple(dict.fromkeys(found))


COLUMNS = (
    Column("name_da", _("Name in Danish"), required=True),
    Column("name_en", _("Name in English")),
    Column("parent", _("Parent organisation")),
    Column("cvr", _("CVR number"), formats.cvr, required=True),
    Column("ean", _("EAN number"), formats.ean),
    Column("type", _("Kind of institution"), cells.choice(kinds.TYPES), required=True),
    Column("price_group", _("Price group"), cells.choice(kinds.PRICE_GROUPS),
           help=_("empty: as the kind of institution gives")),
    Column("price_group_reason", _("Why another price group"), cells.text(300)),
    Column("schemes", _("Schemes"), cells.choices(kinds.SCHEMES), required=True,
           help=_("several separated by semicolon")),
    Column("mail_domains", _("Mail domains"), formats.mail_domains, required=True,
           help=_("several separated by semicolon")),
    Column("authorised_on", _("Authorised since"), cells.day, required=True,
           help=_("day-month-year")),
    Column("authorisation_number", _("Authorisation number"), number, empty=None,
           help=_("empty: the next free number")),
    Column("responsible_name", _("Responsible for authorisation"), required=True),
    Column("responsible_title", _("Title of the responsible")),
    Column("responsible_mail", _("Mail of the responsible"), mail, required=True),
    *(Column(name, label, people, empty=(), help=_("“name, mail”, several separated by semicolon"))
      for name, label in (("substitutes", _("Substitutes")),
                          ("administrators", _("Administrators")),
                          ("signatories", _("Signatories")), ("contacts", _("Contact persons")))),
    Column("enterprise_right", _("Enterprise data"), cells.choice(kinds.RIGHTS),
           help=_("empty: as the kind of institution gives")),
    Column("right_reason", _("Why another right to enterprise data"), cells.text(300)),
    Column("review_on", _("Next review"), cells.day, empty=None, help=_("day-month-year")),
    Column("language", _("Language of letters"), cells.choice(LANGUAGES), empty="da",
           help=_("empty: Danish")),
    Column("address", _("Address"), cells.text(1000)),
    Column("invoice_address", _("Invoice address"), cells.text(1000)),
    Column("web", _("Web page"), cells.web),
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What the rules read. names: {(CVR, normalised name): number or None} on record; numbers:
    {authorisation number: name} on record; first, given: {key: row} of the file so far."""

    today: object
    me: tuple  # name and mail of who imports
    names: dict
    numbers: dict
    first: dict
    given: dict


def problems(row, known):
    """(column name, sentence) for what a cell alone does not show."""
    yield from _days(row, known)
    yield from _number(row, known)
    yield from _double(row, known)
    yield from _own_words(row)
    if known.me in [person for _role, person in people_of(row)]:
        yield (
            "responsible_name",
            _now("You belong to this institution yourself; a colleague must do this."),
        )
    if row["responsible_mail"] in {mail for _name, mail in row["substitutes"] or ()}:
        yield "substitutes", _now("The responsible person can not be their own substitute.")


def people_of(row):
    """(role, (name, mail)) of everybody the row names, the responsible first."""
    yield "responsible", (row["responsible_name"], row["responsible_mail"])
    for column, role in ROLES.items():
        for person in row[column] or ():
            yield role, person


def _days(row, known):
    since, review = row["authorised_on"], row["review_on"]
    if since and since > known.today:
        yield "authorised_on", _now("The day lies after today.")
    if since and review and review <= since:
        yield "review_on", _now("The review must come after the authorisation.")


def _number(row, known):
    number = row["authorisation_number"]
    if number is None:
        return
    if number in known.numbers:
        yield "authorisation_number", _now("Number %(number)d belongs to “%(name)s” already.") % {
            "number": number, "name": known.numbers[number],
        }  # fmt: skip
    if number in known.given:
        yield "authorisation_number", _now("Number %(number)d stands in row %(row)d too.") % {
            "number": number, "row": known.given[number],
        }  # fmt: skip
    known.given.setdefault(number, row.number)


def _double(row, known):
    """The same CVR number and the same name, however it is written."""
    if not (row["cvr"] and row["name_da"]):
        return
    key = row["cvr"], normalise(row["name_da"])[:200]
    if key in known.names:
        number = known.names[key]
        yield (
            "name_da",
            (
                _now("The institution is on record already, with authorisation number %(number)d.")
                % {"number": number}
                if number
                else _now("The institution is on record already, without authorisation number.")
            ),
        )
    if key in known.first:
        yield (
            "name_da",
            _now("The same institution stands in row %(row)d.") % {"row": known.first[key]},
        )
    known.first.setdefault(key, row.number)


def _own_words(row):
    """What differs from the kind of institution needs its reason (as in process 1)."""
    kind = row["type"]
    if not kind:
        return
    if row["price_group"] and row["price_group"] != kinds.price_group(kind):
        if row["price_group_reason"] == "":
            yield (
                "price_group_reason",
                _now(
                    "Write the reason for another price group than the kind of institution gives."
                ),
            )
    if row["enterprise_right"] and row["enterprise_right"] != kinds.enterprise_right(kind):
        if row["right_reason"] == "":
            yield (
                "right_reason",
                _now("Write the reason for another right than the kind of institution gives."),
            )
