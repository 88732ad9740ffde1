"""Widgets that more than one screen, or a big list, needs."""
