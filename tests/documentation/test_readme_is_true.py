"""The README of a generated project is true, command by command: it is read and done, against the running application.

Installing is left out (the tests' own environment has the same pins); the rest is what the page says.
"""

import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from codebegen.bootstrap import ports
from codebegen.pipeline import Request, make

BLOG = (
    "Users write posts. A post has a title and a body. Anyone can read posts; only the author can change a post. JWT."
)
PORT = 8000


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = make(Request(prompt=BLOG, target=tmp_path_factory.mktemp("readme") / "blog", verify=False), ports()).path
    assert path
    return path


@pytest.fixture(scope="module")
def readme(project: Path) -> str:
    return (project / "README.md").read_text()


def commands(text: str, heading: str) -> list[str]:
    section = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert section, heading
    blocks = re.findall(r"^```sh\n(.*?)^```", section[1], re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"]}


@pytest.fixture(scope="module")
def application(project: Path, readme: str) -> Iterator[httpx.Client]:
    """Started by the line that starts it with a first administrator, on another port than the page's."""
    with httpx.Client(base_url=f"http://127.0.0.1:{PORT + 1234}") as client:
        line = next(line for line in commands(readme, "Accounts") if "FIRST_ADMIN" in line)
        line = line.replace(".venv/bin/python", sys.executable) + f" --port {PORT + 1234} --log-level warning"
        with subprocess.Popen(f"exec env {line}", shell=True, cwd=project, env=environment()) as server:
            try:
                _wait(client, server)
                yield client
            finally:
                server.terminate()


def _wait(client: httpx.Client, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(1200):
        assert server.poll() is None
        try:
            client.get("/health").raise_for_status()
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("it does not start")


def curl(client: httpx.Client, line: str) -> httpx.Response:
    """Does what a `curl` line of the page says."""
    words = iter(shlex.split(line)[1:])
    method, url, headers, body = "GET", "", {}, None
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = next(words)
            headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
        else:
            url = word
    return client.request(method, url.removeprefix(f"http://127.0.0.1:{PORT}"), headers=headers, content=body)


def test_registering_logging_in_and_using_the_token_work_as_written(application: httpx.Client, readme: str) -> None:
    register, login, me = (line for line in commands(readme, "Accounts") if line.startswith("curl"))
    assert curl(application, register).status_code == 201
    token = curl(application, login).json()["access_token"]
    answer = curl(application, me.replace("$ACCESS_TOKEN", token))
    assert (answer.status_code, answer.json()["email"]) == (200, "ada@example.com")


def test_the_first_administrator_is_there(application: httpx.Client, readme: str) -> None:
    line = next(line for line in commands(readme, "Accounts") if "FIRST_ADMIN" in line)
    found = dict(re.findall(r"(FIRST_ADMIN_\w+)=(\S+)", line))
    form = {"username": found["FIRST_ADMIN_EMAIL"], "password": found["FIRST_ADMIN_PASSWORD"]}
    token = application.post("/api/v1/auth/login", data=form).json()["access_token"]
    assert application.get("/api/v1/users", headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_every_endpoint_of_the_table_is_there_and_no_other(application: httpx.Client, readme: str) -> None:
    listed = set(re.findall(r"^\| (GET|POST|PUT|PATCH|DELETE) \| `([^`]+)` \|", readme, re.MULTILINE))
    document = application.get("/openapi.json").json()
    served = {
        (method.upper(), re.sub(r"\{[^}]*\}", "{id}", path))
        for path, item in document["paths"].items()
        for method in item
    }
    assert listed == served


def test_the_settings_table_names_what_the_application_reads(project: Path, readme: str) -> None:
    listed = re.findall(r"^\| `([A-Z_]+)` \|.*\| (.*) \|$", readme, re.MULTILINE)
    code = "from app.core.config import Settings; print(*Settings.model_fields)"
    done = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=True)
    assert {name.lower() for name, _ in listed} == set(done.stdout.split()) - {"has_random_key"}
    assert all(meaning for _, meaning in listed)


def test_the_tests_run_as_written(project: Path, readme: str) -> None:
    line = commands(readme, "Test")[-1].replace(".venv/bin/python", sys.executable)
    done = subprocess.run(line, shell=True, cwd=project, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout


def test_the_files_that_it_points_to_are_there(project: Path, readme: str) -> None:
    links = set(re.findall(r"\]\((?!http)([^)#]+)\)", readme)) | set(re.findall(r"-r (requirements\S*\.txt)", readme))
    assert links
    assert [link for link in links if not (project / link).is_file()] == []
