"""What a practitioner expects in the backends that people ask for most: entities, fields, relations, by domain.

The sources are the YAML files in `domains/`, one per domain, for people to read and edit. `build` compiles them into
one JSON file that loads in milliseconds at first use; importing this package reads nothing.
Everything here is a hint: it completes what a description leaves thin and never overrides what it says.
"""

from codebegen.understanding.embedded.catalogue.match import Match, match_domains
from codebegen.understanding.embedded.catalogue.model import (
    CatalogueDomain,
    CatalogueEntity,
    CatalogueField,
    CatalogueRelation,
)
from codebegen.understanding.embedded.catalogue.store import domain, domains, entity, named

__all__ = [
    "CatalogueDomain",
    "CatalogueEntity",
    "CatalogueField",
    "CatalogueRelation",
    "Match",
    "domain",
    "domains",
    "entity",
    "match_domains",
    "named",
]
