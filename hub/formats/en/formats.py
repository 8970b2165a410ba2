"""European English: day before month, twenty-four hours, Monday first."""

from __future__ import annotations

DATE_FORMAT = "j F Y"
TIME_FORMAT = r"H:i"
DATETIME_FORMAT = r"j F Y, H:i"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
MONTH_DAY_FORMAT = "j F"
YEAR_MONTH_FORMAT = "F Y"
FIRST_DAY_OF_WEEK = 1
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
