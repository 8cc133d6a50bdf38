"""Load the categories, the plain-language groups above them, and the rules that lead from words to them."""

from collections.abc import Iterable
from datetime import date

from tanggap.domain.reference import Change
from tanggap.domain.reference_rows import CategoryRow, GroupRow, RoutingRow
from tanggap.models import Category, CategoryGroup, RoutingRule
from tanggap.services.upserts import Table, bring_up_to_date


def load_groups(rows: Iterable[GroupRow], *, today: date) -> Change:
    """Bring the groups up to the file. One that is gone stays: categories of old reports may name it."""
    groups = {group.code: group for group in CategoryGroup.objects.all()}
    wanted = {
        row.code: {"code": row.code, "name": row.name, "name_en": row.name_en, "position": row.position} for row in rows
    }
    return bring_up_to_date(Table("category groups", CategoryGroup, groups), wanted, today=today)


def load_categories(rows: Iterable[CategoryRow], *, today: date) -> Change:
    """Bring the categories up to the file. Must run inside a transaction, after the groups."""
    categories = {category.code: category for category in Category.objects.all()}
    wanted = {
        row.code: {
            "code": row.code,
            "name": row.name,
            "name_en": row.name_en,
            "parent_id": row.parent or None,
            "group_id": row.group,
            "sp4n_id": row.sp4n_id,
            "active_from": row.active_from,
            "active_to": row.active_to,
            "default_authority": row.default_authority,
            "suggest_supervisory": row.suggest_supervisory,
            "suggest_confidential": row.suggest_confidential,
        }
        for row in rows
    }
    return bring_up_to_date(Table("categories", Category, categories, ends="active_to"), wanted, today=today)


def load_rules(rows: Iterable[RoutingRow], *, today: date) -> Change:
    """Bring the routing rules up to the file. Must run inside a transaction, after the categories."""
    rules = {rule.code: rule for rule in RoutingRule.objects.all()}
    columns = RoutingRow.__dataclass_fields__.keys() - {"line", "category"}
    wanted = {row.code: {**{name: getattr(row, name) for name in columns}, "category_id": row.category} for row in rows}
    return bring_up_to_date(Table("routing rules", RoutingRule, rules, ends="valid_to"), wanted, today=today)
