"""How long the checks and the comparison take: ``make bench``."""

import json
import random
import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz

from poa_tracker import compare, review_draft
from poa_tracker.review import find_repeats

ROUNDS = 7
STATIONS = 13
CORPUS = Path(__file__).parent.parent / "tests" / "corpus"
WORDS = 500


def case() -> tuple[list[str], str, list[str], list[str]]:
    """Seven drafts of about 500 words, a notice, three answers and four refused versions."""
    items = [
        json.loads(x) for x in (CORPUS / "r3-en-coverage.jsonl").read_text("utf-8").splitlines()
    ]
    replies = [
        json.loads(x) for x in (CORPUS / "r3-responses.jsonl").read_text("utf-8").splitlines()
    ]
    letters = [d["text"] for item in items for d in item["drafts"]]
    drafts = [
        " ".join("\n".join(letters[k : k + 3]).split(" ")[:WORDS])
        for k in range(0, len(letters), 3)
    ]
    answers = [r["text"] for r in replies if r["lang"] == "en"][:3]
    return drafts[: ROUNDS + 1], items[0]["notice"], answers, letters[-4:]


def sentence_by_sentence(draft: str, mails: list[str], refused: list[str]) -> None:
    """The plain way: token_set_ratio of each sentence of the draft with each of the other texts."""
    cut = re.compile(r"(?<=[.!?:])\s+|\n+")
    sentences = cut.split(draft)
    for text in (*mails, *refused):
        for other in cut.split(text):
            for sentence in sentences:
                fuzz.token_set_ratio(sentence, other)


def letter(sentences: int, twist: int) -> str:
    """A letter of so many sentences; another twist edits every one of them."""
    return " ".join(
        f"In week {i} we {('checked', 'sorted', 'packed')[i % 3]} lot {i * 7} with "
        f"{('scanner', 'gauge')[i % 2]} number {i * twist} and wrote the result number {i} into "
        f"the log of station {i % STATIONS}."
        for i in range(sentences)
    )


def milliseconds(action: Callable[[int], object]) -> float:
    """The median time of an action, called with the number of the round."""
    times = []
    for round_number in range(ROUNDS):
        began = time.perf_counter()
        action(round_number)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def main() -> None:
    """Print the table."""
    dice = random.Random(1)  # noqa: S311, the same letters in every run
    lines = [letter(1, n) for n in range(400)]
    elsewhere = tuple("\n".join(dice.sample(lines, 25)) for _ in range(200))
    draft = letter(25, 3)
    find_repeats(draft, elsewhere, heavy=False)
    drafts, notice, answers, refused = case()
    review_draft(drafts[-1], notices=[notice], responses=answers, rejected=refused)
    names = [f"Seller {n} Trading" for n in range(5000)]
    table: dict[str, Callable[[int], object]] = {
        "compare, 25 edited sentences": lambda _n: compare(draft, letter(25, 5)),
        "compare, 90 edited sentences": lambda _n: compare(letter(90, 3), letter(90, 5)),
        "repeats of 200 letters, after an edit": lambda n: find_repeats(
            f"{draft} Edit {n}.", elsewhere, heavy=False
        ),
        "500 words, notice, 3 answers, 4 refused": lambda n: review_draft(
            drafts[n], notices=[notice], responses=answers, rejected=refused
        ),
        "the same after an edit": lambda n: review_draft(
            f"{drafts[-1]} Edit {n}.", notices=[notice], responses=answers, rejected=refused
        ),
        "token_set_ratio on the same texts": lambda n: sentence_by_sentence(
            drafts[n], [notice, *answers], refused
        ),
        "review": lambda n: review_draft(f"{draft} Edit {n}."),
        "review with 5,000 foreign names": lambda n: review_draft(
            f"{draft} Change {n}.", foreign=names
        ),
    }
    for what, action in table.items():
        print(f"{what:42}{milliseconds(action):9.1f} ms, median of {ROUNDS}")


if __name__ == "__main__":
    main()
