"""French dates and hours: 26 novembre 2026, 18 h 30."""

from __future__ import annotations

DATE_FORMAT = "j F Y"
TIME_FORMAT = r"G\ \h\ i"
DATETIME_FORMAT = r"j F Y, G\ \h\ i"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
MONTH_DAY_FORMAT = "j F"
YEAR_MONTH_FORMAT = "F Y"
FIRST_DAY_OF_WEEK = 1
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
