"""Values that several tests use."""

from datetime import UTC, datetime

NOW = datetime(2025, 4, 20, 9, 30, tzinfo=UTC)
HOSTILE = (
    "[/]",
    "[red]x[/red]",
    "{{ 7 * 7 }}{% for x in y %}",
    "<script>alert(1)</script>&amp;",
    "\x1b[31mred\x1b[0m\x07",
    "\u202eevil\u2066",
    "zero\u200bwidth\ufeff",
    "nul\x00byte",
    "lone\ud800surrogate",
    "```\n# heading\n| a | b |\n",
    "=1+1",
    "%s %d %(x)s {0}",
    "'; DROP TABLE cases; --",
    "line\u2028separator\r\nend",
)
"""Texts that must pass through every field and command unharmed."""
