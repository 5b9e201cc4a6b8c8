"""Who asks: the session and the account of a request.

Every page asks for both, so that their statements are written once. What an account may do follows
from the roles of its person (roles.py).
"""

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.utils import timezone

from . import written
from .people import Person, User

ACCOUNT = [field.attname for field in User._meta.concrete_fields]
PERSON = [field.attname for field in Person._meta.concrete_fields]


class SessionStore(db.SessionStore):
    """Sessions in the database, where signing out and ending an account end them for good."""

    def load(self):
        found = written.told(_session, key=self.session_key or "", now=timezone.now())
        if found:
            return self.decode(found[0][0])
        self._session_key = None
        return {}


def _session(key, now):
    rows = SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=now)
    return rows.values_list("session_data")


class Accounts(ModelBackend):
    """Accounts with their person; who has ended is signed in no more."""

    def get_user(self, user_id):
        for values in written.told(_account, user=user_id):
            user = User.from_db("default", ACCOUNT, values[: len(ACCOUNT)])
            user.person = Person.from_db("default", PERSON, values[len(ACCOUNT) :])
            return user if self.user_can_authenticate(user) else None
        return None


def _account(user):
    rows = User.objects.filter(pk=user)
    return rows.values_list(*ACCOUNT, *(f"person__{name}" for name in PERSON))
