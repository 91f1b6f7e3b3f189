"""File trees: paths stay inside, two files never meet, changes give new trees."""

import pytest

from codebegen.filetree import FileTree, GeneratedFile

ONE, TWO = GeneratedFile("b/one.txt", "1", "template"), GeneratedFile("a.txt", "2")


def test_files_stand_in_path_order() -> None:
    tree = FileTree([ONE, TWO])
    assert list(tree) == ["a.txt", "b/one.txt"]
    assert tree["b/one.txt"] is ONE
    assert len(tree) == 2


def test_a_change_gives_a_new_tree() -> None:
    tree = FileTree([ONE])
    more = tree.with_files([TWO, GeneratedFile("b/one.txt", "new")])
    assert [file.content for file in more.values()] == ["2", "new"]
    assert tree["b/one.txt"].content == "1"
    assert list(more.without(["a.txt"])) == ["b/one.txt"]
    assert list(more) == ["a.txt", "b/one.txt"]


def test_two_files_at_one_path_are_a_bug() -> None:
    with pytest.raises(ValueError, match=r"two files at a\.txt"):
        FileTree([TWO, GeneratedFile("a.txt", "other")])


@pytest.mark.parametrize("path", ["", "/etc/passwd", "../up", "a/../../up", "a\\b", "a\0b", "//x"])
def test_no_file_leaves_the_project(path: str) -> None:
    with pytest.raises(ValueError, match="not a relative path"):
        GeneratedFile(path, "")
