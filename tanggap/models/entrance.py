"""How people come in: invitations to an office, and the browsers in which somebody is signed in."""

from django.db import models
from django.db.models import CheckConstraint, F, Q

from tanggap.domain.appointments import Office


class Invitation(models.Model):
    """An office that waits for whoever opens the link in a mail. It is good once, and for some days."""

    agency = models.ForeignKey("tanggap.Agency", on_delete=models.PROTECT, related_name="invitations")
    unit = models.ForeignKey("tanggap.Unit", null=True, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    email = models.EmailField()
    nonce = models.CharField(max_length=32)  # a new one makes the links of before void
    by = models.ForeignKey("tanggap.User", on_delete=models.PROTECT, related_name="invitations")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(name="invitation_role_known", condition=Q(role__in=sorted(one.value for one in Office))),
            CheckConstraint(name="invitation_expires_later", condition=Q(expires_at__gt=F("created_at"))),
            CheckConstraint(
                name="invitation_ends_once", condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["agency", "-created_at"], name="invitation_agency")]

    def __str__(self) -> str:
        return f"{self.role} {self.agency_id}"


class Device(models.Model):
    """A browser in which a person is signed in; it goes with its session. No address of the network is kept."""

    user = models.ForeignKey("tanggap.User", on_delete=models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=60)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "-seen_at"], name="device_user")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.browser}"
