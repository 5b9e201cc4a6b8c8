"""What the letter of a yearly review says: what we have on record."""

from django.utils.translation import gettext_lazy as _

from fsesys.core import wording

from .. import kinds

TITLES = {"yearly_review": _("Yearly review of your authorisation")}


def review(institution, at) -> dict:
    held = institution.holdings.at(at).select_related("person").order_by("role", "person__name")
    due = institution.review_on
    return {
        "institution": institution.name, "address": institution.address.splitlines(),
        "mail_domains": institution.mail_domains,
        "due_on": wording.day(due),
        "roles": [{"role": str(kinds.ROLES[row.role]), "person": row.person.name} for row in held],
    }  # fmt: skip
