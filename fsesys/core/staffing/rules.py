"""When a verb on a staff member is refused. Functions of (facts, typed), no queries.

Source: design.md section 2 (two persons, stand-ins, handing over).
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..roles import ADMINISTRATOR, CHIEF, DECIDING, HEAD, LABELS


def name_free(facts, typed):
    if typed and typed["taken"]:
        yield _("There is an account “%(name)s” already.") % {"name": typed["username"]}
    if typed and typed["has_account"]:
        yield _("This person has an account already.")


def never_for_oneself(facts, typed):
    if typed is not None and facts.person == typed["by"]:
        yield _("Nobody gives a role to themselves.")


def right_confirmer(facts, typed):
    """The head confirms; what concerns the head's own seat the chief statistician."""
    if typed is None or not typed["confirming"]:
        return
    own = typed["role"] == HEAD or HEAD in facts.roles
    wanted = CHIEF if own else HEAD
    if wanted not in typed["roles_of_by"]:
        yield _("This is confirmed by: %(role)s.") % {"role": LABELS[wanted]}
    if facts.person == typed["by"]:
        yield _("Nobody confirms a role for themselves.")


def not_held(facts, typed):
    if typed is not None and typed["role"] in facts.known_roles:
        yield _("%(person)s has this role already, or will have it: %(role)s.") % {
            "person": facts.name, "role": LABELS[typed["role"]],
        }  # fmt: skip


def administers_or_decides(facts, typed):
    """Issue 3, section 4: the administrator reads accounts and decides nothing."""
    if typed is None:
        return
    if typed["role"] in DECIDING and ADMINISTRATOR in facts.known_roles:
        yield _("%(person)s is an administrator and decides nothing. End that role first, or give"
                " this one to another person.") % {"person": facts.name}  # fmt: skip
    if typed["role"] in DECIDING and facts.stand_in_administers:
        yield _("An administrator decides nothing, and one stands in for %(person)s. Let that end"
                " first.") % {"person": facts.name}  # fmt: skip
    deciding = [LABELS[role] for role in sorted(facts.acting_roles & DECIDING)]
    if typed["role"] == ADMINISTRATOR and deciding:
        yield _("An administrator decides nothing, and %(person)s acts as: %(roles)s. Give this"
                " role to another person.") % {
            "person": facts.name, "roles": ", ".join(map(str, deciding)),
        }  # fmt: skip


def held(facts, typed):
    if typed is not None and typed["role"] not in facts.known_roles:
        yield _("%(person)s does not have this role.") % {"person": facts.name}


def not_the_last(facts, typed):
    """Somebody must always be able to give roles and to confirm them."""
    ending = facts.last_of if typed is None or "role" not in typed else (
        facts.last_of & {typed["role"]}
    )  # fmt: skip
    if typed is None and ending:
        return
    for role in sorted(ending):
        yield _("%(person)s is the last who holds this role: %(role)s. Give it to another first.") % {
            "person": facts.name, "role": LABELS[role],
        }  # fmt: skip


def from_today(facts, typed):
    if typed is not None and typed["from_on"] < facts.today:
        yield _("The first day can not lie before today.")


def ends_after(facts, typed):
    if typed is not None and typed["to_on"] and typed["to_on"] < typed["from_on"]:
        yield _("The last day can not lie before the first.")


def stand_in_differs(facts, typed):
    if typed is not None and typed["stand_in"] == facts.person:
        yield _("Nobody stands in for themselves.")


def not_oneself_as_stand_in(facts, typed):
    if typed is not None and typed["stand_in"] == typed["by"]:
        yield _("You can not name yourself as stand-in.")


def no_administrator_as_stand_in(facts, typed):
    if typed is not None and typed["administers"]:
        yield _("An administrator decides nothing, for nobody else either. Name another person.")


def named_by_head(facts, typed):
    """The chief statistician names a stand-in for the head of FSE only."""
    if typed is not None and HEAD not in typed["roles_of_by"] and HEAD not in facts.roles:
        yield _("The head of FSE names the stand-in of this person.")


def one_at_a_time(facts, typed):
    if typed is not None and typed["overlaps"]:
        yield _("Somebody stands in for %(person)s in that time already. End that first.") % {
            "person": facts.name
        }


def stands_in(facts, typed):
    if not facts.has_stand_in:
        yield _("Nobody stands in for %(person)s.") % {"person": facts.name}


def to_another(facts, typed):
    if typed is not None and typed["to"] == facts.person:
        yield _("Hand over to another person.")
    if not (facts.cases if typed is None else facts.cases.get(typed["role"])):
        yield _("%(person)s is responsible for no open case.") % {"person": facts.name}


def own_or_head(facts, typed):
    if typed is not None and HEAD not in typed["roles_of_by"] and facts.person != typed["by"]:
        yield _("You hand over your own cases; those of others the head of FSE.")


def list_unchanged(facts, typed):
    if typed is not None and typed["expected"] != len(facts.cases.get(typed["role"], ())):
        yield _("The list of cases changed. Look at it again and confirm.")


def handed_over(facts, typed):
    if facts.cases:
        count = sum(map(len, facts.cases.values()))
        yield ngettext(
            "%(person)s is responsible for %(count)d open case: hand it over first.",
            "%(person)s is responsible for %(count)d open cases: hand them over first.",
            count,
        ) % {"person": facts.name, "count": count}
