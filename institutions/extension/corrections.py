"""What can be corrected on an extension: what process 1 corrects, where an extension has it too."""

from dataclasses import replace

from fsesys.core import clock

from ..authorisation.corrections import CORRECTABLE as FIRST
from . import rules, selectors

SAME = ("received_on", "purpose", "head_name", "head_title", "head_mail", "us_signed_on")
OF = {fact.slug: fact for fact in FIRST}


def _in_office(case, value):
    """Who was named signed while responsible, on the right day too."""
    yield from OF["them_signed_on"].check(case, value)
    yield from rules.signed_in_office(selectors.facts(case, clock.now()), {"signed_on": value})


CORRECTABLE = (
    *(OF[slug] for slug in SAME), replace(OF["them_signed_on"], check=_in_office),
)  # fmt: skip
