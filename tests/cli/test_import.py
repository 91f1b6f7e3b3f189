"""`codebegen import`: a file in an exact format, or a live database, becomes a project."""

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import pytest

from codebegen.adapters import postgres

from .conftest import Codebegen

SCHEMA = """\
CREATE TABLE users (id INTEGER PRIMARY KEY, email VARCHAR(190) NOT NULL UNIQUE, password_hash TEXT NOT NULL);
CREATE TABLE albums (
  id INTEGER PRIMARY KEY,
  title VARCHAR(80) NOT NULL,
  rating INTEGER CHECK (rating BETWEEN 1 AND 5),
  owner_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  UNIQUE (title, owner_id)
);
CREATE VIEW best AS SELECT id FROM albums WHERE rating = 5;
"""


def entities(ran_document: dict[str, object]) -> dict[str, tuple[list[str], list[str]]]:
    blueprint = ran_document["blueprint"]
    assert isinstance(blueprint, dict)
    return {
        entity["name"]: ([f["name"] for f in entity["fields"]], [r["name"] for r in entity["relations"]])
        for entity in blueprint["entities"]
    }


ALBUMS = {"User": (["email", "password"], []), "Album": (["title", "rating"], ["owner"])}


def test_a_file_becomes_a_project_as_a_description_does(codebegen: Codebegen, here: Path) -> None:
    (here / "albums.sql").write_text(SCHEMA)
    ran = codebegen("import", "albums.sql", "--no-verify", "--format", "json", "--with", "docker")
    assert ran.code == 0, ran.err
    assert set(ran.document) == {"path", "blueprint", "gates", "quality_score", "report"}
    assert entities(ran.document) == ALBUMS
    assert ran.document["blueprint"]["name"] == "albums"
    assert [item["text"] for item in ran.document["report"]["residue"]] == [SCHEMA.splitlines()[-1]]
    folder = Path(ran.document["path"])
    assert (folder / "codebegen.yaml").is_file()
    assert (folder / "Dockerfile").is_file()


def test_a_description_in_a_file_may_be_a_schema(codebegen: Codebegen, here: Path) -> None:
    (here / "schema.prisma").write_text("model Pen {\n  id Int @id\n  colour String\n}\n")
    ran = codebegen("plan", "--file", "schema.prisma", "--format", "json")
    assert ran.code == 0, ran.err
    assert entities({"blueprint": ran.document}) == {"Pen": (["colour"], [])}


@pytest.mark.parametrize(
    "case",
    [
        ("a.prisma:3:5", "model A {\n  id Int @id\n  b Colour\n}\n", (), "bad-prisma"),
        ("a.txt", "We sell pens.\n", (), "unknown-format"),
        ("a.txt:1:14", "entity A { x Y }\n", ("--as", "jdl"), "bad-jdl"),
        ("a.json:1:6", "[1, 2", ("--as", "json"), "bad-json"),
    ],
)
def test_a_fault_is_told_with_its_line(
    codebegen: Codebegen, here: Path, case: tuple[str, str, tuple[str, ...], str]
) -> None:
    name, text, told, code = case
    file = name.partition(":")[0]
    (here / file).write_text(text)
    ran = codebegen("import", file, *told, "--format", "json")
    assert ran.code == 2
    (problem,) = ran.document["diagnostics"]
    assert (problem["code"], problem["place"]) == (code, name)
    assert problem["hint"]
    assert [path.name for path in here.iterdir()] == [file]


def test_a_live_sqlite_database_is_read_and_left_as_it_is(codebegen: Codebegen, here: Path) -> None:
    with sqlite3.connect(here / "music.db") as connection:
        connection.executescript(SCHEMA + "CREATE TABLE alembic_version (version_num TEXT);")
    connection.close()
    before = (here / "music.db").read_bytes()
    ran = codebegen("import", "sqlite:///music.db", "--no-verify", "--format", "json")
    assert ran.code == 0, ran.err
    assert entities(ran.document) == ALBUMS
    assert ran.document["blueprint"]["name"] == "music"
    assert (here / "music.db").read_bytes() == before


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("sqlite:///nothing.db", "no such file"),
        ("postgresql://ann:s3cret@127.0.0.1:1/shop", "can't be read"),
        ("mysql://ann:s3cret@localhost/shop", "kind mysql"),
        ("oracle+thin://ann:s3cret@localhost/shop", "kind oracle"),
    ],
)
def test_a_database_that_is_not_there(codebegen: Codebegen, url: str, says: str) -> None:
    ran = codebegen("import", url, "--format", "json")
    assert ran.code == 2
    assert says in ran.document["diagnostics"][0]["message"]
    assert "s3cret" not in ran.out + ran.err


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[postgres.PostgresServer]:
    programs = postgres.binaries()
    template = postgres.template(pytestconfig.cache.mkdir("codebegen-tools"), programs)
    with postgres.postgres(programs, template, tmp_path_factory.mktemp("server")) as found:
        yield found


POSTGRES = """\
CREATE TYPE mood AS ENUM ('calm', 'wild');
CREATE TABLE users (id SERIAL PRIMARY KEY, email TEXT NOT NULL UNIQUE, password_hash TEXT NOT NULL);
CREATE TABLE albums (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  title VARCHAR(80) NOT NULL,
  feel mood NOT NULL DEFAULT 'calm',
  price NUMERIC(8,2) NOT NULL CHECK (price > 0),
  state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'old')),
  words TEXT[],
  made TIMESTAMPTZ NOT NULL DEFAULT now(),
  owner_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  UNIQUE (title, owner_id)
);
CREATE TABLE tags (id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY, label TEXT NOT NULL);
CREATE UNIQUE INDEX one_label ON tags (label);
CREATE TABLE album_tags (
  album_id UUID REFERENCES albums, tag_id INTEGER REFERENCES tags, PRIMARY KEY (album_id, tag_id)
);
COMMENT ON COLUMN albums.title IS 'on the cover';
CREATE VIEW best AS SELECT id FROM albums;
"""


async def execute(url: str, script: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(script)
    await connection.close()


def test_a_live_postgresql_is_read(codebegen: Codebegen, server: postgres.PostgresServer) -> None:
    server.create_database("gallery")
    asyncio.run(execute(server.url("gallery"), POSTGRES))
    ran = codebegen("import", server.url("gallery"), "--no-verify", "--format", "json")
    assert ran.code == 0, ran.err
    assert entities(ran.document) == {
        "User": (["email", "password"], []),
        "Album": (["title", "feel", "price", "state", "words", "made"], ["owner", "tags"]),
        "Tag": (["label"], []),
    }
    blueprint = ran.document["blueprint"]
    assert (blueprint["name"], blueprint["stack"]) == ("gallery", "fastapi_postgres")
    album = next(entity for entity in blueprint["entities"] if entity["name"] == "Album")
    fields = {field["name"]: field for field in album["fields"]}
    assert (fields["feel"]["values"], fields["feel"]["default"]) == (["calm", "wild"], "calm")
    assert (fields["state"]["values"], fields["state"]["default"]) == (["new", "old"], "new")
    assert (fields["price"]["type"], fields["price"]["min"]) == ("decimal", 0)
    assert fields["made"]["default"] == "now"
    assert album["unique_together"] == [["title", "owner"]]
    tag = next(entity for entity in blueprint["entities"] if entity["name"] == "Tag")
    assert tag["fields"][0]["unique"]
    assert [item["text"][:16] for item in ran.document["report"]["residue"]] == ["CREATE VIEW best"]
