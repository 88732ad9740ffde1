"""Every error that a user can cause, as one tree.

    PoaError                 base: one sentence on what is wrong and what to do
    ├── InputError           a file, text or value that cannot be used        (exit 2)
    │   ├── NotFoundError    a case, version or file that does not exist      (exit 2)
    │   └── NotAllowedError  a step that the state of the record forbids      (exit 2)
    └── DatabaseError        the database cannot be opened, read or written   (exit 3)

Front ends show ``str(error)`` and leave with ``error.exit_status``; nothing else is shown.
"""


class PoaError(Exception):
    """An error to be shown as it stands: one readable sentence that says what to do."""

    exit_status = 2


class InputError(PoaError):
    """The input cannot be used as it is."""


class NotFoundError(InputError):
    """The thing named does not exist."""


class NotAllowedError(InputError):
    """The state of the record forbids this step."""


class DatabaseError(PoaError):
    """The database cannot be used."""

    exit_status = 3
