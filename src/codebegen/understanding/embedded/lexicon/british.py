"""British spellings: read as the American word the lexicon knows; names keep the author's spelling."""

_PAIRS = """
colour color, favourite favorite, favour favor, flavour flavor, neighbour neighbor, behaviour behavior, labour labor,
honour honor, humour humor, rumour rumor, harbour harbor, licence license, organisation organization,
organiser organizer, enrolment enrollment, centre center, theatre theater, metre meter, litre liter, catalogue catalog,
programme program, cheque check, jewellery jewelry, tyre tire, grey gray, defence defense, offence offense,
specialisation specialization, categorisation categorization, authorisation authorization,
visualisation visualization, customisation customization, instalment installment, fulfilment fulfillment,
mould mold,
draught draft, plough plow, kerb curb, storey story, artefact artifact, cosy cozy, paediatrician pediatrician
"""
# Words that the lexicon knows in their British form already, or that mean something else in their American one.
_KNOWN = frozenset("theatre catalogue programme cheque metre litre storey draught tyre".split())


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for pair in _PAIRS.replace("\n", " ").split(","):
        british, american = pair.split()
        if british not in _KNOWN:
            table |= {british: american, f"{british}s": f"{american}s"}
    return table


BRITISH = _table()
"""British spelling → the word that is looked up, singular and plural."""
