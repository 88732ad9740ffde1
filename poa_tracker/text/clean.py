"""Making text from outside fit to be stored and shown, changing as little as possible."""

import re

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BIDI = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_BREAK = re.compile(r"[\s\x1c-\x1f\x85]+")


def storable(text: str) -> str:
    """The text with NUL and lone surrogates, which no database keeps, as U+FFFD; length kept."""
    return _UNSTORABLE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """A name or title: control codes and direction overrides out, white space as single blanks."""
    # Some control codes are white space, and blanks around the others meet when those are out.
    text = _BREAK.sub(" ", storable(text))
    return _BREAK.sub(" ", _BIDI.sub("", _CONTROL.sub("", text))).strip()


def visible(text: str) -> str:
    """The text for a screen or terminal: control codes and direction overrides shown as marks.

    Every code point stays one code point, so that offsets still hold; line feeds and tabs stay,
    carriage returns become blanks.
    """
    text = _UNSTORABLE.sub("\ufffd", text.replace("\r", " "))
    return _BIDI.sub("\u00b7", _CONTROL.sub("\u00b7", text))
