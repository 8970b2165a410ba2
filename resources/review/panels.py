"""The sheets to check again, on the home page of the admin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.permission_policies.pages import PagePermissionPolicy

from resources.models import SheetPage
from resources.services.sheet_review import find_due_sheets


class SheetReviewPanel(Component):
    """Lists the due sheets that this person may change, their own first."""

    name = "sheet_review"
    template_name = "resources/admin/sheet_review_panel.html"
    order = 60

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Add ``sheets``; each says ``is_mine``."""
        request = parent_context["request"]
        sheets = _list_sheets(request.user)
        for sheet in sheets:
            sheet.is_mine = sheet.in_charge_id == request.user.pk
        return {
            "sheets": sorted(sheets, key=lambda sheet: not sheet.is_mine),
            "request": request,
        }


def _list_sheets(user: Any) -> list[SheetPage]:
    due = find_due_sheets(timezone.localdate())
    if not due:
        return []
    policy = PagePermissionPolicy(SheetPage)
    editable = policy.instances_user_has_any_permission_for(
        user, {"change", "publish"}
    ).filter(pk__in=[sheet.pk for sheet in due])
    keys = set(editable.values_list("pk", flat=True))
    return [sheet for sheet in due if sheet.pk in keys]
