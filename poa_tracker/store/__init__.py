"""The record: tables, opening, upgrading, reading."""
