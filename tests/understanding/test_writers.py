"""Whoever a row is about changes nothing of it where the text says that others write it."""

import pytest

from codebegen.blueprint import Blueprint, Permission, complete
from codebegen.understanding import understand

PAYSLIP = "A payslip has an amount. A payslip belongs to an employee. "
SCRIPT = "A prescription has a drug and a dose and belongs to a patient. "
FINE = "A fine has an amount and a driver. "
SAMPLE = "A sample has a value and belongs to a sailor. "
WRITES = ("create", "update", "delete")


def _plan(text: str) -> Blueprint:
    found = understand(text).blueprint
    assert found is not None
    return complete(found)


def _right(text: str, name: str, operation: str) -> Permission:
    right = _plan(text).entities_by_name[name].permission(operation)
    assert right is not None
    return right


def _allowed(text: str, name: str, operation: str) -> list[str]:
    right = _right(text, name, operation)
    return [f"{grant.kind}:{grant.role or grant.path or ''}".rstrip(":") for grant in right.allow]


OTHERS_WRITE = {
    PAYSLIP + "HR manages payslips; employees see their own payslips.": ("Payslip", "hr"),
    PAYSLIP + "HR issues payslips. Employees can only view their payslips.": ("Payslip", "hr"),
    SAMPLE + "Technicians enter samples, sailors see their own samples.": ("Sample", "technician"),
    SAMPLE + "Samples are uploaded by technicians. Sailors can see only their own samples.": ("Sample", "technician"),
    "A loan has a book, a reader and a due date. Librarians record loans. Readers can see their loans.": (
        "Loan",
        "librarian",
    ),
}


@pytest.mark.parametrize("text", OTHERS_WRITE)
def test_whom_a_row_is_about_only_sees_it(text: str) -> None:
    name, role = OTHERS_WRITE[text]
    for operation in WRITES:
        assert _allowed(text, name, operation) == [f"role:{role}"]
    for operation in ("list", "read"):
        allowed = _allowed(text, name, operation)
        assert f"role:{role}" in allowed
        assert "authenticated" not in allowed


def test_who_changes_a_row_did_not_make_it() -> None:
    told = SAMPLE + "Technicians can update samples. Sailors see their own samples."
    assert _allowed(told, "Sample", "update") == ["role:technician"]
    assert _allowed(told, "Sample", "create") == ["authenticated"]


AUTHORS = {
    SCRIPT + "Doctors write prescriptions; patients see their own prescriptions.": (
        "Prescription",
        "doctor",
        "patient",
    ),
    FINE + "Wardens issue fines. Drivers see their own fines.": ("Fine", "warden", "driver"),
}


@pytest.mark.parametrize("text", AUTHORS)
def test_who_wrote_it_alone_changes_it(text: str) -> None:
    name, role, subject = AUTHORS[text]
    entity = _plan(text).entities_by_name[name]
    assert entity.owner in (role, f"{role}.user")  # with or without rows of such people
    assert _allowed(text, name, "create") == [f"role:{role}"]
    assert _allowed(text, name, "update") == _allowed(text, name, "delete") == ["owner"]
    about, own = _allowed(text, name, "read")
    assert about.startswith(f"owner:{subject}")
    assert own == "owner"


@pytest.mark.parametrize(
    "text",
    [
        "Members post photos with a caption. Editors can edit photos. Members see their own photos.",
        "A photo has a caption and a member. Members upload photos. Editors can edit photos. Members see their photos.",
        "Members post photos with a caption. Moderators moderate photos. Members see their own photos.",
    ],
)
def test_who_makes_it_keeps_it(text: str) -> None:
    assert "authenticated" in _allowed(text, "Photo", "create")
    assert "owner" in _allowed(text, "Photo", "update")


def test_what_is_said_of_the_owner_holds() -> None:
    text = SAMPLE + "Technicians enter samples. Sailors can see and update their own samples."
    assert _allowed(text, "Sample", "update") == ["owner"]
    assert _allowed(text, "Sample", "delete") == ["role:technician"]


def test_who_takes_down_writes_nothing() -> None:
    text = "Notes have a title. Users write notes. Users see their own notes. Admins can delete notes."
    assert _allowed(text, "Note", "create") == ["authenticated"]
    assert _allowed(text, "Note", "update") == ["owner"]


def test_what_follows_is_told() -> None:
    found = understand(SAMPLE + "Technicians enter samples, sailors see their own samples.").blueprint
    assert found is not None
    told = {assumption.element: assumption.message for assumption in found.report.assumptions}
    assert "technicians" in told["entities.Sample.permissions.delete"].lower()


def test_a_right_to_one_field_is_told_to_be_one_to_the_row() -> None:
    found = understand("A worker has a name and a wage. The wage is visible only to managers.").blueprint
    assert found is not None
    assert "wage" in " ".join(conflict.message for conflict in found.report.conflicts)
    assert not understand(PAYSLIP + "Payslips are visible only to managers.").blueprint.report.conflicts  # type: ignore[union-attr]
