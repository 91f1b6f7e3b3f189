"""Asking: on a terminal, the weightiest open questions of a description are put to whoever typed it."""

import sys
from collections.abc import Iterable
from dataclasses import replace

from codebegen.blueprint import Question
from codebegen.cli.output import say, style
from codebegen.pipeline import Ports, Request, plan

_AT_MOST = 3


def interview(request: Request, ports: Ports) -> Request:
    """The request with the answers; as it was where no person sits at both ends or nothing is open."""
    if request.blueprint is not None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return request
    blueprint = plan(request, ports).blueprint
    questions = blueprint.report.questions[:_AT_MOST] if blueprint else ()
    if not questions:
        return request
    say(style("A few things are open. Enter takes the first choice.", "bold"))
    return replace(request, answers={**request.answers, **dict(_answers(questions))})


def _answers(questions: Iterable[Question]) -> Iterable[tuple[str, str]]:
    for question in questions:
        options = (question.chosen, *(option for option in question.options if option != question.chosen))
        say(f"{style('?', 'cyan')} {question.text}")
        for number, option in enumerate(options, 1):
            say(f"    {number}  {option}")
        yield question.id, _choice(options)


def _choice(options: tuple[str, ...]) -> str:
    """The option whose number or text was typed; asked again until it is one."""
    while True:
        sys.stderr.write("  > ")
        sys.stderr.flush()
        typed = sys.stdin.readline()
        word = typed.strip()
        if not word:  # Enter, or the end of input
            return options[0]
        if word.isdecimal() and 1 <= int(word) <= len(options):
            return options[int(word) - 1]
        if word.lower() in options:
            return word.lower()
        say(f"    type a number from 1 to {len(options)}")
