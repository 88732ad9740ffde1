"""Words for matching: light stems, function words, number words and concepts.

The stemmer is deliberately light (plural, -ed, -ing, -ly, a table of irregular verbs): it joins
the forms that a rewritten sentence uses and no unrelated words. A concept is a name for words that
mean the same in appeal letters, in English and Chinese (``concepts.txt``).
"""

import re
from functools import lru_cache
from importlib.resources import files


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


FUNCTION_WORDS = _set(
    """a an the this that these those and or but nor so yet if then than as at by for from in into of on onto
    off out over to under up with within without about above after against along among around before behind
    between during through toward towards until till upon via while when where which who whom whose what why
    how i me my mine we us our ours you your yours he him his she her hers it its they them their theirs
    am is are was were be been being do does did done doing have has had having will would shall should can
    could may might must ought not no nor never there here also too very just only even still already now
    such same own each every any all both some more most other another again further once
    let because since although though however therefore thus hence both either neither per ever onto yet
    one's ourselves themselves itself myself himself herself ahead else rather quite well much many
    ll ve re isn't aren't wasn't weren't don't doesn't didn't won't wouldn't can't couldn't haven't hasn't
    hadn't shouldn't cannot whether been according regarding concerning please sir madam"""
)

NEGATIONS = _set(
    """not no never none nobody nothing neither nor without cannot can't couldn't didn't doesn't don't isn't
    aren't wasn't weren't won't wouldn't haven't hasn't hadn't shouldn't unaware lack lacking lacked
    unable fail failed stop stopped forbid forbidden refuse refused disabled"""
)

HAN_FUNCTION = frozenset(
    "的了是在和与及或也就都而且把被对向给为以于其之这那此该并已将会要有个们我你他她它所着过等中上下后前时从到由里内一不但可来去还又很再再能让使得地吗呢吧啊请您"
)
HAN_NEGATION = re.compile("不|没|未|无|禁|勿|别再|停")

_IRREGULAR = {
    form: base
    for base, forms in {
        "buy": "bought", "send": "sent", "sell": "sold", "pay": "paid", "keep": "kept", "make": "made",
        "tell": "told", "write": "wrote written", "find": "found", "take": "took taken", "give": "gave given",
        "say": "said", "know": "knew known", "think": "thought", "bring": "brought", "come": "came",
        "go": "went gone goes", "get": "got gotten", "see": "saw seen", "show": "shown", "choose": "chose chosen",
        "begin": "began begun", "break": "broke broken", "leave": "left", "lose": "lost", "hold": "held",
        "put": "putting", "run": "ran running", "read": "reading", "let": "letting", "meet": "met",
        "teach": "taught", "build": "built", "draw": "drew drawn", "fall": "fell fallen", "grow": "grew grown",
        "rise": "rose risen", "wear": "wore worn", "speak": "spoke spoken", "understand": "understood",
        "forget": "forgot forgotten", "throw": "threw thrown", "hide": "hid hidden", "stick": "stuck",
        "lend": "lent", "mean": "meant", "feel": "felt", "hear": "heard", "child": "children", "man": "men",
        "woman": "women", "staff": "staffs", "shut": "shutting", "withdraw": "withdrew withdrawn",
        "undertake": "undertook undertaken", "overlook": "overlooked", "arise": "arose arisen",
        "good": "goods", "business": "businesses", "process": "processes processed", "access": "accesses",
        "die": "died dies", "use": "used using", "unused": "unused", "mistake": "mistook mistaken", "lie": "lying lied",
        "cease": "ceased ceasing", "person": "people persons", "cheap": "cheaper cheapest", "low": "lower lowest",
        "high": "higher highest", "forbid": "forbade forbidden", "rewrite": "rewrote rewritten",
        "pack": "packed packing",
    }.items()
    for form in forms.split()
}  # fmt: skip

_NUMBER_WORDS = {
    word: str(n)
    for n, words in {
        0: "zero", 1: "one", 2: "two twice couple", 3: "three thrice", 4: "four", 5: "five", 6: "six",
        7: "seven", 8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve dozen", 13: "thirteen",
        14: "fourteen fortnight", 15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen",
        19: "nineteen", 20: "twenty", 24: "twenty-four", 30: "thirty", 40: "forty", 45: "forty-five",
        50: "fifty", 60: "sixty",
        70: "seventy", 80: "eighty", 90: "ninety", 100: "hundred",
    }.items()
    for word in words.split()
}  # fmt: skip

_HAN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0, "俩": 2}
HAN_NUMBER = re.compile(
    "[一二三四五六七八九十百两]{1,6}(?=[个名位人天周月年小次岁封台件箱只家款袋张条份批道步层种款级支瓶套双号日倍元项万千%])|[二三四五六七八九]?十[一二三四五六七八九]?"
)


def han_number(text: str) -> str:
    """A Chinese numeral below a thousand in digits: 二十四 is 24."""
    total, current = 0, 0
    for char in text:
        if char == "十":
            total += max(current, 1) * 10
            current = 0
        elif char == "百":
            total += max(current, 1) * 100
            current = 0
        else:
            current = _HAN_DIGITS.get(char, 0)
    return str(total + current)


def number_word(word: str) -> str | None:
    """The digits that a number word stands for, None for other words."""
    return _NUMBER_WORDS.get(word)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The light stem of a folded English word; other words come back as they are."""
    word = word.removesuffix("'s").replace("'", "")
    if word in _IRREGULAR:
        word = _IRREGULAR[word]
    elif len(word) > 3 and word.isascii():
        word = _cut(word)
    if len(word) > 4 and word.endswith("e"):
        word = word[:-1]
    return word


def _cut(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending, least in (("ingly", 8), ("edly", 7), ("ing", 6), ("ed", 5), ("ly", 6)):
        if word.endswith(ending) and len(word) >= least:
            bare = word[: -len(ending)]
            if ending != "ly" and len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "lsz":
                bare = bare[:-1]
            return bare
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=1)
def _lexicon() -> tuple[dict[tuple[str, ...], str], dict[str, str], int]:
    english: dict[tuple[str, ...], str] = {}
    han: dict[str, str] = {}
    source = files("poa_tracker.text").joinpath("concepts.txt").read_text(encoding="utf-8")
    for line in source.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, _, words = line.partition(":")
        left, _, right = words.partition("|")
        for phrase in left.split(","):
            if phrase.strip():
                english.setdefault(tuple(stem(w) for w in phrase.split()), name)
        for word in right.split():
            han.setdefault(word, name)
    return english, han, max(map(len, han))


def english_concept(stems: tuple[str, ...]) -> str | None:
    """The concept that a word or phrase, given by its stems, stands for."""
    return _lexicon()[0].get(stems)


def han_concept(text: str, at: int) -> tuple[str, int] | None:
    """The concept of the longest Chinese word of the lexicon at ``at``, and the word's length."""
    _, han, longest = _lexicon()
    for length in range(min(longest, len(text) - at), 0, -1):
        name = han.get(text[at : at + length])
        if name is not None:
            return name, length
    return None
