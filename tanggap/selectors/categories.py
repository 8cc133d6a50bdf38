"""Read the categories. Public reference data: everyone may know it, so no viewer is asked for."""

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from tanggap.models import Category, CategoryGroup


class NotFoundError(LookupError):
    """There is no category with this code."""


@dataclass(slots=True)
class Branch:
    """A category with the ones below it."""

    category: Category
    children: list["Branch"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Choice:
    """A group with the categories that a citizen may choose in it."""

    group: CategoryGroup
    categories: tuple[Category, ...]


def get(code: str) -> Category:
    """Return a category, retired or not. Raises NotFoundError."""
    try:
        return Category.objects.select_related("group").get(pk=code)
    except Category.DoesNotExist as error:
        raise NotFoundError(code) from error


def active() -> QuerySet[Category]:
    """Return the categories without an end date, by name."""
    return Category.objects.filter(active_to__isnull=True).order_by("name", "code")


def tree() -> list[Branch]:
    """Return the whole tree of categories in force, for officers, in one query."""
    branches = {category.code: Branch(category) for category in active()}
    tops = []
    for branch in branches.values():
        above = branches.get(branch.category.parent_id or "")
        if above is not None:
            above.children.append(branch)
        elif branch.category.parent_id is None:
            tops.append(branch)
    return tops


def tops() -> QuerySet[Category]:
    """Return the top categories in force, by name."""
    return active().filter(parent__isnull=True)


def every_top() -> QuerySet[Category]:
    """Return the top categories, retired ones too: a figure of last year may be about one."""
    return Category.objects.filter(parent__isnull=True).order_by("name", "code")


def groups() -> QuerySet[CategoryGroup]:
    """Return the plain-language groups, at most fifteen, in their order."""
    return CategoryGroup.objects.order_by("position", "code")


def choices() -> list[Choice]:
    """Return what a citizen chooses from: under each group the top levels and the everyday categories.

    Everyday ones are those that have an English name: what people write about, told from the 900
    that only an officer can tell apart.
    """
    everyday: dict[str, list[Category]] = {}
    for category in active().filter(Q(parent__isnull=True) | ~Q(name_en="")):
        everyday.setdefault(category.group_id or "", []).append(category)
    return [Choice(group, tuple(everyday.get(group.code, ()))) for group in groups()]


def with_those_below(code: str) -> frozenset[str]:
    """Return the code and the codes of all categories below it, retired ones too. Raises NotFoundError."""
    pairs = list(Category.objects.values_list("code", "parent_id"))
    if code not in {known for known, _ in pairs}:
        raise NotFoundError(code)
    below = {code}
    while more := {child for child, parent in pairs if parent in below} - below:
        below |= more
    return frozenset(below)
