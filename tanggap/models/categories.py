"""Categories of reports under codes of ours, and the few plain-language groups that citizens choose from."""

from django.db import models
from django.db.models import CheckConstraint, F, Q


class CategoryGroup(models.Model):
    """A plain-language heading; there are at most fifteen."""

    code = models.TextField(primary_key=True)
    name = models.TextField()
    name_en = models.TextField()
    position = models.SmallIntegerField()

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """A node of the category tree. One that is over keeps its reports and gets an end date."""

    code = models.TextField(primary_key=True)
    name = models.TextField()
    name_en = models.TextField(blank=True, default="")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    group = models.ForeignKey(CategoryGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="categories")
    sp4n_id = models.IntegerField(null=True, blank=True)
    active_from = models.DateField()
    active_to = models.DateField(null=True, blank=True)
    default_authority = models.TextField(blank=True, default="")
    suggest_supervisory = models.BooleanField(default=False)
    suggest_confidential = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "categories"
        constraints = [
            CheckConstraint(
                name="category_is_not_its_own_parent", condition=Q(parent__isnull=True) | ~Q(parent=F("code"))
            ),
            CheckConstraint(
                name="category_ends_after_it_begins",
                condition=Q(active_to__isnull=True) | Q(active_to__gte=F("active_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        """True until the category has been given an end date."""
        return self.active_to is None


class RoutingRule(models.Model):
    """Words that tell whose business a report is. Suggests and never decides; one that is over gets an end date."""

    code = models.TextField(primary_key=True)
    position = models.SmallIntegerField()
    words = models.TextField()
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    authority = models.TextField(blank=True, default="")
    agency = models.TextField(blank=True, default="")  # slugs: a rule holds for every province and regency alike
    province_unit = models.TextField(blank=True, default="")
    regency_unit = models.TextField(blank=True, default="")
    reason = models.TextField()
    reason_en = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.code
