"""Old and new side by side, before anything is saved: what was touched, against the day it begins.

What stands in the fields is of one day (`shown_on`); the change may begin on another. Untouched
fields keep what holds on that other day.
"""

import hashlib
import json

from fsesys.core import clock

from . import rules, selectors
from .documents import LABELS, words
from .forms import FIELDS, LATER, ChangeForm, same, shown_by, standing
from .models import ChangeCase

EARLY = (rules.authorised, rules.as_shown, rules.something_differs, rules.no_more_than_agreed,
         rules.from_when)  # fmt: skip


class Comparison:
    """The change that a valid form asks for. changes: {field: [old, new]} on the day it begins."""

    def __init__(self, institution, form):
        self.institution, self.data = institution, form.cleaned_data
        shown = shown_by(institution, self.data)
        self.held = standing(institution, clock.begins(self.data["from_on"], clock.now()))
        touched = [n for n in FIELDS if not same(n, self.data[n], shown[n])]
        self.changes = {n: [self.held[n], self.data[n]] for n in touched
                        if not same(n, self.data[n], self.held[n])}  # fmt: skip

    @property
    def digest(self):
        said = json.dumps([self.data["from_on"].isoformat(), self.changes])
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def asked(self):
        """Whether the signed agreement says what is changed."""
        return bool(rules.IN_AGREEMENT & set(self.changes))

    @property
    def sides(self):
        return [{"label": LABELS[name], "old": words(name, old), "new": words(name, new)}
                for name, (old, new) in self.changes.items()]  # fmt: skip

    @property
    def refusals(self):
        facts = selectors.facts(ChangeCase(institution=self.institution), clock.now())
        typed = {"changes": self.changes, "from_on": self.data["from_on"],
                 "shown": self.data["shown"]}  # fmt: skip
        return [sentence for rule in EARLY for sentence in rule(facts, typed)]

    def form(self, by):
        """The form anew: the facts of that day, what was touched, and what goes with it."""
        last = selectors.latest(self.institution.pk)
        values = self.held | {name: new for name, (_old, new) in self.changes.items()}
        form = ChangeForm(
            subject=self.institution, by=by, later=LATER if self.asked else ("upload",),
            initial=values | {
                "mail_domains": ", ".join(values["mail_domains"]), "reason": self.data["reason"],
                "from_on": self.data["from_on"], "shown_on": self.data["from_on"],
                "shown": last.pk if last else 0, "key": self.data["key"],
                "compared": self.digest, "asked": "1" if self.asked else "",
            },
        )  # fmt: skip
        return self.beside(form)

    def beside(self, form):
        """The form with old and new before its fields, and the verb on its button."""
        form.sides, form.button = self.sides, ""
        return form
