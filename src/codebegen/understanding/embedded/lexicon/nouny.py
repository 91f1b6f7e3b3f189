"""Verb forms that are nouns as a rule, and which of those are verbs behind a subject."""

# Verb forms that are far more often something else.
NOT_VERBS = frozenset(
    "number type state position model plate name title value size time status unit level amount price date "
    "address phone user "
    "people need needs second found left saw found read's trainer building meeting opening rating "
    "setting painting "
    "listing booking viewing reading planting training billing shipping offering clothing recording posting "
    "drawing building "
    "feed bill bills cover covers parks park water ship's star stars pass host's fan leads reported-by being "
    "warehouse mother "
    "class lead leads stock mark marks act acts score scores point points grade grades weight board boards "
    "head heads "
    "fund funds test tests photo plant plants train trains play plays ticket tickets file files image images "
    "bug bugs dish water "
    "vet vets project projects issue issues answer answers question questions report-reason coach coaches "
    "guide guides produce "
    "fire fires print prints feature features experience experiences design designs notes credits hours cost "
    "costs rank ranks "
    "model models group groups label labels point page pages service services support supports work-email "
    "form forms "
    "register-number license sample samples score treatment visit visits interview interviews sponsor "
    "sponsors host "
    "hosts invoice invoices charge charges log logs return returns race races fit rates".split()
)


# Of those, the ones that are verbs after a plural or personal subject ("hosts own", "teams play", "users rate").
VERB_AFTER_SUBJECT = frozenset(
    "lead leads stock mark score scores grade grades head heads fund test file files plant train play plays "
    "answer answers report "
    "coach guide print visit visits interview sponsor sponsors host hosts invoice log return returns race "
    "group label work works "
    "cover covers feed star produce issue issues log rates rate support charge ship pass read feature design register fit found left saw".split()  # noqa: E501
)
