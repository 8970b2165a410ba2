"""A rule as a person says it: “chaque 2ᵉ jeudi du mois, 18 h 30”.

One clause after the other: what comes back, in which months, at what hour, until when.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import get_language, ngettext, pgettext

from cms.wording import NO_BREAK, say_time
from events.domain.recurrence import LAST, Frequency, Rule

_WORKING_DAYS = tuple(range(5))
_WHOLE_WEEK = tuple(range(7))
_NEARLY_ALL_MONTHS = 10
"""From so many on, the months left out are named instead."""


def say_rule(
    rule: Rule, start_time: datetime.time | None, all_day: bool = False
) -> str:
    """“chaque jeudi, 12 h 15, jusqu’au 31 décembre 2026”; no capital, no full stop."""
    clauses = [_say_recurrence(rule), _say_months(rule)]
    if all_day:
        clauses.append(pgettext("rule", "all day"))
    elif start_time is not None:
        clauses.append(say_time(start_time))
    clauses.append(_say_end(rule))
    return ", ".join(filter(None, clauses))


def _say_recurrence(rule: Rule) -> str:
    say = {
        Frequency.DAILY: _say_daily,
        Frequency.WEEKLY: _say_weekly,
        Frequency.MONTHLY: _say_monthly,
        Frequency.YEARLY: _say_yearly,
    }
    return say[rule.frequency](rule)


def _say_daily(rule: Rule) -> str:
    if rule.interval == 1:
        return pgettext("rule", "every day")
    if rule.interval == 2:
        return pgettext("rule", "every other day")
    return pgettext("rule", "every %(number)s days") % _number(rule)


def _say_weekly(rule: Rule) -> str:
    days = _join([str(WEEKDAYS[weekday]) for weekday in rule.weekdays])
    alone = len(rule.weekdays) == 1
    if rule.interval == 1:
        if rule.weekdays == _WHOLE_WEEK:
            return pgettext("rule", "every day")
        if rule.weekdays == _WORKING_DAYS:
            return pgettext("rule", "from Monday to Friday")
        return pgettext("rule", "every %(weekdays)s") % {"weekdays": days}
    if rule.interval == 2 and alone:
        return pgettext("rule", "every other %(weekday)s") % {"weekday": days}
    named = [
        pgettext("rule", "on %(weekday)s") % {"weekday": WEEKDAYS[weekday]}
        for weekday in rule.weekdays
    ]
    if rule.interval == 2:
        rhythm = pgettext("rule", "every other week")
    else:
        rhythm = pgettext("rule", "every %(number)s weeks") % _number(rule)
    return f"{_join(named)}, {rhythm}"


def _say_monthly(rule: Rule) -> str:
    if rule.interval == 1:
        return _say_day_of_each_month(rule)
    if rule.interval == 2:
        rhythm = pgettext("rule", "every other month")
    else:
        rhythm = pgettext("rule", "every %(number)s months") % _number(rule)
    return f"{_say_day_of_month(rule)}, {rhythm}"


def _say_day_of_each_month(rule: Rule) -> str:
    """“chaque 2ᵉ jeudi du mois”; “le 2ᵉ jeudi” where the months are named next."""
    if 0 < len(rule.months) < _NEARLY_ALL_MONTHS:
        return _say_day_of_month(rule)
    if rule.nth is None:
        day = _say_day_of_month(rule)
        return pgettext("rule", "%(day)s of each month") % {"day": day}
    weekday = WEEKDAYS[rule.weekdays[0]]
    if rule.nth == LAST:
        return pgettext("rule", "the last %(weekday)s of the month") % {
            "weekday": weekday
        }
    return pgettext("rule", "every %(nth)s %(weekday)s of the month") % {
        "nth": _say_nth(rule.nth),
        "weekday": weekday,
    }


def _say_day_of_month(rule: Rule) -> str:
    if rule.month_day == LAST:
        return pgettext("rule", "the last day")
    if rule.month_day is not None:
        return pgettext("rule", "the %(day)s") % {"day": _say_date(rule.month_day)}
    weekday = WEEKDAYS[rule.weekdays[0]]
    if rule.nth is None or rule.nth == LAST:
        return pgettext("rule", "the last %(weekday)s") % {"weekday": weekday}
    return pgettext("rule", "the %(nth)s %(weekday)s") % {
        "nth": _say_nth(rule.nth),
        "weekday": weekday,
    }


def _say_yearly(rule: Rule) -> str:
    if rule.interval == 1:
        rhythm = pgettext("rule", "every year")
    elif rule.interval == 2:
        rhythm = pgettext("rule", "every other year")
    else:
        rhythm = pgettext("rule", "every %(number)s years") % _number(rule)
    if rule.month_day is None or rule.month_day == LAST:
        return pgettext(
            "rule", "%(rhythm)s in %(months)s, on the last day of the month"
        ) % {"rhythm": rhythm, "months": _join_months(rule.months)}
    days = [
        pgettext("rule", "on %(day)s") % {"day": _say_plain_date(rule.month_day, month)}
        for month in rule.months
    ]
    return f"{rhythm} {_join(days)}"


def _say_months(rule: Rule) -> str:
    """“sauf en août”, “en janvier, mai et septembre”; a year names its months itself."""
    if not rule.months or rule.frequency is Frequency.YEARLY:
        return ""
    if len(rule.months) >= _NEARLY_ALL_MONTHS:
        missing = [month for month in MONTHS if month not in rule.months]
        return pgettext("rule", "except in %(months)s") % {
            "months": _join_months(missing)
        }
    months = {"months": _join_months(rule.months)}
    if rule.frequency is Frequency.MONTHLY and len(rule.months) == rule.interval == 1:
        return pgettext("rule", "every year in %(months)s") % months
    return pgettext("rule", "in %(months)s") % months


def _say_end(rule: Rule) -> str:
    if rule.count == 1:
        return pgettext("rule", "once")
    if rule.count is not None:
        return ngettext("%(count)d time", "%(count)d times", rule.count) % {
            "count": rule.count
        }
    if rule.until is None:
        return ""
    day = f"{_say_plain_date(rule.until.day, rule.until.month)} {rule.until.year}"
    return pgettext("rule", "until %(day)s") % {"day": day}


def _say_nth(nth: int) -> str:
    """“1ᵉʳ”, “2ᵉ”; “1st”, “2nd” in English."""
    return {
        1: pgettext("nth", "1st"),
        2: pgettext("nth", "2nd"),
        3: pgettext("nth", "3rd"),
        4: pgettext("nth", "4th"),
        5: pgettext("nth", "5th"),
    }[nth]


def _say_date(day: int) -> str:
    """“1ᵉʳ”, “15”; “1st”, “15th” in English, which names a day alone that way."""
    if not _is_english():
        return "1ᵉʳ" if day == 1 else str(day)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}th" if 11 <= day <= 13 else f"{day}{ending}"


def _say_plain_date(day: int, month: int) -> str:
    """“1ᵉʳ mai”, “21 juin”; “21 June” in English."""
    number = str(day) if _is_english() else _say_date(day)
    return f"{number}{NO_BREAK}{MONTHS[month]}"


def _join_months(months: Iterable[int]) -> str:
    return _join([str(MONTHS[month]) for month in months])


def _join(names: Sequence[str]) -> str:
    """“janvier, mai et septembre”."""
    if len(names) < 2:
        return "".join(names)
    return pgettext("list", "%(names)s and %(last)s") % {
        "names": ", ".join(names[:-1]),
        "last": names[-1],
    }


def _number(rule: Rule) -> dict[str, str]:
    """The interval in a word up to ten, in figures above."""
    words = {
        3: pgettext("interval", "three"),
        4: pgettext("interval", "four"),
        5: pgettext("interval", "five"),
        6: pgettext("interval", "six"),
        7: pgettext("interval", "seven"),
        8: pgettext("interval", "eight"),
        9: pgettext("interval", "nine"),
        10: pgettext("interval", "ten"),
    }
    return {"number": words.get(rule.interval, str(rule.interval))}


def _is_english() -> bool:
    return (get_language() or "fr").startswith("en")
