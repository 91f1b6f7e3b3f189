"""`codebegen features`: what a project can have beyond its entities, how to ask for it, and what is still missing."""

from argparse import Namespace
from typing import Any

from codebegen.cli.arguments import JSON, UsageError
from codebegen.cli.output import print_json, say, style
from codebegen.features import FeatureSpec, catalogue


def run(arguments: Namespace) -> int:
    """0; there is nothing that could be wrong but words that were not asked for."""
    if arguments.words:
        raise UsageError("`codebegen features` lists all of them, and takes no words")
    listed = [spec for spec in catalogue().values() if not spec.part]
    if arguments.format == JSON:
        print_json({"features": [document(spec) for spec in listed]})
        return 0
    _show("In projects", [spec for spec in listed if not spec.is_missing])
    _show("Understood, and still missing", [spec for spec in listed if spec.is_missing])
    say("\nAsk for one in the description, in words like these, or with --with KEY.")
    return 0


def document(spec: FeatureSpec) -> dict[str, Any]:
    """One feature; `templates` is empty where the feature is part of all of them, or of none."""
    return {
        "key": spec.key,
        "title": spec.title,
        "adds": spec.adds,
        "ask": list(spec.say),
        "needs": [need for need in spec.needs if not catalogue()[need].part],
        "templates": list(spec.templates),
        "status": "missing" if spec.is_missing else "implemented",
    }


def _show(heading: str, specs: list[FeatureSpec]) -> None:
    say(f"{heading}:")
    width = max((len(spec.key) for spec in specs), default=0)
    for spec in specs:
        where = f"  ({', '.join(spec.templates)})" if spec.templates else ""
        say(f"  {style(spec.key.ljust(width), 'cyan')}  {spec.adds}{style(where, 'dim')}")
        say(f"  {' ' * width}  {style('ask: ' + ', '.join(f'“{words}”' for words in spec.say), 'dim')}")
