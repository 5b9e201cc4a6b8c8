"""What is refused in an extension beside the rules of process 1: functions of (facts, typed)."""

from django.utils.translation import gettext as _

from fsesys.core import wording

WIDTH = ("none", "exemption", "full")


def authorised(facts, typed):
    if not facts.in_force_since:
        yield _("The institution is not authorised today.")


def has_responsible(facts, typed):
    """A gap blocks new approvals (issue 3, section 2)."""
    if not facts.responsible_today:
        yield _("The institution has no responsible person. Register the new one first.")


def named_still(facts, typed):
    """Who is to sign is who is responsible: a change of person needs the agreement anew."""
    if facts.responsible_today and facts.responsible_today != facts.responsible:
        yield _(
            "%(person)s, who is named in the agreement, is not responsible any more. Have the"
            " agreement drafted anew."
        ) % {"person": facts.responsible_name}


def signed_in_office(facts, typed):
    """What the named person signed while responsible holds, though it comes in later."""
    if typed is not None and facts.named_until and typed["signed_on"] > facts.named_until:
        yield _(
            "%(person)s was responsible until %(day)s and can not have signed for the institution"
            " after that. Have the agreement drafted anew."
        ) % {"person": facts.responsible_name, "day": wording.day(facts.named_until)}


def something_new(facts, typed):
    if typed is None:
        return
    if not set(typed["schemes"]) - set(facts.schemes) and (
        not typed["enterprise_right"] or typed["enterprise_right"] == facts.right
    ):
        yield _("Choose a scheme or a right that the institution does not have.")


def no_narrower_right(facts, typed):
    """What an institution applies for widens; its right is limited by the chief statistician."""
    if typed is None or not typed["enterprise_right"]:
        return
    if WIDTH.index(typed["enterprise_right"]) < WIDTH.index(facts.right or "none"):
        yield _("An extension can not narrow the right to enterprise data. The chief statistician"
                " limits it on the page of the institution.")  # fmt: skip


def received_by_today(facts, typed):
    if typed is not None and typed["received_on"] > facts.today:
        yield _("The application can not have been received after today.")
