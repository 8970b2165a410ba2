"""“Read again, nothing has changed”: one button on the home page of the admin."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied

from cms.models import User
from resources.models import SheetPage
from resources.services.sheet_review import SheetIsBeingEdited, confirm_sheet


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a sheet was checked today, or lead to its draft."""
    sheet = get_object_or_404(SheetPage.objects.live(), pk=pk)
    tester = sheet.permissions_for_user(request.user)
    if not tester.can_publish() or tester.page_locked():
        return permission_denied(request)
    try:
        confirm_sheet(sheet, by=cast("User", request.user), today=timezone.localdate())
    except SheetIsBeingEdited:
        messages.warning(
            request,
            _("This sheet has a draft: finish it, set the day of its check, publish."),
        )
        return redirect("wagtailadmin_pages:edit", sheet.pk)
    messages.success(
        request, _("“%(sheet)s” is checked as of today.") % {"sheet": sheet.title}
    )
    return redirect("wagtailadmin_home")
