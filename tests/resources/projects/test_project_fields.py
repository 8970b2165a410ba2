"""Dates and amounts, as they are typed, stored and shown again."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from resources.models.project_fields import (
    AmountFormField,
    PartialDateFormField,
    read_typed_date,
)
from tests.factories.resources import ProjectPageFactory
from tests.resources.projects.reading import FUNDING

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("2011", "2011", "2011"),
        ("10/2011", "2011-10", "10/2011"),
        ("26/10/2011", "2011-10-26", "26/10/2011"),
        ("1.2.2011", "2011-02-01", "01/02/2011"),
        ("2011-10-26", "2011-10-26", "26/10/2011"),
        (" Octobre  2011 ", "2011-10", "10/2011"),
        ("1er août 2011", "2011-08-01", "01/08/2011"),
        ("", "", ""),
    ],
)
def test_date_is_typed_as_people_write_it(typed, stored, shown):
    field = PartialDateFormField(required=False)
    assert field.clean(typed) == stored
    assert field.prepare_value(stored) == shown


@pytest.mark.parametrize(
    "typed", ["31/02/2011", "13/2011", "brumaire 2011", "20011", "0000", "26/2011/10"]
)
def test_date_that_is_not_one_is_refused_and_kept(typed):
    field = PartialDateFormField()
    with pytest.raises(ValidationError):
        field.clean(typed)
    assert field.prepare_value(typed) == typed


def test_months_are_read_in_the_language_of_the_editor():
    with override("en"):
        assert str(read_typed_date("October 2011")) == "2011-10"


def test_amount_is_shown_as_it_is_typed():
    field = AmountFormField(required=False)
    assert [field.clean(one) for one in ("1 200,50 €", "38040", "")] == [
        120_050,
        3_804_000,
        None,
    ]
    assert [field.prepare_value(one) for one in (120_050, None, "x")] == [
        "1200,5",
        None,
        "x",
    ]
    assert field.has_changed(3_804_000, "38040") is False


def test_amount_column_refuses_what_is_nothing():
    page = ProjectPageFactory(fundings=[{**FUNDING, "amount": -1}])
    funding = page.fundings.get()
    with pytest.raises(ValidationError) as refused:
        funding.full_clean()
    assert list(refused.value.message_dict) == ["amount"]


def test_dates_sort_as_the_time_they_mean():
    dates = ["2012", "2011-10-26", "2011", "2011-10"]
    page = ProjectPageFactory(
        phases=[
            {"number": n, "title": "a", "starts": one} for n, one in enumerate(dates, 1)
        ]
    )
    starts = page.phases.order_by("starts").values_list("starts", flat=True)
    assert list(starts) == sorted(dates)
