"""One schema in every layout that people use: typed bullets, columns, tables with and without frames, notations."""

import pytest

from codebegen.understanding import understand

LAYOUTS = {
    "typed bullets": """
Garage
- name: string(80), required, unique
- opened_on: date, optional
- kind: enum(public, private, staff)
- floors: integer, 1 to 12
Gate
- garage: -> Garage
- serial_no: text, unique
- is_open: boolean, default false
- height_cm: number, not negative
""",
    "columns by spaces": """The backend keeps:

Garage
  name       string(80), unique
  opened_on  date, can be null
  kind       public | private | staff
  floors     whole number, 1 to 12
Gate
  garage     -> Garage
  serial_no  text, unique
  is_open    yes/no, default no
  height_cm number, not negative
""",
    "columns by tabs": (
        "Garage\nname\tstring(80) unique\nopened_on\tdate, nullable\nkind\tpublic/private/staff\nfloors\tint 1-12\n\n"
        "Gate\ngarage\tref Garage\nserial_no\tstring unique\nis_open\tbool\nheight_cm\tdecimal >= 0\n"
    ),
    "words of SQL": """Entities
- Garage: name varchar(80) not null unique, opened_on date null, kind enum('public','private','staff'), \
floors int check (floors between 1 and 12)
- Gate: garage_id fk garages, serial_no varchar unique not null, is_open boolean default false, height_cm numeric >= 0
""",
    "dashes": """## Garage
- name — string, max 80 chars, unique
- opened_on — date (optional)
- kind — one of public | private | staff
- floors — int, between 1 and 12

## Gate
- garage — FK to Garage
- serial_no — string, unique
- is_open — bool, default false
- height_cm — decimal, min 0
""",
    "brackets": """**Garage**
* name (string, max 80, unique)
* opened_on (date, optional)
* kind (enum: public, private, staff)
* floors (int, 1-12)

**Gate**
* garage_id (FK → Garage)
* serial_no (string, unique)
* is_open (boolean, default false)
* height_cm (decimal, >= 0)
""",
    "types of a program": """1. **Garage**
   - `name`: String! (max 80, unique)
   - `opened_on`: Date?
   - `kind`: 'public' | 'private' | 'staff'
   - `floors`: Int (1..12)
2. **Gate**
   - `garage`: Garage!
   - `serial_no`: String! unique
   - `is_open`: Boolean = false
   - `height_cm`: Decimal, >= 0
""",
    "a table for each thing": """### Garage
| column | type | required | unique | notes |
|---|---|---|---|---|
| name | varchar(80) | yes | yes | |
| opened_on | date | no | no | |
| kind | enum | yes | no | public, private, staff |
| floors | int | yes | | 1-12 |

### Gate
| column | type | required | unique | notes |
|---|---|---|---|---|
| garage_id | int | yes | | FK to Garage |
| serial_no | varchar | yes | yes | |
| is_open | boolean | yes | | default false |
| height_cm | decimal | yes | | >= 0 |
""",
    "a table with bands": """| Field | Type | Constraints |
|---|---|---|
| **Garage** | | |
| name | string | max length 80, unique |
| opened_on | date | nullable |
| kind | public, private, staff | |
| floors | integer | min 1, max 12 |
| **Gate** | | |
| garage | Garage | required |
| serial_no | string | unique |
| is_open | bool | default: false |
| height_cm | decimal | >= 0 |
""",
    "a table of all": """| entity | field | type | rules |
|---|---|---|---|
| Garage | name | string(80) | unique |
| | opened_on | date | optional |
| | kind | enum(public, private, staff) | |
| | floors | int | 1..12 |
| Gate | garage | ref Garage | |
| | serial_no | string | unique |
| | is_open | bool | |
| | height_cm | decimal | >= 0 |
""",
    "a pasted sheet": """entity,field,type,constraints
Garage,name,string(80),unique
Garage,opened_on,date,optional
Garage,kind,enum(public/private/staff),
Garage,floors,int,1-12
Gate,garage,ref Garage,
Gate,serial_no,string,unique
Gate,is_open,bool,
Gate,height_cm,decimal,>= 0
""",
    "marks": """\
Garage: id PK, name* (string, max 80, unique), opened_on? (date), kind (public|private|staff), floors (int 1-12)
Gate: id PK, garage_id FK Garage, serial_no* (string unique), is_open (bool), height_cm (decimal >=0)
""",
    "braces": """\
Garage { name: string unique max 80, opened_on: date?, kind: public|private|staff, floors: int 1..12 }
Gate { garage: Garage, serial_no: string unique, is_open: bool, height_cm: decimal >= 0 }
""",
    "semicolons": """\
GARAGE: name (text 80, unique); opened_on (date, may be empty); kind = public / private / staff; \
floors (whole number from 1 to 12)
GATE: belongs to GARAGE; serial_no (text, unique); is_open (yes/no); height_cm (number, at least 0)
""",
    "bullets under bullets": """- Garage
  - name
    - string
    - unique
    - max 80
  - opened_on
    - date
    - optional
  - kind
    - public
    - private
    - staff
  - floors
    - int
    - 1 to 12
- Gate
  - garage
    - FK to Garage
  - serial_no
    - string
    - unique
  - is_open
    - boolean
  - height_cm
    - decimal
    - min 0
""",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_schema_is_read_in_every_layout(layout: str) -> None:
    blueprint = understand(LAYOUTS[layout]).blueprint
    assert blueprint is not None
    fields = {f"{e.name}.{f.name}": f for e in blueprint.entities for f in e.fields if f.origin == "stated"}
    types = {name: "string" if field.type == "text" else field.type for name, field in fields.items()}
    assert types == {
        "Garage.name": "string",
        "Garage.opened_on": "date",
        "Garage.kind": "enum",
        "Garage.floors": "integer",
        "Gate.serial_no": "string",
        "Gate.is_open": "boolean",
        "Gate.height_cm": "decimal",
    }
    assert fields["Garage.name"].unique
    assert fields["Garage.name"].max_length == 80
    assert not fields["Garage.opened_on"].required
    assert fields["Garage.kind"].values == ("public", "private", "staff")
    assert (fields["Garage.floors"].min, fields["Garage.floors"].max) == (1, 12)
    assert fields["Gate.serial_no"].unique
    assert fields["Gate.height_cm"].min == 0
    relations = [(e.name, r.name, r.kind, r.target) for e in blueprint.entities for r in e.relations]
    assert relations == [("Gate", "garage", "many_to_one", "Garage")]


def test_two_spaces_in_a_sentence_are_no_columns() -> None:
    one = "A garage has a name.  It has many gates.\nA gate  has a height and a colour.\n"
    blueprint, same = understand(one).blueprint, understand(one.replace("  ", " ")).blueprint
    assert blueprint is not None
    assert same is not None
    assert [e.name for e in blueprint.entities] == [e.name for e in same.entities]


def test_a_glossary_says_what_each_thing_has() -> None:
    blueprint = understand(
        "Vocabulary\n\nworkshop     name (unique), street, city\n"
        "order        one commission of a workshop: subject, due date, price in euros\n"
        "assignment   order x mechanic: hours, role (lead | helper)\n"
        "mechanic     name, phone, hourly rate\n"
    ).blueprint
    assert blueprint is not None
    keys = {(e.name, r.target) for e in blueprint.entities for r in e.relations}
    assert {("Order", "Workshop"), ("Assignment", "Order"), ("Assignment", "Mechanic")} <= keys
    assert {f.name for e in blueprint.entities if e.name == "Order" for f in e.fields if f.origin == "stated"} == {
        "subject",
        "due_date",
        "price",
    }


LISTED = {
    "a term over what it means": (
        "Our library\n\n`books`\n: title, type (novel / comic), pages\n\n`loans`\n: of a book: day, due on, remark\n",
        {"Book": {"title", "type", "pages"}, "Loan": {"day", "due_on", "remark"}},
    ),
    "ticks and crosses": (
        "Must have\n✓ Books: title, isbn, pages\n✓ Readers: name, phone\n\nWon't have\n✗ Payments by card\n",
        {"Book": {"title", "isbn", "pages"}, "Reader": {"name", "phone"}},
    ),
    "labels that count": (
        "R1 A book (title, pages) stands on a shelf (code, floor).\nR2 Readers have a name.\nR3 Loans: day, due on\n",
        {"Book": {"title", "pages"}, "Shelf": {"code", "floor"}, "Reader": {"name"}, "Loan": {"day", "due_on"}},
    ),
    "a list behind what a thing is": (
        "**Loans**: a reader takes a book home: day, due on, remark\n\n**Books**: title, pages\n",
        {"Loan": {"day", "due_on", "remark"}, "Book": {"title", "pages"}},
    ),
    "a clause under a title": (
        "# Library\n### Book\nTitle, pages.\n### Loan\nA reader takes a book: day, due on, remark.\n",
        {"Book": {"title", "pages"}, "Loan": {"day", "due_on", "remark"}},
    ),
    "a name alone, then data alone": (
        "The library\n1. Shelf: code, floor\n2. Books. A book is on a shelf. Title, pages, level: children, adult.\n",
        {"Shelf": {"code", "floor"}, "Book": {"title", "pages", "level"}},
    ),
    "numbered titles over paragraphs": (
        "Reading\n\n1. Books\nTitle, pages, price.\n\n2. Loans\nA reader takes a book: day, due on, remark.\n",
        {"Book": {"title", "pages", "price"}, "Loan": {"day", "due_on", "remark"}},
    ),
    "typed data under a word that also names a section": (
        "Books\n1) Shelf\n   - code (text)\n2) Assignment\n   - shelf (Shelf)\n   - day (date)\n   - pages (number)\n",
        {"Shelf": {"code"}, "Assignment": {"day", "pages"}},
    ),
    "things under things": (
        "Reading groups (for people at work)\n\n+ Book\n  + pages, price\n+ Opening talk\n  + day, remark\n",
        {"Book": {"pages", "price"}, "OpeningTalk": {"day", "remark"}},
    ),
    "a head that ends in a verb": (
        "Library. shelf: code, floor. openings log: shelf, opened at, remark. visit per shelf: day, minutes.",
        {"Shelf": {"code", "floor"}, "OpeningsLog": {"opened_at", "remark"}, "Visit": {"day", "minutes"}},
    ),
    "values behind the last name": (
        "- Books\n  - title, pages, level: children, adult\n  - have copies: barcode, bought on\n",
        {"Book": {"title", "pages", "level"}, "Copy": {"barcode", "bought_on"}},
    ),
}


@pytest.mark.parametrize("layout", LISTED)
def test_data_are_those_of_the_thing_that_they_are_listed_for(layout: str) -> None:
    text, wanted = LISTED[layout]
    blueprint = understand(text).blueprint
    assert blueprint is not None
    found = {entity.name: {field.name for field in entity.fields} for entity in blueprint.entities}
    missing = {name: data - found.get(name, set()) for name, data in wanted.items()}
    assert not any(missing.values()), found


def test_a_line_that_begins_with_a_size_is_no_numbered_one() -> None:
    blueprint = understand("Print shop\nA4 sheets have a price and a weight.\nA3 sheets have a price.").blueprint
    assert blueprint is not None
    assert "Sheet" in {name[-5:] for name in blueprint.entities_by_name}
