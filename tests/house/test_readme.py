"""The README's two commands are single lines, and what they name is there."""

import re
from pathlib import Path

from codebegen.cli.arguments import parse

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def command(heading: str) -> str:
    match = re.search(rf"^## {heading}\n.*?^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert match, heading
    return match[1]


def test_both_commands_are_single_lines_that_install_the_pins() -> None:
    for heading, pins in (("Make a project", "base"), ("Run the tests", "dev")):
        line = command(heading)
        assert line.count("\n") == 1
        assert f"--require-hashes -r requirements/{pins}.txt" in line
        assert (ROOT / f"requirements/{pins}.txt").exists()


def test_the_first_command_is_one_that_the_command_line_takes() -> None:
    words = re.search(r'codebegen (new) "(.*)" (-o) (\w+)', command("Make a project"))
    assert words
    arguments = parse(list(words.groups()))
    assert (arguments.command, arguments.words, str(arguments.output)) == ("new", [words[2]], words[4])


def test_ci_runs_the_very_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci/run").read_text()
    assert "## Run the tests" in script
    assert "-m pytest" not in script
