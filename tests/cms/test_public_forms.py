"""What the forms that anybody may send have in common."""

from __future__ import annotations

import pytest
from django import forms

from cms.public_forms import AddressField, TrappedForm


class Form(TrappedForm):
    email = AddressField(error_messages={"required": "Où ?"})


@pytest.mark.parametrize(
    ("email", "errors"),
    [
        ("lea@example.org", []),
        ("lea+hub@example.org", []),
        ("", ["Où ?"]),
        ("lea", ["Donnez un courriel entier. Exemple : lea@example.org"]),
        (
            '"a\x0cb"@example.org',
            ["Donnez un courriel entier. Exemple : lea@example.org"],
        ),
        (
            '"a\x1cb"@example.org',
            ["Donnez un courriel entier. Exemple : lea@example.org"],
        ),
        (
            f"{'a' * 250}@example.org",
            None,
        ),
    ],
)
def test_address_is_one_that_a_header_takes(email, errors):
    form = Form({"email": email})
    found = [one.replace("\xa0", " ") for one in form.errors.get("email", [])]
    if errors is None:
        assert found != []
    else:
        assert found == errors


def test_trap_is_filled_in_by_programs_only():
    assert not Form({"email": "lea@example.org", "website": ""}).is_trapped
    assert Form({"website": "https://spam.test"}).is_trapped
    assert isinstance(Form().fields["website"].widget, forms.TextInput)
