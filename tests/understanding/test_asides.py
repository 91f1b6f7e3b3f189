"""Asides: what a text says of its writer, of a job, of points and of letters is noise with a reason, and no data."""

import pytest

from codebegen.understanding import understand
from codebegen.understanding.embedded.asides import CHAT, JOB, LABEL, LETTER, WORK, WRITER, asides, without_asides

DATA = "Boats have a name and a sail number. Students book boats."


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("Python developer (freelance, remote, ~6 weeks)\n\n{}", LABEL),
        ("BACKEND DEV WANTED (3 weeks)\n\n{}", LABEL),
        ("Backend take-home (four hours, and have fun!)\n\n{}", LABEL),
        ("CS 232 Web Engineering - Assignment 4 (20 points)\nProf. Adler, winter term\n\n{}", LABEL),
        ("Assignment 2 - Sailing (due: Friday)\n\nPart A - Data (8 points)\n{}", LABEL),
        ("About us: 14 skippers, masts and sails for some 60 clubs.\n\n{}", WRITER),
        ("Who we are\nTwo sailors, one dog and a kiosk with ice cream.\n\n{}", WRITER),
        ("{}\n\nYour profile:\n- 3+ years with FastAPI\n- you write tests", JOB),
        ("{}\n\nWhat we offer: 60-80 EUR/h, flexible hours.", JOB),
        ("{}\n\nRate: 70-90 CHF/h.", JOB),
        ("{}\n\nGrading: 40% functionality, 30% tests, 30% report.", WORK),
        ("{}\n\nWhat we look at\nClean commits, readable code.", WORK),
        ("# Tides\n\n{}\n\n## Getting started\n\nClone the repo, run `make dev`.", WORK),
        ("# Tides\n\n{}\n\n## License\n\nMIT, see LICENSE.", WORK),
        ("From: Petra <p@example.org>\nTo: dev@example.org\nSubject: Our club\n\n{}", LETTER),
        ("{}\n\nBest wishes and see you soon,\nPetra\n\n--\nPetra Volk, Chairwoman", LETTER),
        ("Boats\nReporter: S. Okafor   Assignee: platform team   Priority: high\n\n{}", LETTER),
        ("User: {}\nAssistant: Great idea! Should boats have a crew?\nUser: no thanks", CHAT),
    ],
)
def test_what_is_no_backend(told: str, reason: str) -> None:
    text = told.format(DATA)
    assert reason in {aside.reason for aside in asides(text)}
    blueprint = understand(text).blueprint
    assert blueprint is not None
    assert {e.name for e in blueprint.entities if e.origin == "stated"} <= {"Boat", "Student", "Booking"}
    assert reason in {noise.reason for noise in blueprint.report.noise}
    assert not blueprint.report.residue


@pytest.mark.parametrize(
    "text",
    [
        "Profile: nickname, birth year, city. A user has one profile.",
        "Rate: amount, currency, valid from.",
        "License: key (unique), seats, valid until.",
        "## Submission\n- title\n- file\n- grade",
        "We need an app where developers log bugs. A bug has a title.",
        "Each phase has a name. A project has phases.",
        "Students earn points for exercises. An exercise has a title and points.",
        "We need a contact list.\n\nContact: name, phone, e-mail.",
    ],
)
def test_what_sounds_like_it_and_is_data(text: str) -> None:
    assert not asides(text)


def test_lines_and_places_stay() -> None:
    text = "Rate: 70 CHF/h.\nBoats have a name."
    plain = without_asides(text, asides(text))
    assert len(plain) == len(text)
    assert plain.index("Boats") == text.index("Boats")
