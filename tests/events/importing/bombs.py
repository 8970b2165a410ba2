"""Small files that ask for endless work (calendar specification, section 8)."""

from __future__ import annotations

from tests.events.domain.foreign.files import make_calendar, make_event

HUGE = 5 * 1024 * 1024


MARKUP = ["<a ", "<!--", "<![", "</p", "&#0;", "<p><", "<a a=", "<p>", "<ul><li>"]


def make_zone_bomb() -> bytes:
    zone = ["BEGIN:VTIMEZONE", "TZID:Bomb"]
    for kind, frequency in (("STANDARD", "MINUTELY"), ("DAYLIGHT", "SECONDLY")):
        zone += [
            f"BEGIN:{kind}",
            "DTSTART:19700101T000000",
            f"RRULE:FREQ={frequency}",
            "TZOFFSETFROM:+0100",
            "TZOFFSETTO:+0200",
            f"END:{kind}",
        ]
    zone.append("END:VTIMEZONE")
    return make_calendar(
        zone, make_event("DTSTART;TZID=Bomb:20260409T183000"), make_event(uid="two")
    )


def make_rule_bomb(*rules: str, start: str = "20260409T183000") -> bytes:
    """Return a calendar with one event for each rule, and a plain one."""
    return make_calendar(
        *(
            make_event(f"DTSTART:{start}", f"RRULE:{rule}", uid=f"bomb-{number}")
            for number, rule in enumerate(rules)
        ),
        make_event(uid="two"),
    )


ONE_LEFT_OUT = {
    "secondly": make_rule_bomb("FREQ=SECONDLY"),
    "minutely": make_rule_bomb("FREQ=MINUTELY", start="19700101T000000"),
    "no-interval": make_rule_bomb("FREQ=DAILY;INTERVAL=0"),
    "30-february": make_rule_bomb("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
    "31-february": make_rule_bomb("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31"),
    "hourly": make_rule_bomb("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30"),
    "by-time": make_rule_bomb("FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3;BYSECOND=1,2,3"),
    "year-1": make_rule_bomb("FREQ=DAILY", start="00010101T000000"),
    "300-years": make_calendar(
        make_event(
            "DTSTART:20260409T183000", "DTEND:23260409T183000", "RRULE:FREQ=DAILY"
        ),
        make_event(uid="two"),
    ),
    "many-exclusions": make_calendar(
        make_event("RRULE:FREQ=DAILY", *["EXDATE:20260410T183000"] * 50_000),
        make_event(uid="two"),
    ),
    "many-additions": make_calendar(
        make_event("RDATE:" + ",".join(["20260410T183000"] * 3_000)),
        make_event(uid="two"),
    ),
    "huge-count": make_rule_bomb("FREQ=DAILY;COUNT=2000000000"),
    "zone": make_zone_bomb(),
    "path-as-zone": make_calendar(
        make_event("DTSTART;TZID=../../etc/passwd:20260409T183000"),
        make_event(uid="two"),
    ),
    "commas": make_calendar(
        make_event("CATEGORIES:" + "," * 2_000_000), make_event(uid="two")
    ),
    "long-line": make_calendar(
        make_event("DESCRIPTION:" + "a" * (HUGE - 1000)), make_event(uid="two")
    ),
    "folded-line": make_calendar(
        make_event("DESCRIPTION:" + "\r\n a" * 90_000), make_event(uid="two")
    ),
}
"""Files whose one bad event is left out, while the other is taken."""

REFUSED = {
    "million-lines": b"BEGIN:VCALENDAR\n" + b"X:1\n" * 1_000_000 + b"END:VCALENDAR\n",
    "nested": b"BEGIN:VCALENDAR\n"
    + b"BEGIN:X\n" * 90_000
    + b"END:X\n" * 9_000
    + b"END:VCALENDAR\n",
    "thousand-zones": make_calendar(
        ["BEGIN:VTIMEZONE", "TZID:X", "END:VTIMEZONE"] * 1_000
    ),
    "events": make_calendar(*[["BEGIN:VEVENT", "END:VEVENT"]] * 20_000),
}
"""Files of which nothing is taken."""

TAKEN = {
    "alarms": make_calendar(
        make_event(uid="two")[:-1]
        + ["BEGIN:VALARM", "TRIGGER:-PT1M", "REPEAT:2147483648", "END:VALARM"] * 20_000
        + ["END:VEVENT"]
    ),
    "ignored-line": make_calendar(
        make_event(
            "ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "A" * (HUGE - 1000), uid="two"
        )
    ),
    "markup": make_calendar(
        *(
            make_event("DESCRIPTION:" + mark * (60_000 // len(mark)), uid=f"{number}")
            for number, mark in enumerate(MARKUP * 2)
        ),
        make_event(uid="two"),
    ),
    "never-matching": make_rule_bomb(
        *["FREQ=DAILY;INTERVAL=7;BYDAY=MO;COUNT=9"] * 100, start="19910101T000000"
    ),
}
"""Files that are long, but hold nothing wrong."""
