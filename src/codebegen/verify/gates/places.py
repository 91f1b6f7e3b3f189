"""File names of tools, as seen from the project's root."""

# The folder of the project's copy in every job, rare enough to be found in an absolute path.
PROJECT_FOLDER = "project_under_test"


def inside(path: str) -> str:
    """`/somewhere/project_under_test/app/main.py` → `app/main.py`."""
    _, found, rest = path.partition(f"/{PROJECT_FOLDER}/")
    return rest if found else path.removeprefix("./")
