"""How numbers and addresses of institutions are written: cleaned, or refused with a sentence.

Belongs here: what holds for a form, a script and an import alike. Every function takes text and
returns the cleaned value; ValueError carries the sentence that says what is wrong.
"""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from stdnum import ean as ean_number
from stdnum.dk import cvr as danish_cvr

from fsesys.core import cells


def cvr(text: str) -> str:
    """Eight digits with a check digit; `DK`, spaces, points and hyphens are taken off."""
    number = "".join(c for c in text.upper().removeprefix("DK") if c not in " -.")
    if not danish_cvr.is_valid(number):
        raise ValueError(_("This is not a valid CVR number: eight digits with a check digit."))
    return danish_cvr.compact(number)


def ean(text: str) -> str:
    """Thirteen digits with a check digit, or nothing."""
    number = text.replace(" ", "")
    if number and not (len(number) == 13 and ean_number.is_valid(number)):
        raise ValueError(_("This is not a valid EAN number: thirteen digits with a check digit."))
    return number


def mail(text: str) -> str:
    """One mail address."""
    address = text.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise ValueError(_("“%(mail)s” is not a mail address.") % {"mail": address}) from None
    return address


def person(line: str) -> dict:
    """One human being of “name, mail”: the fields of a new Person."""
    name, _comma, address = line.rpartition(",")
    name = cells.name(200)(name.strip())
    if not name or "@" in name:
        raise ValueError(
            _("“%(line)s” is not one person. Write each person as “name, mail”, on a line of their"
              " own or with a semicolon between.") % {"line": line.strip()}
        )  # fmt: skip
    return {"name": name, "mail": cells.text(254)(mail(address))}


def people(text: str) -> list:
    """Everybody in a text: one a line, or with semicolons between."""
    lines = (line.strip() for line in text.replace("\n", ";").split(";"))
    return [person(line) for line in lines if line]


def mail_domains(text) -> list:
    """Domains in small letters, each once, from text (space, comma, semicolon) or from a list."""
    words = text if isinstance(text, str) else " ".join(text)
    words = words.replace(",", " ").replace(";", " ").split()
    domains = list(dict.fromkeys(word.lower().removeprefix("@") for word in words))
    for domain in domains:
        try:
            validate_email(f"a@{cells.text(100)(domain)}")
        except ValidationError:
            raise ValueError(_("“%(domain)s” is not a mail domain.") % {"domain": domain}) from None
    if not domains:
        raise ValueError(_("Write at least one mail domain."))
    return domains
