"""Layers: the upper one's file is made, rules add up, slots collect, what is left out is out."""

from codebegen.compiler.layers import Dependency, FileRule, Layer
from codebegen.compiler.template import Template, built_in

GREETING = '{% import "parts/words" as words %}{{ words.greet(entity) }}{% include "slots/thing.j2" %}'
BASE = Layer(
    "base",
    rules=(FileRule("{{ entity*", each="things"), FileRule("extra.txt", when=("extra",))),
    dependencies=(Dependency("fastapi"), Dependency("pyjwt", when=("extra",))),
    sources={
        "main.py.j2": '# main\n{% include "slots/main.j2" %}\n# end\n',
        "{{ entity }}.txt.j2": GREETING,
        "extra.txt": "extra\n",
        "plain.txt": "{{ not rendered }}\n",
    },
    slots={"main.j2": "{# Statements. #}\n", "thing.j2": ""},
    parts={"words": "{% macro greet(name) %}hello {{ name }}{% endmacro %}"},
)
VIEW = {"things": ["a", "b"], "extra": False, "name": "shop"}


def made(*layers: Layer, **changes: object) -> dict[str, str]:
    template = Template((BASE, *layers))
    return {file.path: file.content for file in template.render({**VIEW, **changes})}


def test_one_layer() -> None:
    whole = {"a.txt": "hello a", "b.txt": "hello b", "main.py": "# main\n# end\n", "plain.txt": "{{ not rendered }}\n"}
    assert made() == whole
    assert made(extra=True) == whole | {"extra.txt": "extra\n"}


def test_the_upper_file_is_made_and_says_where_it_comes_from() -> None:
    upper = Layer("upper", sources={"plain.txt": "mine\n", "new.txt": "new\n"})
    assert made(upper)["plain.txt"] == "mine\n"
    origins = {file.path: file.origin for file in Template((BASE, upper)).render(VIEW)}
    assert origins["plain.txt"] == "upper/plain.txt"
    assert origins["main.py"] == "base/main.py.j2"


def test_rules_of_all_layers_hold() -> None:
    assert "main.py" not in made(Layer("upper", rules=(FileRule("main.py*", when=("extra",)),)))
    twice = Layer("upper", rules=(FileRule("{{ entity*", each="others"),))
    assert made(twice, others=["c"]).keys() == {"c.txt", "main.py", "plain.txt"}


def test_what_is_left_out_is_not_made_unless_it_is_made_anew() -> None:
    assert made(Layer("upper", omit=("*.txt*",))).keys() == {"main.py"}
    assert made(Layer("upper", omit=("plain.txt",), sources={"plain.txt": "mine"}))["plain.txt"] == "mine"


def test_slots_collect_in_the_order_of_the_layers_and_know_what_is_known_there() -> None:
    one = Layer("one", slots={"main.j2": "one = {{ name | python }}\n", "thing.j2": "!"})
    two = Layer("two", slots={"main.j2": "two = 2\n", "thing.j2": " {{ entity }}"})
    found = made(one, two)
    assert found["main.py"] == '# main\none = "shop"\ntwo = 2\n# end\n'
    assert found["a.txt"] == "hello a! a"


def test_parts_are_overridden() -> None:
    upper = Layer("upper", parts={"words": "{% macro greet(name) %}bye {{ name }}{% endmacro %}"})
    assert made(upper)["a.txt"] == "bye a"


def test_dependencies_add_up_by_their_flags() -> None:
    template = Template((BASE,)).with_layers(
        [Layer("upper", dependencies=(Dependency("fastapi"), Dependency("redis")))]
    )
    assert template.dependencies(VIEW) == ("fastapi", "redis")
    assert template.dependencies({**VIEW, "extra": True}) == ("fastapi", "pyjwt", "redis")


def test_every_slot_of_the_built_in_templates_is_declared_below_and_included() -> None:
    for name in ("fastapi_sqlalchemy", "fastapi_basic"):
        template = built_in(name)
        texts = "".join(text for _, text in template.sources.values())
        texts += "".join(text for layer in template.layers for text in layer.parts.values())
        for slot in {slot for layer in template.layers for slot in layer.slots}:
            assert f'{{% include "slots/{slot}" %}}' in texts, (name, slot)
