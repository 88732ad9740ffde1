"""poa-tracker: Amazon seller appeals, kept, checked and compared.

The public functions are loaded on first use, so that ``poa-tracker --version`` stays instant.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from poa_tracker.amazon import read_notice, read_response
    from poa_tracker.comparison import compare
    from poa_tracker.review import review_draft

__version__ = "0.1.0"
__all__ = ["__version__", "compare", "read_notice", "read_response", "review_draft"]

_HOME = {
    "read_notice": "poa_tracker.amazon",
    "read_response": "poa_tracker.amazon",
    "compare": "poa_tracker.comparison",
    "review_draft": "poa_tracker.review",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Load a public function from the room where it lives."""
    if name not in _HOME:
        raise AttributeError(f"module 'poa_tracker' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
