"""The screens: cases, one case, draft, compare."""
