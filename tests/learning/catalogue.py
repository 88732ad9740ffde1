"""Makes poa_tracker/amazon/catalogue.json from the tables of poa_tracker/amazon/catalogue.

``make catalogue``. A mistake in a table is told with its place. Besides names and kinds of answer each
entry gets its centre: where Amazon's ways of raising it lie, by the vectors that were learned.
"""

import base64
import json
import tomllib
from array import array
from pathlib import Path
from typing import Any

from poa_tracker.amazon.catalogue import ANSWERS
from poa_tracker.amazon.meaning import add, meaning, normalised

AMAZON = Path(__file__).parent.parent.parent / "poa_tracker" / "amazon"
PHRASES = tuple(
    f"{name}_{language}" for name in ("raises", "answers", "beside") for language in ("en", "zh")
)
_FIELDS = frozenset({"en", "zh", "violations", "metric", "answer", "document", *PHRASES})


def read() -> dict[str, dict[str, dict[str, Any]]]:
    """All tables, checked: violation, cause and demand by slug. Raises ``ValueError`` with the place."""
    book: dict[str, dict[str, dict[str, Any]]] = {"violation": {}, "cause": {}, "demand": {}}
    for path in sorted((AMAZON / "catalogue").glob("*.toml")):
        for kind, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if kind not in book:
                raise ValueError(f"{path.name}: unknown kind of table {kind!r}")
            for slug, entry in entries.items():
                where = f"{path.name}: {kind}.{slug}"
                others = ("violation",) if kind == "violation" else ("cause", "demand")
                if any(slug in book[other] for other in others):
                    raise ValueError(f"{where}: there is an entry of this name already")
                book[kind][slug] = entry
                if kind != "violation":
                    _check(where, kind, entry)
    for kind in ("cause", "demand"):
        for slug, entry in book[kind].items():
            if unknown := set(entry["violations"]) - set(book["violation"]):
                raise ValueError(
                    f"{kind}.{slug}: no violation {sorted(unknown)[0]!r} in violations.toml"
                )
    return book


def _check(where: str, kind: str, entry: dict[str, Any]) -> None:
    if unknown := set(entry) - _FIELDS:
        raise ValueError(f"{where}: unknown field {sorted(unknown)[0]!r}")
    for name in ("en", "zh", "violations", *PHRASES):
        if name not in entry:
            raise ValueError(f"{where}: {name} is missing")
    for name in PHRASES:
        if not entry[name] or len(set(entry[name])) < len(entry[name]):
            raise ValueError(f"{where}: {name} is empty or says something twice")
    if kind == "demand" and not entry.get("answer"):
        raise ValueError(f"{where}: a demand needs the kinds of its answer")
    if unknown := set(entry.get("answer", [])) - ANSWERS:
        raise ValueError(f"{where}: unknown kind of answer {sorted(unknown)[0]!r}")


def compiled() -> dict[str, Any]:
    """What the program reads: names, kinds of answer, centres."""
    book = read()
    out: dict[str, Any] = {
        "violations": {
            slug: {"en": v["en"], "zh": v["zh"], "policy": [p.lower() for p in v["policy"]]}
            for slug, v in book["violation"].items()
        }
    }
    for kind in ("cause", "demand"):
        out[kind] = {
            slug: {
                "en": e["en"],
                "zh": e["zh"],
                "violations": e["violations"],
                "answer": sorted(e.get("answer", [])),
                "document": e.get("document", ""),
                "metric": e.get("metric", ""),
                "centre": _centre([*e["raises_en"], *e["raises_zh"]]),
            }
            for slug, e in book[kind].items()
        }
    return out


def _centre(phrases: list[str]) -> str:
    total = normalised(meaning(phrases[0]))
    for phrase in phrases[1:]:
        total = add(total, normalised(meaning(phrase)))
    most = max(map(abs, total)) or 1.0
    return base64.b85encode(array("b", (round(127 * v / most) for v in total)).tobytes()).decode()


def main() -> None:
    """Write catalogue.json."""
    text = json.dumps(compiled(), ensure_ascii=False, indent=0)
    (AMAZON / "catalogue.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
