"""Versions side by side: what changed, what moved, and where every sentence comes from."""

from poa_tracker.comparison.compare import compare
from poa_tracker.comparison.lineage import Trace, lineage
from poa_tracker.comparison.rows import Change, Comparison, Row, RowKind, Stats

__all__ = [
    "Change",
    "Comparison",
    "Row",
    "RowKind",
    "Stats",
    "Trace",
    "compare",
    "lineage",
]
