"""How the door says no. A refusal is a list of whole sentences that say what to do next."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """The rules say no. `refusals` holds every sentence, not only the first (409)."""

    def __init__(self, refusals):
        self.refusals = [str(refusal) for refusal in refusals]
        super().__init__(" ".join(self.refusals))


class Stale(Refused):
    """The case changed since the page was drawn. `events` are what was added (409)."""

    def __init__(self, refusals, events):
        self.events = events
        super().__init__(refusals)


class NotYours(Exception):
    """The role or the person may not do this at all (403)."""


class NeedsSecond(Refused):
    """Nothing is wrong, but a second person must confirm: see pending.py (409 in scripts).

    roles: of that person, where this case asks for others than the verb does.
    """

    def __init__(self, move, roles=()):
        self.move, self.roles = move, roles
        super().__init__(
            [_("“%(verb)s” needs a second person: propose it, and another person confirms it.")
             % {"verb": move.label}]
        )  # fmt: skip


class AlreadyDone(Exception):
    """The form's one-time key was used: the act stands, `event` says when and by whom (303)."""

    def __init__(self, event):
        self.event = event
        super().__init__(str(event))
