"""What every page of a member's loans begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from resources.lending.calendar import LendingMonth
from resources.models import Loan, SharedResource
from resources.refusing import RefusingView

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class LendingView(RefusingView):
    """A page of a member's loans."""

    way_out = (gettext_lazy("Your loans"), "member_loans:list")

    @cached_property
    def space_keys(self) -> set[int]:
        return {space.pk for space in self.spaces}

    def get_loan(self, pk: int) -> Loan:
        """Return a loan that one of my spaces borrows or lends.

        Raises:
            Http404: it does not exist, or is of other spaces.
        """
        loans = Loan.objects.concerning(self.spaces).with_relations()
        return get_object_or_404(loans.select_related("answered_by"), pk=pk)

    def get_own_resource(self, slug: str) -> SharedResource:
        """Return a lent resource of one of my spaces, published or not.

        Raises:
            Http404: it does not exist, or another space shares it.
        """
        own = SharedResource.objects.filter(is_lent=True, space__in=self.spaces)
        return get_object_or_404(own.select_related("space"), slug=slug)

    def borrows(self, loan: Loan) -> bool:
        return loan.space_id in self.space_keys

    def lends(self, loan: Loan) -> bool:
        return loan.resource.space_id in self.space_keys

    def make_month(self, resource: SharedResource) -> LendingMonth:
        return LendingMonth(
            resource, self.request.GET, today=self.today, tells_who=True
        )


def make_trail(*steps: tuple[StrOrPromise, str]) -> list[tuple[StrOrPromise, str]]:
    """Return the breadcrumb of a page below the member's loans."""
    return [
        (_("Member area"), reverse("member_dashboard")),
        (_("Your loans"), reverse("member_loans:list") if steps else ""),
        *steps,
    ]
