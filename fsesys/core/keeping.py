"""Who has a case: somebody who holds the role that keeps the cases of its process."""

from django.utils.translation import gettext as _

from . import roles
from .cases import Case
from .refusal import Refused


def caretaker(subject_key, role, at=None):
    """Who gets a case: who had the record's last one, else the first with the role."""
    last = Case.objects.filter(subject_key=subject_key).order_by("-pk")
    holders = roles.holders(role, at)
    known = holders.filter(pk__in=last.values("responsible")[:1]).first() or holders.first()
    if known is None:
        raise Refused([
            _("Nobody holds the role %(role)s today. Give it to somebody first.")
            % {"role": roles.label(role)}
        ])  # fmt: skip
    return known


def after_closing(case, at):
    """Who has a case that is opened again: the same person, unless they have left the role."""
    role = case.machine.keeper
    same = roles.holders(role, at).filter(pk=case.responsible_id).first()
    return same or caretaker(case.subject_key, role, at)
