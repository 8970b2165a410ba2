"""One more date of a series, asked for in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from events.forms.series import ExtraDateForm
from events.models import Series
from events.services.extra_date import add_extra_date
from events.services.refusals import Refusal

if TYPE_CHECKING:
    from cms.models import User


class ExtraDateView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Publishes the date, for who may publish the series."""

    model: Any = None
    permission_required = "publish"
    form_class = ExtraDateForm
    template_name = "events/admin/extra_date.html"
    page_title = _("Add a date")
    header_icon = "plus"

    @cached_property
    def series(self) -> Series:
        return get_object_or_404(Series, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.series.title

    def get_form(self, form_class: Any = None) -> ExtraDateForm:
        form = super().get_form(form_class)
        form.fields["start_date"].widget = AdminDateInput()
        for name in ("start_time", "end_time"):
            form.fields[name].widget = AdminTimeInput()
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "media": context["form"].media, "series": self.series}

    def form_valid(self, form: ExtraDateForm) -> HttpResponse:
        try:
            event = add_extra_date(
                self.series,
                when=form.read_when(),
                by=cast("User", self.request.user),
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error("start_date", str(refusal))
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                field = name if name in form.fields else "start_date"
                form.add_error(field, sentences)
        else:
            messages.success(self.request, gettext("The date is published."))
            return redirect("wagtailsnippets_events_event:edit", event.pk)
        return self.form_invalid(form)
