"""``check``, ``dismiss`` and ``compare``: the two checks and the side-by-side view."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from poa_tracker.cli import findings
from poa_tracker.cli.arguments import Choices, add_output, version_number
from poa_tracker.cli.desks import desk, letter_checks
from poa_tracker.cli.terminal import data, deliver, read, talk
from poa_tracker.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from poa_tracker.cli.findings import Checked
    from poa_tracker.comparison import Comparison
    from poa_tracker.workflow import Desk

FOUND = 1
_LISTS = ("notice", "response", "rejected", "elsewhere")


class _Files(argparse.Action):
    """Gathers files; remembers which option came last, whose last file may be the draft."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,  # noqa: ARG002
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,  # noqa: ARG002
    ) -> None:
        """Add the files of one use of the option."""
        setattr(namespace, self.dest, [*getattr(namespace, self.dest), *(values or ())])
        namespace.last_list = self.dest


def add(commands: Choices) -> None:
    """The commands that read drafts."""
    parser = commands.add(
        "check",
        run_check,
        "check a draft against its notice and what was refused before",
        "With --case the draft is checked against everything that is known of the case and the\n"
        "letters of other cases; without DRAFT its stored draft is taken. Otherwise name the files.\n"
        "Exit status 1 when there are errors or warnings; hints do not count.",
    )
    parser.add_argument("--case", metavar="REF", help="the case that the draft belongs to")
    for name, what in (
        ("notice", "notices from Amazon"),
        ("response", "Amazon's answers"),
        ("rejected", "versions that were refused"),
        ("elsewhere", "letters of other cases"),
    ):
        parser.add_argument(
            f"--{name}", nargs="+", action=_Files, type=Path, default=[], metavar="FILE", help=what
        )
    parser.add_argument(
        "draft", nargs="?", type=Path, metavar="DRAFT", help="the draft (- = stdin)"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(last_list="")

    parser = commands.add(
        "dismiss",
        run_dismiss,
        "set a warning about the stored draft aside",
        "The warning stays away while its words stay. Numbers are those of 'check --case REF'.",
    )
    parser.add_argument("reference", metavar="REF")
    parser.add_argument("number", type=int, metavar="NUMBER")
    parser.add_argument("--reason", required=True, metavar="TEXT")

    parser = commands.add(
        "compare",
        run_compare,
        "lay versions side by side",
        "With --case: versions by number, by default the last two. Otherwise two or more files.\n"
        "More than two are compared each with the next.",
    )
    parser.add_argument("--case", metavar="REF", help="compare versions of this case")
    parser.add_argument("texts", nargs="*", metavar="V|FILE", help="version numbers, or files")
    parser.add_argument("--format", choices=("text", "json", "html"), default="text")
    add_output(parser)
    parser.options_anywhere()


def run_check(args: argparse.Namespace) -> int:
    """Check a draft and print what was found."""
    checked = _check_case(args) if args.case is not None else _check_files(args)
    if args.format == "json":
        data(json.dumps(findings.as_json(checked), ensure_ascii=False, indent=2))
    else:
        data(findings.as_text(checked))
    return FOUND if any(f.severity != "hint" for f in checked.findings) else 0


def _check_files(args: argparse.Namespace) -> "Checked":
    from poa_tracker import config
    from poa_tracker.review import review_draft

    lists: dict[str, list[Path]] = {name: list(getattr(args, name)) for name in _LISTS}
    draft: Path | None = args.draft
    if draft is None and len(lists.get(args.last_list, ())) > 1:
        # An option that takes several files also swallows the draft that follows it.
        draft = lists[args.last_list].pop()
    if draft is None:
        raise InputError("Name the file of the draft; - reads it from stdin.")
    if not any(lists.values()):
        raise InputError("Name the notice with --notice, or the case with --case.")
    text = read(draft, "draft")
    texts = {name: [read(path, name) for path in paths] for name, paths in lists.items()}
    review = review_draft(
        text,
        notices=texts["notice"],
        responses=texts["response"],
        rejected=texts["rejected"],
        elsewhere=texts["elsewhere"],
        letter=letter_checks(config.load()),
    )
    return findings.Checked(
        name=str(draft),
        text=text,
        review=review,
        documents={
            name: [
                findings.Document(str(path), t) for path, t in zip(paths, texts[name], strict=True)
            ]
            for name, paths in lists.items()
        },
    )


def _check_case(args: argparse.Namespace) -> "Checked":
    if any(getattr(args, name) for name in _LISTS):
        raise InputError("--case knows its mails and versions itself; leave the file options out.")
    text = read(args.draft, "draft") if args.draft else None
    with desk(args) as opened:
        return _reviewed(opened, args.case, text, str(args.draft or ""))


def _reviewed(opened: "Desk", reference: str, text: str | None, name: str) -> "Checked":
    from poa_tracker.workflow import review, review_context, show_case

    file = show_case(opened, reference)
    number = None
    if text is None:
        if file.draft is None:
            raise NotFoundError(f"{file.case.reference} has no draft; name the file of one.")
        number, text = file.draft.number, file.draft.body
        name = f"version {number} of {file.case.reference}"
    context = review_context(opened, reference, number)
    result = review(context, text)
    return findings.Checked(
        name=name,
        text=text,
        review=result.as_review(),
        documents=findings.documents_of(file, context),
        dismissed=result.dismissed,
        number=number,
    )


def run_dismiss(args: argparse.Namespace) -> int:
    """Set a warning about the stored draft aside."""
    from poa_tracker.workflow import dismiss

    with desk(args) as opened:
        checked = _reviewed(opened, args.reference, None, "")
        if not 1 <= args.number <= len(checked.findings):
            raise NotFoundError(
                f"There is no warning {args.number}; 'poa-tracker check --case {args.reference}' "
                "numbers them."
            )
        finding = checked.findings[args.number - 1]
        dismiss(
            opened,
            args.reference,
            finding,
            checked.text,
            number=checked.number or 0,
            reason=args.reason,
        )
    talk(f"Set aside: {finding.message}")
    return 0


def run_compare(args: argparse.Namespace) -> int:
    """Compare versions and print what changed."""
    from poa_tracker.comparison import compare, lineage
    from poa_tracker.exchange.comparisons import Pair, comparison_html, comparison_text

    titles, texts = _versions(args) if args.case is not None else _texts(args)
    pairs = [
        Pair(compare(texts[i], texts[i + 1]), titles[i], titles[i + 1])
        for i in range(len(texts) - 1)
    ]
    if args.format == "html":
        deliver(comparison_html(pairs, " → ".join(titles)), args.output)
    elif args.format == "text":
        deliver("\n".join(comparison_text(pair) for pair in pairs), args.output)
    elif len(pairs) == 1:
        deliver(_json(_side_by_side(pairs[0].comparison, *titles)), args.output)
    else:
        steps = [_side_by_side(p.comparison, p.old, p.new) for p in pairs]
        traces = [[_plain(trace) for trace in version] for version in lineage(texts)]
        deliver(_json({"comparisons": steps, "lineage": traces}), args.output)
    return 0


def _plain(trace: Any) -> dict[str, Any]:  # noqa: ANN401
    from dataclasses import asdict

    return asdict(trace)


def _side_by_side(comparison: "Comparison", old: str, new: str) -> dict[str, Any]:
    return {"old": old, "new": new, **comparison.to_dict()}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _versions(args: argparse.Namespace) -> tuple[list[str], list[str]]:
    from poa_tracker.workflow import show_case

    with desk(args) as opened:
        file = show_case(opened, args.case)
    try:
        numbers = [version_number(text) for text in args.texts]
    except argparse.ArgumentTypeError as error:
        raise InputError(f"{error}; write 'compare --case {args.case} 1 2'.") from error
    numbers = numbers or [v.number for v in file.versions[-2:]]
    if len(numbers) < 2:
        raise InputError(
            f"Two versions are needed; {file.case.reference} has {len(file.versions)}."
        )
    return [f"version {n}" for n in numbers], [file.version(n).body for n in numbers]


def _texts(args: argparse.Namespace) -> tuple[list[str], list[str]]:
    if len(args.texts) < 2:
        raise InputError("Name two files to compare, or --case REF and two versions.")
    return args.texts, [read(Path(name), "text") for name in args.texts]
