"""Dialogs: one file, one question, one typed answer."""
