"""Starting points for a draft: Jinja2 templates filled with the facts of a case.

Only files of the program's own ``templates`` folder are ever template source. What users or
Amazon wrote is a plain value, in a sandbox, and an unknown name in a template is an error.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from poa_tracker import amazon
from poa_tracker.errors import NotFoundError, PoaError
from poa_tracker.exchange import markdown
from poa_tracker.exchange.wording import shortened
from poa_tracker.resources import folder

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from poa_tracker.store.queries import CaseFile
    from poa_tracker.store.tables import Notice, Point, Response

Language = Literal["en", "zh"]
_HEADER = re.compile(
    r"\{# title: (?P<title>[^|]+) \| language: (?P<language>en|zh) "
    r"\| violations: (?P<violations>[^#|]*)#\}"
)
_SUFFIX = ".md.j2"
_LONGEST_QUOTE = 160
_LONGEST_LIST = 40
# Where in the plan a demand is answered. Of those not named here, papers go to the part
# "documents", the others to "answers".
_DEMANDS_OF_PART = {
    "cause": (
        "batches-affected explain-document-maker growth-explanation incident-investigation "
        "methods-used relation-explanation root-cause-detail third-party-names time-period "
        "who-made-listings"
    ),
    "actions": (
        "actions-with-dates confirmation-listings-deleted corrected-detail-page "
        "corrected-listing-shown data-correction data-deletion disposal-suspicious-stock "
        "informing-buyers keywords-removed-list link-removal overcharge-refund refunds-affected "
        "removal-order removal-order-ids security-steps stock-disposition variations-split"
    ),
    "prevention": (
        "access-list carriers-used cutoff-times design-search-before-launch handling-time "
        "listing-review-procedure monitoring-audit-plan persons-responsible quality-person "
        "repricing-limits return-policy return-procedure stock-sync supplier-vetting "
        "unsellable-settings weekend-settings"
    ),
}
_PART_OF_DEMAND = {code: part for part, codes in _DEMANDS_OF_PART.items() for code in codes.split()}
_PARTS = ("cause", "actions", "prevention", "answers", "documents")


@dataclass(frozen=True, slots=True)
class StartTemplate:
    """A starting point for a draft; ``violations``: the catalogue slugs it is made for."""

    name: str
    title: str
    language: Language
    violations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Raised:
    label: str
    quote: str


def start_templates(violation: str = "", language: str = "en") -> tuple[StartTemplate, ...]:
    """All starting points, the best ones for this violation and language first."""

    def rank(template: StartTemplate) -> tuple[bool, int, str]:
        fit = 0 if violation in template.violations else 1 if not template.violations else 2
        return (template.language != language, fit, template.title)

    return tuple(sorted(_all_templates(), key=rank))


def render_start(name: str, file: "CaseFile") -> str:
    """The text of a new draft from the template ``name``; raises ``NotFoundError``."""
    found = next((t for t in _all_templates() if t.name == name), None)
    if found is None:
        raise NotFoundError(
            f"There is no template '{name}'; `poa-tracker templates` shows the names."
        )
    return render(f"poa/{name}{_SUFFIX}", _facts(file, found.language))


def render(template: str, values: Mapping[str, Any]) -> str:
    """A template of the program filled with values; HTML templates escape every value."""
    from jinja2 import TemplateError

    try:
        return environment().get_template(template).render(values)
    except TemplateError as error:
        raise PoaError(
            f"The template {template} cannot be used ({error}); install poa-tracker again."
        ) from error


@lru_cache(maxsize=1)
def environment() -> "ImmutableSandboxedEnvironment":
    """The one Jinja2 environment: sandboxed, strict, and confined to the program's own folder."""
    from jinja2 import FileSystemLoader, StrictUndefined, select_autoescape
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder("templates")),
        undefined=StrictUndefined,
        autoescape=select_autoescape(enabled_extensions=("html.j2",), default=False),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update({"bare": _bare, "md": markdown.inline, "fenced": markdown.fenced})
    return made


@lru_cache(maxsize=1)
def _all_templates() -> tuple[StartTemplate, ...]:
    files = sorted((folder("templates") / "poa").glob(f"*{_SUFFIX}"))
    return tuple(_described(file) for file in files)


def _described(file: Path) -> StartTemplate:
    with file.open(encoding="utf-8") as lines:
        header = _HEADER.match(lines.readline())
    if header is None:
        raise PoaError(f"The template {file.name} has no title line; install poa-tracker again.")
    violations = tuple(slug for slug in re.split(r"[,\s]+", header["violations"]) if slug)
    language: Language = "zh" if header["language"] == "zh" else "en"
    return StartTemplate(file.name.removesuffix(_SUFFIX), header["title"], language, violations)


def _bare(text: str) -> str:
    """A text that cannot end the square brackets of a placeholder early."""
    return text.translate(str.maketrans("[]", "()"))


def _facts(file: "CaseFile", language: Language) -> dict[str, Any]:
    found = [i for n in file.notices for i in amazon.identifiers(n.body)]
    asked: dict[str, list[_Raised]] = {part: [] for part in _PARTS}
    causes: list[_Raised] = []
    mails: tuple[Notice | Response, ...] = (*file.notices, *file.responses)
    for mail in mails:
        for point in file.points_of(mail):
            if point.set_aside:
                continue
            raised = _raised(point, mail, language)
            if point.kind == "cause":
                causes.append(raised)
            else:
                asked[_part_of(point)].append(raised)
    case = file.case
    return {
        "seller": file.account.name,
        "marketplace": file.account.marketplace,
        "case_id": case.amazon_case_id,
        "asins": _values(found, "asin"),
        "orders": _values(found, "order_id"),
        "complaint_ids": _values(found, "complaint_id"),
        "causes": _once(causes),
        "asked": {part: _once(points) for part, points in asked.items()},
    }


def _values(found: Iterable[amazon.Identifier], kind: str) -> list[str]:
    return list(dict.fromkeys(i.value for i in found if i.kind == kind))[:_LONGEST_LIST]


def _once(points: Sequence[_Raised]) -> list[_Raised]:
    return list(dict.fromkeys(points))


def _raised(point: "Point", mail: "Notice | Response", language: Language) -> _Raised:
    label = _label(point.code, language) or point.label
    return _Raised(label, shortened(mail.body[point.start : point.end], _LONGEST_QUOTE))


def _label(slug: str, language: Language) -> str:
    try:
        return amazon.label(slug, language) if slug else ""
    except NotFoundError:
        return ""


def _part_of(point: "Point") -> str:
    other = "documents" if amazon.document_kind(point.code) else "answers"
    return _PART_OF_DEMAND.get(point.code, other)
