"""What rules itself out is said, what it runs on is no part of the data, and noise is no domain."""

import base64
import random

from codebegen.blueprint import complete
from codebegen.understanding import understand
from codebegen.understanding.questions import contradictions


def test_no_login_and_rights_that_need_one() -> None:
    blueprint = understand("A shop with products (name, price). No login. Only admins can add products.").blueprint
    assert blueprint is not None
    (conflict,) = contradictions(blueprint, complete(blueprint))
    assert conflict.chosen == "auth"


def test_no_login_alone_is_no_contradiction() -> None:
    blueprint = understand("A shop with products (name, price). No login.").blueprint
    assert blueprint is not None
    assert contradictions(blueprint, complete(blueprint)) == ()


def test_what_it_runs_on_is_no_part_of_the_data() -> None:
    plain, told = (understand(f"A shop{on} with products (name, price).").blueprint for on in ("", " on PostgreSQL"))
    assert plain is not None
    assert told is not None
    assert told.stack == "fastapi_postgres"
    names = [[(e.name, tuple(f.name for f in e.fields)) for e in blueprint.entities] for blueprint in (plain, told)]
    assert names[0] == names[1] == [("Product", ("name", "price"))]


def test_noise_is_no_domain() -> None:
    for seed in range(5):
        noise = base64.b64encode(random.Random(seed).randbytes(20_000)).decode()
        assert understand(noise).blueprint is None
