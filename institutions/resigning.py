"""A signature that was registered wrong, put right: its day, its signer (for Process.correctable).

The old signature is void and stays on record; the new one stands beside the same copy.
"""

from django.utils.translation import gettext as _

from fsesys.core import clock
from fsesys.core.correcting import Correctable, not_ahead
from fsesys.core.documents import Signature
from fsesys.core.forms import DayField
from fsesys.core.wording import day


def standing(document, side):
    """The signature of the side on the document, or None."""
    if document is None:
        return None
    rows = Signature.objects.standing().filter(document=document, side=side)
    return rows.select_related("signer").first()


def resign(event, old, **changes):
    """The signature registered anew beside the void one, by who proposed and who confirmed."""
    Signature.objects.filter(pk=old.pk).update(voided_event=event)
    old.pk, old._state.adding = None, True
    old.event, old.voided_event = event, None
    old.registered_by = event.proposed_by or event.by
    old.confirmed_by = event.by if event.proposed_by else old.confirmed_by
    for name, value in changes.items():
        setattr(old, name, value)
    old.save(force_insert=True)


def signed_on(label, verb, document, side="them", also=lambda event, value: None):
    """The day of a signature. document(case): what was signed. also: what else holds the day."""

    def signature(case):
        return standing(document(case), side)

    def write(event, value):
        resign(event, signature(event.case), signed_on=value)
        also(event, value)

    def check(case, value):
        yield from not_ahead(case, value)
        made = clock.day_of(document(case).registered_at)
        if value < made:
            yield _("The agreement was made on %(day)s; nobody signed it before.") % {
                "day": day(made)
            }

    return Correctable(
        f"{side}_signed_on", label, lambda case: signature(case).signed_on, DayField,
        rests=(verb,), here=lambda case: signature(case) is not None, write=write,
        check=check,
    )  # fmt: skip
