"""How well descriptions are understood, against hand-written gold files; in-process, so that it is quick.

    python -m codebegen.understanding.score tests/corpus/shared tests/corpus/dev --worst 5

Gold file (YAML), every key but `prompt` and `entities` optional:
    prompt: text          thin: true when most must be inferred          style: of the text, for the table
    entities: [A, B|C]    `|` separates accepted names; User is always tolerated
    fields: {A.name: type}     type, or null to leave it open: string integer decimal float boolean date datetime enum list file json
    relations: ["A > B" (many to one), "A - B" (one to one), "A <> B" (many to many), "A.name > B"]
    enums: {A.field: [values]}     unique: [A.field, "A(b,c)"]     ranges: {A.field: [min, max]} (of a text: its length)
    stack: fastapi_postgres         features: [keys]     roles: [names]     transitions: {A.field: ["x>y"]}
    tolerate: [A, A.field, A.*, "A > B"]    neither a miss nor a false alarm; a relation may read "A > B or A <> B"

Counted: recall over everything in gold; precision over what the blueprint marks `origin: stated` (all of it when thin).
"""

# ruff: noqa
# mypy: ignore-errors
# The arithmetic below is the reference scorer, kept as it is so that figures compare; only `main` is of this project.
import argparse
import pathlib
import re
import time
from typing import Any

import yaml

from codebegen.blueprint import plan
from codebegen.blueprint.passes import complete
from codebegen.understanding import understand

FAMILY = {
    "string": "string",
    "str": "string",
    "text": "string",
    "email": "string",
    "url": "string",
    "phone": "string",
    "slug": "string",
    "markdown": "string",
    "uuid": "string",
    "password": "string",
    "color": "string",
    "country": "string",
    "currency": "string",
    "ip": "string",
    "time": "time",
    "duration": "integer",
    "integer": "integer",
    "int": "integer",
    "bigint": "integer",
    "decimal": "decimal",
    "money": "decimal",
    "float": "decimal",
    "number": "decimal",
    "percent": "integer",
    "boolean": "boolean",
    "bool": "boolean",
    "date": "date",
    "datetime": "date",
    "timestamp": "date",
    "enum": "enum",
    "list": "list",
    "array": "list",
    "json": "json",
    "file": "string",
    "image": "string",
    "geo": "json",
}


def snake(name):
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def singular(word):
    for end, new in (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x")):
        if word.endswith(end):
            return word[: -len(end)] + new
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def key(name):
    parts = snake(name).split("_")
    parts = parts[1:] if parts[0] == "is" and len(parts) > 1 else parts
    return "_".join(parts[:-1] + [singular(parts[-1])])


def same(gold, name, owner=""):
    """Whether `name` is one of the `|`-separated gold names, an entity prefix set aside."""
    got = key(name)
    for alt in gold.split("|"):
        want = key(alt)
        if got == want or got == f"{key(owner)}_{want}" or f"{key(owner)}_{got}" == want:
            return True
    return False


def plain(value):
    """An enum value without case, spaces, dashes; codes such as A+ and O- keep their sign."""
    return re.sub(r"[\s-]+(?=\w)", "_", str(value).strip().lower())


def ref_parts(ref):
    """Owners and names of a reference: `A|B.x|y` and `A.x|B.x` both accept either owner, either name."""
    owners, names = [], []
    for token in ref.split("|"):
        owner, dot, name = token.rpartition(".")
        if dot:
            owners.append(owner)
            names.append(name)
        else:
            (names if names else owners).append(token)
    return "|".join(owners), "|".join(names)


def f1(tp: int, fn: int, fp: int) -> float:
    return 2 * tp / (2 * tp + fn + fp) if tp + fn + fp else 1.0


def score(gold, bp):
    thin, ents = gold.get("thin", False), bp.get("entities") or []
    for e in ents:
        for part in ("fields", "relations", "unique_together"):
            e[part] = e.get(part) or []
    counted = [e for e in ents if thin or e.get("origin", "stated") == "stated"]
    out = {
        "entity": [0, 0, 0],
        "added": 0,
        "field": [0, 0, 0],
        "relation": [0, 0, 0],
        "type": [0, 0],
        "rest": [0, 0],
        "missed": [],
    }
    match = {}
    for want in gold["entities"]:
        hit = next((e for e in ents if same(want, e["name"]) and e["name"] not in match.values()), None)
        hit = hit or next((e for e in ents if same(want, e["name"])), None)
        if hit:
            match[want] = hit["name"]
            out["entity"][0] += 1
        else:
            out["entity"][1] += 1
            out["missed"].append(f"entity {want}")
    by_name = {e["name"]: e for e in ents}

    def find(ref):
        for want, name in match.items():
            if set(ref.split("|")) & set(want.split("|")):
                return by_name[name]
        return next((e for e in ents if same(ref, e["name"])), None)

    out["added"] = sum(e.get("origin", "stated") != "stated" for e in ents)
    free = gold.get("tolerate") or []
    loose = lambda name: key(name) == "user" or any(same(t, name) for t in free if not re.search(r"[.<>]| - ", t))
    if not thin:
        out["entity"][2] = sum(e["name"] not in match.values() and not loose(e["name"]) for e in counted)

    def field(ref):
        owner, names = ref_parts(ref)
        ents_ = [e for o in owner.split("|") if (e := find(o))]
        hits = [(e, f) for e in ents_ for f in e.get("fields", []) if same(names, f["name"], e["name"])]
        return hits[0] if hits else (ents_[0] if ents_ else None, None)

    def spare(ent, name):
        pairs = [ref_parts(t) for t in free if "." in t and not re.search(r"[<>]| - ", t)]
        return any((find(o) or {}).get("name") == ent and (n == "*" or same(n, name, ent)) for o, n in pairs)

    used = set()
    for ref, want_type in (gold.get("fields") or {}).items():
        ent, fld = field(ref)
        if not fld:
            out["field"][1] += 1
            out["missed"].append(f"field {ref}")
            continue
        out["field"][0] += 1
        used.add((ent["name"], fld["name"]))
        if not want_type:
            continue
        out["type"][1] += 1
        ok = FAMILY.get(fld.get("type"), fld.get("type")) == FAMILY.get(want_type, want_type)
        out["type"][0] += ok
        if not ok:
            out["missed"].append(f"type {ref}: {fld.get('type')} is not {want_type}")
    if not thin:
        out["field"][2] = sum(
            (e["name"], f["name"]) not in used
            and f.get("origin", "stated") == "stated"
            and not spare(e["name"], f["name"])
            for e in counted
            if e["name"] in match.values()
            for f in e.get("fields", [])
        )

    edges = [(e["name"], r) for e in ents for r in e.get("relations", [])]
    hit_edges = set()

    def edge(text):
        """Index of an edge that is what `text` says, not taken yet."""
        left, op, right = re.match(r"(.+?)\s+(<>|>|-)\s+(.+)", text).groups()
        src, _, role = left.partition(".")
        a, b = find(src), find(right)
        kinds = {">": {"many_to_one", "one_to_one"}, "-": {"one_to_one"}, "<>": {"many_to_many"}}[op]
        for i, (name, r) in enumerate(edges):
            if not a or not b or i in hit_edges or r.get("kind") not in kinds or (role and not same(role, r["name"])):
                continue
            forward = name == a["name"] and r["target"] == b["name"]
            backward = op != ">" and name == b["name"] and r["target"] == a["name"]
            if forward or backward:
                return i

    for text in gold.get("relations") or []:
        hit = next((i for alt in text.split(" or ") if (i := edge(alt)) is not None), None)
        if hit is None:
            out["relation"][1] += 1
            out["missed"].append(f"relation {text}")
        else:
            hit_edges.add(hit)
            out["relation"][0] += 1
    for text in (t for t in free if re.search(r"[<>]| - ", t)):
        while (hit := next((i for alt in text.split(" or ") if (i := edge(alt)) is not None), None)) is not None:
            hit_edges.add(hit)
    if not thin:
        out["relation"][2] = sum(
            i not in hit_edges and r.get("origin", "stated") == "stated" for i, (_, r) in enumerate(edges)
        )

    def rest(ok, label):
        out["rest"][0] += bool(ok)
        out["rest"][1] += 1
        if not ok:
            out["missed"].append(label)

    for ref, values in (gold.get("enums") or {}).items():
        _, f = field(ref)
        rest(f and {plain(v) for v in f.get("values") or []} >= {plain(v) for v in values}, f"enum {ref} {values}")
    for ref, (low, high) in (gold.get("ranges") or {}).items():
        _, f = field(ref)
        text = f and FAMILY.get(f.get("type")) == "string"
        have = [f.get("min_length" if text else "min"), f.get("max_length" if text else "max")] if f else [None, None]
        rest(
            f
            and all(
                w is None or (h is not None and abs(float(h) - float(w)) <= 0.01) for w, h in zip((low, high), have)
            ),
            f"range {ref}",
        )
    for ref in gold.get("unique") or []:
        if "(" in ref:
            owner, cols = ref[:-1].split("(")
            ent = find(owner)
            sets = [[key(c).removesuffix("_id") for c in u] for u in (ent or {}).get("unique_together", [])]
            rest(
                any(
                    len(u) == len(cols.split(",")) and all(any(same(c, x) for x in u) for c in cols.split(","))
                    for u in sets
                ),
                f"unique {ref}",
            )
        else:
            _, f = field(ref)
            rest(f and f.get("unique"), f"unique {ref}")
    keys = {f["key"] if isinstance(f, dict) else f for f in bp.get("features", [])}
    for want in gold.get("features") or []:
        rest(want in keys, f"feature {want}")
    if gold.get("stack"):
        rest(bp.get("stack") == gold["stack"], f"stack {gold['stack']}")
    for want in gold.get("roles") or []:
        rest(any(same(want, r["name"] if isinstance(r, dict) else r) for r in bp.get("roles", [])), f"role {want}")
    for ref, arrows in (gold.get("transitions") or {}).items():
        ent, f = field(ref)
        have = {
            (plain(s), plain(t["to"]))
            for m in (ent or {}).get("state_machines") or []
            for t in m.get("transitions") or []
            for s in t.get("from") or []
        }
        for arrow in arrows:
            rest(tuple(map(plain, arrow.split(">"))) in have, f"transition {ref} {arrow}")
    return out


def measure(path: pathlib.Path) -> tuple[dict[str, Any], dict[str, Any], float]:
    """The result of one gold file, and how long the engine took."""
    gold, start = yaml.safe_load(path.read_text()), time.perf_counter()
    blueprint = understand(gold["prompt"]).blueprint
    blueprint = complete(blueprint) if blueprint else None
    took = time.perf_counter() - start
    return gold, score(gold, plan(blueprint) if blueprint else {}), took


def main() -> None:
    """Score every file of the folders given."""
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("folders", nargs="+", type=pathlib.Path)
    ap.add_argument("--worst", type=int, default=0, help="print what was missed in the N worst files")
    args = ap.parse_args()
    for folder in args.folders:
        report(sorted(folder.glob("*.yaml")) if folder.is_dir() else [folder], args.worst, str(folder))


def report(paths: list[pathlib.Path], worst: int, label: str) -> None:
    """One line a file, what the worst missed, the totals."""
    total = {k: [0] * (2 if k in ("type", "rest") else 3) for k in ("entity", "field", "relation", "type", "rest")}
    rows = []
    for path in paths:
        gold, res, took = measure(path)
        for k in total:
            total[k] = [a + b for a, b in zip(total[k], res[k], strict=True)]
        rows.append(
            (path.stem, f1(*res["entity"]), f1(*res["field"]), f1(*res["relation"]), res["rest"], res["missed"], took)
        )
    for stem, e, f, r, rest, _, took in rows:
        print(
            f"{stem:28} entity {e:.2f}  field {f:.2f}  relation {r:.2f}  rest {rest[0]}/{rest[1]}  {1000 * took:.0f} ms"
        )
    for stem, *_, missed, _ in sorted(rows, key=lambda row: row[1] + row[2] + row[3])[:worst]:
        print(f"\n{stem}:", *missed, sep="\n  ")
    pct = lambda pair: f"{100 * pair[0] / pair[1]:.0f}" if pair[1] else "-"
    print(
        f"{label}: F1 entity/field/relation {100 * f1(*total['entity']):.0f}/{100 * f1(*total['field']):.0f}/{100 * f1(*total['relation']):.0f}"
        f", types {pct(total['type'])} %, constraints and the rest {pct(total['rest'])} %, files {len(rows)}"
    )


if __name__ == "__main__":
    main()
