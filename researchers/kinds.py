"""What kinds of attachment and proof of identity there are (domain.md 2.9; issue 4, section 1)."""

from django.utils.translation import gettext_lazy as _

TYPES = {
    "employee": _("employee"),
    "guest": _("guest"),
    "student": _("student"),
    "consultant": _("external consultant"),
}
YOUNGEST, FIRST_YEAR = 15, 1900  # nobody works here younger, or was born before
ANSWERED_FOR = {"guest", "student"}  # an employee of the institution answers for them
PROOFS = {
    "passport": _("passport"),
    "driving_licence": _("driving licence"),
    "mitid": _("MitID"),
    "eidas": _("eIDAS"),
    "known": _("known to us from before"),
}
