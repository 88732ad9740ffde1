"""English words by their stems, and which of them tell texts apart."""

from functools import lru_cache

from poa_tracker.text.tokens import Token

_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "if",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "from",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "have",
        "has",
        "had",
        "do",
        "does",
        "did",
        "will",
        "would",
        "shall",
        "should",
        "can",
        "could",
        "may",
        "might",
        "must",
        "not",
        "no",
        "nor",
        "so",
        "than",
        "then",
        "that",
        "this",
        "these",
        "those",
        "there",
        "here",
        "it",
        "its",
        "we",
        "our",
        "us",
        "you",
        "your",
        "they",
        "their",
        "them",
        "he",
        "she",
        "his",
        "her",
        "i",
        "my",
        "me",
        "who",
        "whom",
        "which",
        "what",
        "when",
        "where",
        "why",
        "how",
        "into",
        "onto",
        "over",
        "under",
        "again",
        "further",
        "once",
        "only",
        "own",
        "same",
        "too",
        "very",
        "just",
        "also",
        "any",
        "all",
        "each",
        "both",
        "few",
        "more",
        "most",
        "other",
        "some",
        "such",
        "per",
        "via",
        "up",
        "down",
        "out",
        "off",
        "about",
        "after",
        "before",
        "between",
        "during",
        "through",
        "because",
        "until",
        "while",
        "yes",
        "please",
        "dear",
        "team",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "they've",
        "we've",
    ]
)
_IRREGULAR = {
    "listings": "listing", "listing": "listing", "relisting": "relist", "shipment": "ship",
    "shipments": "ship", "infringement": "infring", "infringements": "infring",
    "fulfillment": "fulfil", "fulfilment": "fulfil", "replacement": "replac",
    "reimbursement": "reimburs", "settlement": "settl", "sent": "send", "sold": "sell",
    "bought": "buy", "lost": "lost", "broke": "broken", "left": "left", "gave": "giv",
    "given": "giv", "wrote": "writ", "written": "writ", "paid": "pay", "went": "go", "came": "com",
    "told": "tell", "kept": "keep", "began": "begin", "took": "tak", "taken": "tak",
    "made": "mak", "found": "find", "got": "get", "said": "say", "held": "hold", "chose": "choos",
    "chosen": "choos", "shown": "show", "stolen": "steal", "stole": "steal", "torn": "tear",
    "tore": "tear", "worn": "wear", "wore": "wear", "hid": "hide", "hidden": "hide",
    "burnt": "burn", "ran": "run", "hung": "hang", "children": "child", "people": "peopl",
}  # fmt: skip
_SUFFIXES = (
    ("isations", "iz"), ("izations", "iz"), ("isation", "iz"), ("ization", "iz"), ("ations", ""),
    ("ation", ""), ("ies", "y"), ("ied", "y"), ("ings", ""), ("ing", ""), ("edly", ""),
    ("eed", "eed"), ("ed", ""), ("ers", "er"), ("ly", ""), ("sses", "ss"), ("xes", "x"),
    ("ches", "ch"), ("shes", "sh"), ("s", ""),
)  # fmt: skip


@lru_cache(maxsize=20000)
def stem(word: str) -> str:
    """The stem of an English word, so that its forms meet; other words come back as they are."""
    word = word.lower().replace("’", "'")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("'s"):
        word = word[:-2]
    if len(word) <= 3 or not word.isascii():
        return word
    for suffix, rest in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            if suffix == "s" and word[-2] in "su":
                continue
            word = word[: len(word) - len(suffix)] + rest
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsze":
        word = word[:-1]
    if len(word) > 4 and word.endswith("ll"):
        word = word[:-1]
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    if word.endswith("is") and len(word) > 5:
        word = word[:-1] + "z"
    if word.endswith("y") and len(word) > 3:
        word = word[:-1] + "i"
    return word


def telling(word: str) -> bool:
    """Whether an English word tells texts apart, unlike "the" and "because"."""
    return word not in _STOP


def form(token: Token) -> str:
    """A token as what was learned knows it: words by their stems, facts by their kind alone."""
    if token.kind == "word":
        return stem(token.norm)
    return token.norm if token.kind in ("han", "punct") else f"<{token.kind}>"
