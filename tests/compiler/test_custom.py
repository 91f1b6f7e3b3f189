"""A template of one's own: what is wrong with it is said with its place, and nothing in it reaches beyond its texts."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from codebegen.compiler.custom import Custom, read_custom
from codebegen.compiler.custom.rendering import render_custom
from codebegen.compiler.custom.samples import samples
from codebegen.compiler.custom.starter import starter
from codebegen.compiler.environment import Renderer
from codebegen.diagnostics import DiagnosticError

HEAD = "name: mine\nversion: 1\n"
ACCOUNTS, OPEN = samples()


def made(texts: Mapping[str, str], **settings: str) -> dict[str, str]:
    found = render_custom(OPEN, Custom({"template.yaml": HEAD, **texts}, settings))
    return {file.path: file.content for file in found}


def refused(texts: Mapping[str, str], **settings: str) -> list[tuple[str, str]]:
    """Codes and places of what is wrong."""
    with pytest.raises(DiagnosticError) as caught:
        made(texts, **settings)
    return [(item.code, item.place) for item in caught.value.diagnostics]


def test_files_are_made_for_each_of_a_list_with_what_was_set() -> None:
    manifest = f"""{HEAD}
variables:
  colour: {{type: choice, values: [red, blue], default: red}}
  days: {{type: list, default: [mon, tue]}}
flags:
  charts: {{default: false}}
  boxed: {{feature: docker}}
rules:
  - {{files: "docs/*", each: entities}}
  - {{files: "*.d/*", each: days}}
  - {{files: "charts.txt", when: charts}}
  - {{files: "box.txt", when: boxed}}
"""
    texts = {
        "template.yaml": manifest,
        "files/docs/{{ entity.names.module }}.txt.j2": "{{ entity.names.cls }} is {{ colour }}\n",
        "files/{{ colour }}.d/{{ entity }}.txt": "{{ plain }}\n",
        "files/charts.txt": "charts\n",
        "files/box.txt": "box\n",
    }
    assert made(texts) == {
        "docs/shelf.txt": "Shelf is red\n",
        "docs/book.txt": "Book is red\n",
        "red.d/mon.txt": "{{ plain }}\n",
        "red.d/tue.txt": "{{ plain }}\n",
    }
    assert made(texts, colour="blue", days="sun", charts="yes").keys() == {
        "docs/shelf.txt",
        "docs/book.txt",
        "blue.d/sun.txt",
        "charts.txt",
    }


def test_what_is_inherited_is_there_and_single_files_are_overridden() -> None:
    below = made({"template.yaml": f"{HEAD}inherits: fastapi_sqlalchemy\n"})
    texts = {
        "template.yaml": f"{HEAD}inherits: fastapi_sqlalchemy\nomit: [.env.example.j2]\n",
        "files/app/routers/health.py.j2": "# {{ project.title }}\n",
        "slots/settings.j2": "    more: int = 1\n",
    }
    found = made(texts)
    assert found.keys() == below.keys() - {".env.example"}
    assert found["app/routers/health.py"] == "# Library\n"
    changed = {path for path in found if found[path] != below[path]}
    assert changed == {"app/routers/health.py", "app/core/config.py"}
    assert "    more: int = 1\n" in found["app/core/config.py"]


def test_the_starter_is_right_on_every_sample() -> None:
    texts = {path: file.content for path, file in starter("my-first", "fastapi_sqlalchemy").items()}
    for blueprint in (ACCOUNTS, OPEN):
        paths = {file.path for file in render_custom(blueprint, Custom(texts))}
        assert {"app/main.py", "app/routers/health.py"} < paths


MISTAKES = {
    "no YAML": ({"template.yaml": "name: mine\nrules: [\n"}, ("template-manifest", "template.yaml:3")),
    "a bomb": ({"template.yaml": f"{HEAD}omit: &a [x]\nrules: *a\n"}, ("template-manifest", "template.yaml")),
    "no key": ({"template.yaml": f"{HEAD}colour: red\n"}, ("template-manifest", "template.yaml:3")),
    "a bad rule": (
        {"template.yaml": f"{HEAD}rules:\n  - {{files: x, each: 3}}\n"},
        ("template-manifest", "template.yaml:4"),
    ),
    "nothing matches": ({"template.yaml": f"{HEAD}rules:\n  - files: x\n"}, ("template-rule", "template.yaml:4")),
    "no such list": (
        {"template.yaml": f'{HEAD}rules:\n  - files: "x"\n    each: entitys\n', "files/x": ""},
        ("template-rule", "template.yaml:5"),
    ),
    "no such flag": (
        {"template.yaml": f"{HEAD}rules:\n  - {{files: x, when: dokker}}\n", "files/x": ""},
        ("template-flag", "template.yaml:4"),
    ),
    "nothing to leave out": ({"template.yaml": f"{HEAD}omit: [x]\n"}, ("template-rule", "template.yaml:3")),
    "no such template": ({"template.yaml": f"{HEAD}inherits: flask\n"}, ("template-inherits", "template.yaml")),
    "no such package": (
        {"template.yaml": f"{HEAD}dependencies:\n  - fastapy\n"},
        ("template-dependency", "template.yaml:4"),
    ),
    "no such variable": ({"files/a.j2": "\n{{ projekt }}\n"}, ("template-variable", "files/a.j2:2")),
    "no such name in a path": ({"files/{{ x }}.txt": ""}, ("template-variable", "files/{{ x }}.txt (its name)")),
    "entity without each": ({"files/a.j2": "{{ entity.names }}"}, ("template-variable", "files/a.j2:1")),
    "no such slot": (
        {"template.yaml": f"{HEAD}inherits: base\n", "slots/setings.j2": ""},
        ("template-slot", "slots/setings.j2"),
    ),
    "no such part": ({"files/a.j2": '\n\n{% include "parts/b" %}'}, ("template-include", "files/a.j2:3")),
    "no Jinja": ({"files/a.j2": "x\n{% if %}\n"}, ("template-syntax", "files/a.j2:2")),
    "no such filter": ({"files/a.j2": "\n{{ 1 | nosuch }}"}, ("template-syntax", "files/a.j2:2")),
    "no such attribute": ({"files/a.j2": "\n{{ project.colour }}"}, ("template-render", "files/a.j2:2")),
    "a fault in a part": (
        {"files/a.j2": '{% include "parts/b" %}', "parts/b": "\n{{ 1 / 0 }}"},
        ("template-render", "parts/b:2"),
    ),
    "out of the project": (
        {"template.yaml": f'{HEAD}variables:\n  to: {{type: text, default: ".."}}\n', "files/{{ to }}/a": ""},
        ("template-path", "files/{{ to }}/a (its name)"),
    ),
    "an absolute path": (
        {"template.yaml": f'{HEAD}variables:\n  to: {{type: text, default: "/etc"}}\n', "files/{{ to }}/a": ""},
        ("template-path", "files/{{ to }}/a (its name)"),
    ),
    "what is ours": ({"files/.codebegen/generated.json": ""}, ("template-path", "files/.codebegen/generated.json")),
    "two to one path": (
        {"template.yaml": f"{HEAD}rules:\n  - {{files: a, each: entities}}\n", "files/a": ""},
        ("template-path", "files/a"),
    ),
    "file and folder": (
        {"template.yaml": f"{HEAD}variables:\n  b: {{type: text, default: a}}\n", "files/a": "", "files/{{ b }}/c": ""},
        ("template-path", "files/{{ b }}/c"),
    ),
    "no Python": ({"files/a.py.j2": "def {{ project.name }}:\n"}, ("template-python", "files/a.py.j2")),
    "a name that is taken": (
        {"template.yaml": f"{HEAD}variables:\n  auth: {{type: text, default: x}}\n"},
        ("template-variable", "template.yaml: auth"),
    ),
    "a default of another type": (
        {"template.yaml": f"{HEAD}variables:\n  n: {{type: integer, default: many}}\n"},
        ("template-variable", "template.yaml: variables.n"),
    ),
    "no value": (
        {"template.yaml": f"{HEAD}variables:\n  n: {{type: integer}}\n"},
        ("template-setting", "--set n"),
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_are_told_with_their_place(name: str) -> None:
    texts, found = MISTAKES[name]
    assert refused(texts) == [found]


@pytest.mark.parametrize(("name", "value"), [("nosuch", "1"), ("n", "many"), ("colour", "green"), ("lit", "perhaps")])
def test_what_is_set_must_fit(name: str, value: str) -> None:
    manifest = f"""{HEAD}
variables:
  n: {{type: integer, default: 1}}
  colour: {{type: choice, values: [red], default: red}}
flags:
  lit: {{default: true}}
"""
    assert refused({"template.yaml": manifest}, **{name: value}) == [("template-setting", f"--set {name}")]


def test_only_what_a_template_declares_itself_is_set() -> None:
    texts = {"template.yaml": f"{HEAD}inherits: fastapi_basic\n"}
    assert refused(texts, flat="no") == [("template-setting", "--set flat")]


HOSTILE = (
    "{{ ''.__class__ }}",
    "{{ ''['__class__'] }}",
    "{{ entities[0].__init__.__globals__ }}",
    "{{ entities | map(attribute='__class__') | join }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ '%s'.format.__self__ }}",
    "{{ '{0.__class__}'.format(1) }}",
    "{{ entities.append(1) }}",
    "{{ range(999999999) }}",
    "{{ project.update(name='x') }}",
    "{% include '/etc/passwd' %}",
    "{% include '../../template.yaml' %}",
    "{% import 'os' as os %}",
    "{{ none.x }}",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_is_reached_beyond_the_texts(text: str) -> None:
    assert [place for _, place in refused({"files/a.j2": text})] == ["files/a.j2:1"]


def test_a_part_of_the_blueprint_shows_its_fields_and_nothing_that_reads_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text("{}")
    environment = Renderer({}).environment
    entity = OPEN.entities[0]
    assert environment.from_string("{{ e.name }}").render(e=entity) == "Shelf"
    for text in (f"{{{{ e.parse_file('{secret}') }}}}", "{{ e.model_dump() }}", "{{ e.parse_raw('x') }}"):
        with pytest.raises(Exception, match=r"unsafe|undefined"):
            environment.from_string(text).render(e=entity)


def test_folders_are_read_with_bounds_and_without_links(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert codes(folder) == ["template-missing"]
    (folder / "files").mkdir(parents=True)
    assert codes(folder) == ["template-missing"]
    (folder / "template.yaml").write_text(HEAD)
    assert read_custom(folder).texts == {"template.yaml": HEAD}
    (folder / "files" / "link").symlink_to("/etc/passwd")
    assert codes(folder) == ["template-link"]
    (folder / "files" / "link").unlink()
    (folder / "files" / "bytes").write_bytes(b"\xff\xfe")
    assert codes(folder) == ["template-text"]
    (folder / "files" / "bytes").write_bytes(b"x" * 5_000_000)
    assert codes(folder) == ["template-size"]


def codes(folder: Path) -> list[str]:
    with pytest.raises(DiagnosticError) as caught:
        read_custom(folder)
    return [item.code for item in caught.value.diagnostics]
