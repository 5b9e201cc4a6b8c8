"""What is said of a register from a day on: restricted enterprise data, and its smallest cell.

The flags are facts that the access rule reads, so whoever changes one sees first which accesses
close by it, and confirms that. Source: domain.md 2.6 and 4.5; issue 4, section 2.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from fsesys.core import clock, facts, hanging, roles
from fsesys.core.dependants import Dependant
from fsesys.core.refusal import NotYours, Refused

from . import access, naming
from .records import Register, RegisterFlag

MAY = frozenset({roles.HEAD, roles.DATA_MANAGER})
MOST = 1000  # the largest smallest cell that makes sense


@transaction.atomic
def put_flag(register, *, by, restricted_enterprise, min_cell, from_on, listed=(), confirmed=False):
    """From the day on this is said of the register. Returns the flag.

    listed: keys of the accesses that close, as they were shown. Raises NotYours, Refused.
    """
    if not (by.is_active and MAY & roles.held(by.person)):
        raise NotYours(_("Your roles do not include this: %(verb)s.") % {"verb": _("Change flags")})
    register = Register.objects.select_for_update(no_key=True).get(pk=register.pk)
    _refuse(register, restricted_enterprise, min_cell, from_on)
    before = _open(register, from_on)
    flag = _write(register, by, restricted_enterprise, min_cell, clock.midnight(from_on))
    after = _open(register, from_on)
    lost = [_key(one) for key, one in before.items() if key not in after]
    wrong = list(hanging.confirmed(lost, {"listed": listed, "confirmed": confirmed}))
    if wrong:
        raise Refused(wrong)
    return flag


def losing(register, *, by, restricted_enterprise, min_cell, from_on) -> list:
    """The accesses that would close, as Dependants; nothing is written."""
    with transaction.atomic():
        before = _open(register, from_on)
        _write(register, by, restricted_enterprise, min_cell, clock.midnight(from_on))
        after = _open(register, from_on)
        transaction.set_rollback(True)
    rows = [one for key, one in before.items() if key not in after]
    names = naming.of(rows)
    return [Dependant("access", _key(one), names.sentence(one)) for one in rows]


def now(register):
    """The flag that runs, or None."""
    return RegisterFlag.objects.at(clock.now()).filter(register=register).first()


def _refuse(register, restricted, min_cell, from_on):
    wrong = []
    if min_cell is not None and not 1 <= min_cell <= MOST:
        wrong.append(_("The smallest cell is a number from 1 to %(most)d.") % {"most": MOST})
    running = RegisterFlag.objects.at(clock.midnight(from_on)).filter(register=register).first()
    if running and (running.restricted_enterprise, running.min_cell) == (restricted, min_cell):
        wrong.append(_("This is said of the register on that day already."))
    if wrong:
        raise Refused(wrong)


def _write(register, by, restricted, min_cell, from_at):
    """What runs on or after the day ends there; earlier days keep what was said of them."""
    at, person = clock.read(), by.person
    rows = RegisterFlag.objects.known().filter(register=register)
    later = [row for row in rows if row.to_at is None or row.to_at > from_at]
    facts.end_all(later, at=at, by=person, event=None, to_at=from_at)
    return RegisterFlag.objects.create(
        register=register, restricted_enterprise=restricted, min_cell=min_cell, from_at=from_at,
        recorded_at=at, recorded_by=person,
    )  # fmt: skip


def _open(register, from_on) -> dict:
    """{key: access} of what is open on the register's projects now, or on a later day."""
    at = clock.read()
    then = max(at, clock.midnight(from_on))
    rows = access.register(then, at, at, register=register.pk)
    return {one.key: one for one in rows if one.at(then)}


def _key(one):
    return f"access:{one.case_id}"
