"""A short name goes on about what was told before under its full name; two things of one word stay two."""

from codebegen.understanding import understand


def names(prompt: str) -> list[str]:
    blueprint = understand(prompt).blueprint
    assert blueprint is not None
    return [entity.name for entity in blueprint.entities]


def test_the_short_name_is_the_same_thing() -> None:
    assert names("Print jobs have a title and a paper format. Each job has a remark.") == ["PrintJob"]


def test_what_is_defined_stays_apart() -> None:
    assert names("Meeting room: name, floor\nRoom: number, size") == ["MeetingRoom", "Room"]
