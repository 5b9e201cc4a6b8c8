"""When two records are not linked, or not parted: functions of (facts, typed), no queries."""

from django.utils.translation import gettext as _


def two_records(facts, typed):
    if facts.named and facts.stays in facts.human:
        yield _("These are one record, or linked already.")


def stays_open(facts, typed):
    """Of a chain nobody would know the end."""
    if facts.closed:
        yield _("This record is linked to %(name)s already.") % {"name": facts.closed}
    if facts.stays_closed:
        yield _("That record is itself linked to %(name)s; name that one.") % {
            "name": facts.stays_closed
        }


def no_aliases(facts, typed):
    if facts.aliases:
        yield _("This record stays for %(names)s; link from the other record to this one.") % {
            "names": ", ".join(facts.aliases)
        }


def ident_stays(facts, typed):
    """The person goes on under the ident of the record that stays."""
    if facts.named and facts.ident and not facts.stays_ident:
        yield _("The other record has no ident. Link from that record to this one.")


def still_linked(facts, typed):
    if facts.stays not in facts.human:
        yield _("The records are no longer linked by this case.")
