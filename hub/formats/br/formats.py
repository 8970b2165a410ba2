"""Breton formats: Django has none and would fall back to American ones."""

from __future__ import annotations

DATE_FORMAT = "j F Y"
TIME_FORMAT = r"G\e\u\r\ i"
DATETIME_FORMAT = r"j F Y, G\e\u\r\ i"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
MONTH_DAY_FORMAT = "j F"
YEAR_MONTH_FORMAT = "F Y"
FIRST_DAY_OF_WEEK = 1
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
