"""Lengths of time and clock times in one form: 48 hours is two days, 6 pm is 18:00."""

import re

from poa_tracker.text.words import han_number, number_word

_HOURS = {
    "hour": 1, "hours": 1, "hrs": 1, "day": 24, "days": 24, "week": 168, "weeks": 168, "month": 720,
    "months": 720, "year": 8760, "years": 8760, "fortnight": 336, "decade": 87600,
    "小时": 1, "个小时": 1, "天": 24, "日": 24, "个工作日": 24, "工作日": 24, "周": 168, "个星期": 168,
    "星期": 168, "个月": 720, "年": 8760,
}  # fmt: skip
_LENGTH = re.compile(
    r"\b(?P<count>\d{1,4}|[a-z]{1,9}(?:-[a-z]{3,5})?)[ -](?:(?:working|business|full|calendar|"
    r"whole|consecutive)[ ])?"
    r"(?P<unit>hours?|hrs|days?|weeks?|months?|years?|decade)\b"
    r"|(?P<zh>\d{1,4}|[一二三四五六七八九十百两]{1,5})(?P<zhunit>个?小时|天|日内|个?工作日|"
    r"周(?!年)|个?星期|个月|年(?!\d))",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))? ?(?P<half>[ap])\.?m\b|"
    r"(?<![\d:])(?P<h>\d{1,2})[:：](?P<m>\d{2})(?!\d)",
    re.IGNORECASE,
)
# Lengths that people use for one another: 12 months and 365 days are a year, 30 days a month.
_ABOUT = {8640: 8760, 336: 336}


def times(text: str) -> list[str]:
    """The lengths of time and clock times of a text, each in one form, in order of kind."""
    found = []
    for match in _LENGTH.finditer(text):
        if match["zh"]:
            count = match["zh"] if match["zh"].isdigit() else han_number(match["zh"])
            unit = match["zhunit"].removesuffix("内")
        else:
            word = match["count"].lower()
            digits = {"a": "1", "an": "1", "half": None}.get(word, number_word(word))
            count = word if word.isdigit() else digits or ""
            unit = match["unit"].lower()
        if count.isdigit() and int(count):
            hours = int(count) * _HOURS[unit]
            found.append(f"length:{_ABOUT.get(hours, hours)}")
    for match in _CLOCK.finditer(text):
        hour, minute = int(match["hour"] or match["h"]), int(match["minute"] or match["m"] or 0)
        if match["half"]:
            hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
        if hour < 25 and minute < 60:
            found.append(f"clock:{hour}:{minute:02d}")
    return found
