"""The rows that the gate of the migrations puts into tables."""

import sqlalchemy as sa

from codebegen.verify.drivers.filling import fill_on


def test_tables_that_sqlite_makes_for_itself_are_left_alone() -> None:
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE notes (id INTEGER PRIMARY KEY, text VARCHAR NOT NULL)")
        connection.exec_driver_sql("CREATE VIRTUAL TABLE words USING fts5(text, content='')")
        assert fill_on(connection) == {"filled": 1, "tables": 1}
        connection.exec_driver_sql("INSERT INTO words (words) VALUES ('integrity-check')")
