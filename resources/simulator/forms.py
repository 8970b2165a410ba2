"""The hypotheses as they stand in the simulator's address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.dates import MONTHS as MONTH_NAMES
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from resources.domain.first_year import (
    MONTHS,
    Hypotheses,
    NothingToSell,
    Offer,
    OfferKind,
    Subsidy,
)
from resources.simulator.defaults import OCCUPANCY, Default
from resources.simulator.euros import EurosField, write_euros

SUBSIDY_LINES: Final = 3
# A subsidy that is promised and does not arrive within the year.
LATER: Final = "apres"
RATES: Final = tuple(f"taux_{number}" for number in range(1, MONTHS + 1))
# Units and price of each offer, in the order of the tables.
OFFERS: Final = (
    (OfferKind.PERMANENT, "postes_fixes", "prix_mois"),
    (OfferKind.DAY, "postes_jour", "prix_jour"),
    (OfferKind.ROOM, "salles", "prix_demi_journee"),
)


class WholeNumberField(forms.IntegerField):
    """A number of things, 0 where nothing is written; one sentence refuses the rest."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, *, refusal: Any, **kwargs: Any) -> None:
        messages = dict.fromkeys(("invalid", "min_value", "max_value"), refusal)
        super().__init__(required=False, error_messages=messages, **kwargs)

    def to_python(self, value: Any) -> int:
        return super().to_python(value) or 0


def _ask_units(label: Any) -> WholeNumberField:
    return WholeNumberField(
        label=label,
        min_value=0,
        max_value=1000,
        refusal=_("Write a whole number from 0 to 1000."),
    )


class FirstYearForm(forms.Form):
    """Asks for everything in one go; an empty answer is none, or 0.

    ``data`` holds a text for each field.
    """

    titre = forms.CharField(
        label=_("Name of this attempt"),
        required=False,
        max_length=80,
        help_text=_("Shown on the sheet you share. Example: cautious version"),
    )
    ouverture = forms.ChoiceField(
        label=_("First month"),
        required=False,
        choices=[(str(number), name) for number, name in MONTH_NAMES.items()],
    )
    postes_fixes = _ask_units(_("Permanent desks"))
    prix_mois = EurosField(label=_("Price of one for a month, in euros"))
    postes_jour = _ask_units(_("Desks for a day"))
    prix_jour = EurosField(label=_("Price of one for a day, in euros"))
    salles = _ask_units(_("Meeting rooms"))
    prix_demi_journee = EurosField(label=_("Price of one for half a day, in euros"))
    jours_ouverts = WholeNumberField(
        label=_("Open days a month"),
        min_value=1,
        max_value=31,
        refusal=_("Write a whole number from 1 to 31."),
    )
    loyer = EurosField(label=_("Rent a month, in euros"))
    charges = EurosField(
        label=_("Other running costs a month, in euros"),
        help_text=_("Energy, internet, insurance, cleaning, accounts."),
    )
    salaires = EurosField(
        label=_("Staff a month, in euros"),
        help_text=_("All that the employer pays, contributions included."),
    )
    equipement = EurosField(
        label=_("Works and furniture, in euros"),
        help_text=_("Paid in the first month."),
    )
    tresorerie = EurosField(
        label=_("Money there before opening, in euros"),
        help_text=_("Own funds and loans that have arrived."),
    )

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__(data)
        self.hypotheses: Hypotheses | None = None
        for name, label in zip(RATES, self.month_labels, strict=True):
            self.fields[name] = WholeNumberField(
                label=label,
                min_value=0,
                max_value=100,
                refusal=_("Occupancy is a whole number from 0 to 100."),
            )
        months = [(str(n), label) for n, label in enumerate(self.month_labels, 1)]
        for line in range(1, SUBSIDY_LINES + 1):
            self.fields[f"aide_{line}"] = EurosField(
                label=_("Subsidy %(line)s, in euros") % {"line": line}
            )
            self.fields[f"aide_{line}_mois"] = forms.ChoiceField(
                label=_("Month in which subsidy %(line)s arrives") % {"line": line},
                required=False,
                choices=[*months, (LATER, _("After the first year"))],
            )

    @property
    def month_labels(self) -> list[str]:
        """The name of each month of the year, from the first one that is chosen."""
        chosen = self.data.get("ouverture", "")
        names = {str(number): number for number in MONTH_NAMES}
        first = names.get(chosen, 1)
        return [str(MONTH_NAMES[(first + i - 1) % 12 + 1]) for i in range(MONTHS)]

    @property
    def offers(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[units], self[price]) for _kind, units, price in OFFERS]

    @property
    def rates(self) -> list[forms.BoundField]:
        return [self[name] for name in RATES]

    @property
    def costs(self) -> list[forms.BoundField]:
        names = ("loyer", "charges", "salaires", "equipement", "tresorerie")
        return [self[name] for name in names]

    @property
    def subsidies(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        lines = range(1, SUBSIDY_LINES + 1)
        return [(self[f"aide_{line}"], self[f"aide_{line}_mois"]) for line in lines]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                self.hypotheses = self._read_hypotheses(cleaned)
            except NothingToSell:
                message = gettext(
                    "Nothing is for sale: give at least one desk or one room a price."
                )
                self.add_error("postes_fixes", message)
        return cleaned

    def _read_hypotheses(self, cleaned: Mapping[str, Any]) -> Hypotheses:
        return Hypotheses(
            offers=[
                Offer(kind, cleaned[units], cleaned[price])
                for kind, units, price in OFFERS
            ],
            occupancy=[cleaned[name] for name in RATES],
            open_days=cleaned["jours_ouverts"],
            rent=cleaned["loyer"],
            charges=cleaned["charges"],
            staff=cleaned["salaires"],
            equipment=cleaned["equipement"],
            opening_cash=cleaned["tresorerie"],
            subsidies=[
                Subsidy(amount, int(month) if month.isdecimal() else None)
                for line in range(1, SUBSIDY_LINES + 1)
                if (amount := cleaned[f"aide_{line}"])
                for month in [cleaned[f"aide_{line}_mois"]]
            ],
        )

    def list_parameters(self) -> dict[str, list[str]]:
        """Return every hypothesis as the address writes it, whatever was typed."""
        return {
            name: [self._write(name, self.cleaned_data[name])] for name in self.fields
        }

    def _write(self, name: str, value: Any) -> str:
        is_amount = isinstance(self.fields[name], EurosField)
        return write_euros(value) if is_amount else str(value)

    def say_answers(self, defaults: Mapping[str, Default]) -> None:
        """Tell, under a question, how many spaces of the network its median is of."""
        for name, default in defaults.items():
            if default.answers:
                self.fields[name].help_text = ngettext(
                    "Median of the network: %(value)s (%(number)s space)",
                    "Median of the network: %(value)s (%(number)s spaces)",
                    default.answers,
                ) % {"value": default.value, "number": default.answers}


def read_address(
    given: Mapping[str, str], defaults: Mapping[str, Default]
) -> dict[str, str]:
    """Return a text for each field: what the address says, else where it starts from."""
    start = {name: str(default.value) for name, default in defaults.items()}
    start |= {name: str(rate) for name, rate in zip(RATES, OCCUPANCY, strict=True)}
    start |= {"titre": "", "ouverture": "1"}
    for line in range(1, SUBSIDY_LINES + 1):
        start |= {f"aide_{line}": "", f"aide_{line}_mois": "6"}
    return {name: given.get(name, text) for name, text in start.items()}
