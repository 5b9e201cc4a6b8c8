"""Person and User: a human being, and the account with which one works here.

Four-eyes and own interest compare persons. What a person may do follows from dated role
memberships (roles.py), never from flags on the account; no account is a superuser.
"""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from . import clock, guards, written
from .history import History
from .names import normalise, searchable


class Person(models.Model):
    """A human being whom the office knows, or (is_system) the machine acting on its own."""

    name = models.CharField(_("name"), max_length=200)
    title = models.CharField(_("title"), max_length=200, blank=True)
    mail = models.EmailField(_("mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="aliases",
        verbose_name=_("same human being as"),
    )  # fmt: skip
    is_system = models.BooleanField(default=False, editable=False)
    search = models.CharField(max_length=400, blank=True, editable=False)
    words = searchable()
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [GinIndex(fields=["words"], name="person_words"),
                   models.Index(fields=["name"], name="person_name")]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=models.Q(same_as__isnull=True) | ~models.Q(same_as=models.F("id")),
                name="person_not_its_own_alias",
            )
        ]
        triggers = [guards.no_delete()]

    def __str__(self):
        return self.name

    def human(self) -> frozenset:
        """Ids of every record of this one human being; asked once per copy of the person."""
        if "_human" not in self.__dict__:
            root = self.same_as_id or self.pk
            self._human = frozenset({self.pk, *(pk for (pk,) in written.told(_human, root=root))})
        return self._human

    def prepared(self):
        """The same, with the column by which it is found."""
        self.search = normalise(f"{self.name} {self.mail}")[:400]
        return self

    def save(self, *args, **kwargs):
        self.prepared()
        super().save(*args, **kwargs)


def _human(root):
    return Person.objects.filter(models.Q(pk=root) | models.Q(same_as=root)).values_list("pk")


def humans(ids) -> frozenset:
    """Ids of every record of the human beings behind these records."""
    roots = Person.objects.filter(pk__in=ids).values(root=Coalesce("same_as", "pk"))
    rows = Person.objects.filter(models.Q(pk__in=roots) | models.Q(same_as__in=roots))
    return frozenset({*ids, *rows.values_list("pk", flat=True)})


class Accounts(BaseUserManager):
    """Accounts come with their person: every page asks for both."""

    def get_queryset(self):
        return super().get_queryset().select_related("person")

    def get_by_natural_key(self, username):
        return self.get(username=username)


class User(AbstractBaseUser):
    """An account. `ended_at` closes it; the next request is refused."""

    username = models.CharField(_("user name"), max_length=80, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    language = models.CharField(
        _("language"), max_length=2, choices=[("da", "Dansk"), ("en", "English")], default="da"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = Accounts()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["person"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        triggers = [guards.no_delete()]

    def __str__(self):
        return self.username

    @property
    def is_active(self):
        """Not ended; and a demo account only where demo mode is on."""
        return self.ended_at is None and (settings.FSESYS_DEMO or not self.is_demo)

    @property
    def is_superuser(self):
        return False

    @property
    def is_staff(self):
        """May sign in to the admin at all: anyone who holds a role today."""
        return self.person.memberships.at(clock.now()).exists()

    def has_perm(self, perm, obj=None):
        return False

    def has_module_perms(self, app_label):
        return self.is_active and self.is_staff

    def get_short_name(self):
        return self.person.name


class SystemActor:
    """Stands in `by` for an account when a job acts: the system person, with no account."""

    pk = None
    is_active = True

    def __init__(self):
        self.person = Person.objects.get(is_system=True)
        self.person_id = self.person.pk
