"""Section roles: what a heading or a lead-in (`Roles:`, `Business rules`, `Out of scope`) says about what follows."""

import re
from functools import lru_cache
from typing import Literal

Role = Literal[
    "",
    "entities",
    "fields",
    "relations",
    "rules",
    "access",
    "features",
    "endpoints",
    "workflow",
    "overview",
    "out",
    "name",
    "roles",
]

_ROLES: tuple[tuple[Role, str], ...] = (
    (
        "out",
        r"out of scope|not (?:included|needed|required|in scope|part)|non[- ]?goals?|won'?t|later|future(?: work| ideas)?|excluded|exclusions|ideas for later|nice to have later|don'?ts?|not now",  # noqa: E501
    ),
    (
        "relations",
        r"relation(?:s|ships?)?(?: between .*)?|associations?|(?:how )?(?:they|things|it all) (?:relate|fit together|connect|hang together)|facts|links|connections|how .* relate.*|references",  # noqa: E501
    ),
    (
        "roles",
        r"(?:user )?roles|user types|actors|personas|types of users|log ?ins?|who (?:can |may )?(?:logs? in|uses it)",
    ),
    (
        "access",
        r"permissions?|access(?: control| rights| rules)?|who(?: (?:can|may|is allowed to|does|uses?) .*)?|security(?: rules)?|authori[sz]ations?|rights|roles (?:and|&) permissions?|users? (?:and|&) roles?|user roles and .*",  # noqa: E501
    ),
    (
        "workflow",
        r"(?:[\w -]+ )?(?:states|workflows?|life ?cycle|status flow|transitions)|workflows?|status(?: flow| workflow| changes)?|life ?cycle|state(?:s| machine)?|process|status transitions|transitions|flows?|life|stages?|phases?|path|journey",  # noqa: E501
    ),
    (
        "rules",
        r"(?:business |domain |important |main )?(?:rules?|logic|constraints)(?: to respect)?|validations?(?: rules)?|acceptance(?: criteria)?|invariants|restrictions|conditions|limits|policies and rules|constraints?",  # noqa: E501
    ),
    ("endpoints", r"(?:api |rest |main )?(?:end ?points?|routes|operations)|api(?: design| surface)?|urls?"),
    (
        "features",
        r"(?:key |main |other |extra |technical )?features?|non[- ]?functional(?: requirements?)?|tech(?:nical)?(?: stack| details| requirements?| notes)?|stack|infrastructure|technolog(?:y|ies)|deployment|extras?|also|misc(?:ellaneous)?|other(?: things| requirements)?|quality|delivery|platform|database|db|auth(?:entication)?|nice to haves?|integrations?|tooling|bonus|constraints and tech",  # noqa: E501
    ),
    ("fields", r"(?:.* )?(?:fields?|attributes?|properties|columns)"),
    (
        "entities",
        r"(?:main |core |data |domain |key |the |database |business )*(?:entit(?:y|ies)|models?|tables?|objects?|resources?|schemas?|collections?|data|domain|things|types|nouns|structure|vocabulary|glossary|terms|terminology|dictionary)(?: model| models| overview| we .*| to .*|base)?|data ?models?|what (?:we|i|to|it) (?:store|save|keep|track|need to store)s?.*|we (?:store|keep|track|have|need).*|data we (?:store|keep)",  # noqa: E501
    ),
    (
        "overview",
        r"overview|goals?|description|introduction|about(?: .*)?|background|context|summary|purpose|what it is|the idea|idea|objectives?|requirement|feature|scenario|user stories|stories|requirements|functional requirements|use cases|scope|notes?|task|assignment|problem|vision",  # noqa: E501
    ),
    (
        "name",
        r"name|title|subject|epic|project(?: name)?|(?:app|system|service|product|api) name|app(?:lication)?",
    ),
)
_PATTERNS = tuple((role, re.compile(rf"(?:{pattern})$")) for role, pattern in _ROLES)


@lru_cache(maxsize=1024)
def role_of(title: str) -> Role:
    """The role of a section title; empty if the title says nothing of the kind."""
    plain = re.sub(r"^[\d.)\s]+|[\s:.\d]+$", "", title.lower()).strip()
    return next((role for role, pattern in _PATTERNS if pattern.match(plain)), "")
