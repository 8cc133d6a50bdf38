"""People who sign in, the office they hold for a time, and the days on which they were there."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Lower

from tanggap.domain.appointments import OFFICES_OF_A_UNIT, OFFICES_OF_AN_AGENCY, OFFICES_OF_EITHER, Office


class UserManager(BaseUserManager["User"]):
    """Finds users by the name they sign in with, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user of this name; upper and lower case are the same."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A person who may sign in.

    There is deliberately no `is_superuser`, no group and no permission row: what a person may do
    follows from the appointment in force alone (`Appointment`), and `is_staff` opens nothing but
    the read-only reference tables of Django's admin.
    """

    username = models.CharField(max_length=150, unique=True, validators=[UnicodeUsernameValidator()])
    display_name = models.CharField(max_length=200, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    language = models.CharField(max_length=5, default="id")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            UniqueConstraint(Lower("username"), name="user_username_any_case"),
            CheckConstraint(name="user_language_known", condition=Q(language__in=["id", "en"])),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        """Return the name shown to colleagues."""
        return str(self)

    def get_short_name(self) -> str:
        """Return the name shown where there is little room."""
        return self.username

    def has_perm(self, perm: str, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        """Answer Django's admin: staff may look at reference tables, nobody may change them there."""
        return self.is_active and self.is_staff and perm.startswith("tanggap.view_")

    def has_module_perms(self, app_label: str) -> bool:
        """Answer Django's admin: only the tables of this product are shown."""
        return self.is_active and self.is_staff and app_label == "tanggap"


class Appointment(models.Model):
    """One office that a person holds from a day on, until a day (included) or for good; there may be others."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=30)
    agency = models.ForeignKey("tanggap.Agency", on_delete=models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(
        "tanggap.Unit", on_delete=models.PROTECT, related_name="appointments", null=True, blank=True
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(name="appointment_role_known", condition=Q(role__in=[office.value for office in Office])),
            CheckConstraint(
                name="appointment_unit_where_the_office_has_one",
                condition=Q(role__in=sorted(o.value for o in OFFICES_OF_A_UNIT), unit__isnull=False)
                | Q(role__in=sorted(o.value for o in OFFICES_OF_AN_AGENCY), unit__isnull=True)
                | Q(role__in=sorted(o.value for o in OFFICES_OF_EITHER)),
            ),
            CheckConstraint(
                name="appointment_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            # A person may hold several offices (ADR 0030), each of them once: a session acts in one at a time.
            UniqueConstraint(
                fields=["user", "role", "agency", "unit"],
                name="appointment_open_once",
                condition=Q(valid_to__isnull=True),
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "role"], name="appointment_agency_role"),
            models.Index(fields=["unit", "role"], name="appointment_unit_role"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.user_id}"


class SignInDay(models.Model):
    """A day on which an officer signed in or was at work: the figures of active offices are counted from it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_days")
    day = models.DateField()

    class Meta:
        constraints = [UniqueConstraint(fields=["user", "day"], name="sign_in_day_once")]
        indexes = [models.Index(fields=["day"], name="sign_in_day_day")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day}"
