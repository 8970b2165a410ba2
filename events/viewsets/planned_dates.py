"""A panel of the series form: the rule as a sentence, and its next dates."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.panels import Panel

from events.plan_wording import make_plan


class PlannedDatesPanel(Panel):
    """Shows what the form says, saved or not: it reads the instance of the form."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "events/admin/planned_dates.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return {**context, "plan": make_plan(self.instance, now=timezone.now())}
