"""Function words: what holds sentences together."""

DETERMINERS = frozenset(
    "a an the each every all any some no this that these those another other others its their his her our my your "
    "same both either neither such certain particular given specific own whose there".split()
) - {"either", "neither", "own", "whose"}
EACH = frozenset("each every any all".split())
POSSESSIVES = frozenset("its their his her our my your own there".split())
MANY = frozenset("many several multiple various numerous few different lots plenty unlimited zero any some".split()) - {
    "any",
    "some",
}
NUMBERS = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "dozen": 12,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "fifty": 50,
    "hundred": 100,
    "once": 1,
    "twice": 2,
    "single": 1,
}
COLLECTIONS = frozenset("list set number collection series group range amount pair kind type sort variety lot".split())
ORDINALS = frozenset("first second third fourth fifth".split())
PREPOSITIONS = frozenset(
    "of in on at by for from with to into onto within during against about per between among through via "
    "without than except besides "
    "under over around above below beyond across behind inside towards toward upon like as including regarding concerning".split()  # noqa: E501
)
CONJUNCTIONS = frozenset("and or but nor & plus n +".split())
MODALS = {
    "can": "can",
    "could": "can",
    "may": "can",
    "might": "can",
    "must": "must",
    "shall": "must",
    "should": "must",
    "will": "will",
    "would": "will",
    "wants": "can",
    "want": "can",
    "able": "can",
    "allowed": "can",
    "need": "must",
    "needs": "must",
    "cannot": "can",
    "can't": "can",
    "cant": "can",
    "couldn't": "can",
    "won't": "will",
    "mustn't": "must",
    "shouldn't": "must",
    "wont": "will",
    "mustnt": "must",
    "needn't": "free",
}
NEGATIONS = frozenset(
    "not never cannot can't cant couldn't won't wont mustn't mustnt shouldn't don't dont doesn't doesnt didn't "
    "isn't isnt aren't arent wasn't weren't neither nor hasn't haven't no without nobody".split()
)
BE = frozenset("is are was were be been being am isn't aren't wasn't weren't isnt arent".split())
DO = frozenset("do does did don't doesn't didn't dont doesnt".split())
PRONOUNS = frozenset(
    "it they them he she him we us me i you everyone everybody anyone anybody nobody someone somebody who which "
    "that whom "
    "itself themselves himself each-other people's one's this these those".split()
)
ANYONE = frozenset("everyone everybody anyone anybody guest guests visitor visitors public people world".split())
RELATIVES = frozenset("who which that whom whose".split())
WH = frozenset("when where who whom whether how what which why".split())
SUBORDINATORS = frozenset(
    "after before when whenever if unless until till while once because since so although though where as".split()
)
ADVERBS = frozenset(
    "only also then just always never usually finally first firstly next later too either both already again still "
    "often sometimes simply optionally directly additionally afterwards now soon once please basically basicaly "
    "obviously maybe perhaps even ever together online here exactly precisely typically normally actually really "
    "automatically manually freely currently initially eventually otherwise however therefore furthermore moreover "
    "respectively publicly privately later monthly weekly daily hourly yearly second secondly third thirdly last "
    "up out off lastly yet not never very quite eg etc".split()
) - {"monthly", "weekly", "daily", "hourly", "yearly", "second", "third", "last", "once", "online", "first"}
ADJECTIVES = frozenset(
    "sure little unique optional required mandatory new old own current different same available active inactive empty "
    "full free "
    "private public possible necessary simple small large big main single double short long first last "
    "maximum minimum "
    "max min maximal minimal total average expected scheduled planned actual next previous real personal own "
    "good bad "
    "best optional nullable editable visible hidden responsible several whole entire upcoming past future "
    "open monthly "
    "weekly daily nightly yearly annual hourly greater less higher lower larger smaller longer shorter "
    "earlier bigger older younger top final initial home local national foreign international medical legal "
    "financial professional social digital physical electronic able interested direct correct wrong true false "
    "pending overdue ongoing "
    "registered authenticated logged anonymous inappropriate related corresponding associated respective".split()
)
# Words without content of their own for a backend; they never count as something that was missed.
FILLER = frozenset(
    "hello hi hey please pls plz thx thanks thank ok okay obviously ofc course basically basicaly think "
    "similar kind "
    "sort thing things stuff way etc eg ie e.g. i.e. e.g i.e app application system platform service backend "
    "back-end "
    "api rest restful server software solution program project website site web tool database db want need "
    "would like "
    "build create make made simple small little basic complete full whole using use used user-friendly allow "
    "allows "
    "let lets able possible just also too as well following above below many some any u ur im i'm i'd we're "
    "it's let's "
    "good luck exercise week tutorial worry remember first next then finally now later frontend front-end crud "
    "everything anything something information info data details detail model models entity entities field fields "
    "table tables record records object objects feature features requirement requirements endpoint endpoints".split()
)

UNITS = {
    "kilogram": "kg",
    "kilograms": "kg",
    "kg": "kg",
    "kgs": "kg",
    "gram": "g",
    "grams": "g",
    "g": "g",
    "ton": "t",
    "tons": "t",
    "tonnes": "t",
    "pounds": "lb",
    "lbs": "lb",
    "ounces": "oz",
    "cm": "cm",
    "centimeters": "cm",
    "centimetres": "cm",
    "mm": "mm",
    "millimeters": "mm",
    "m": "m",
    "meters": "m",
    "metres": "m",
    "meter": "m",
    "km": "km",
    "kilometers": "km",
    "kilometres": "km",
    "miles": "mi",
    "feet": "ft",
    "inches": "in",
    "m2": "m2",
    "sqm": "m2",
    "m²": "m2",
    "hectares": "ha",
    "acres": "ac",
    "liters": "l",
    "litres": "l",
    "ml": "ml",
    "milliliters": "ml",
    "millilitres": "ml",
    "seconds": "seconds",
    "second": "seconds",
    "secs": "seconds",
    "sec": "seconds",
    "s": "seconds",
    "ms": "milliseconds",
    "milliseconds": "milliseconds",
    "minutes": "minutes",
    "minute": "minutes",
    "mins": "minutes",
    "min": "minutes",
    "hours": "hours",
    "hour": "hours",
    "hrs": "hours",
    "h": "hours",
    "days": "days",
    "day": "days",
    "weeks": "weeks",
    "week": "weeks",
    "months": "months",
    "month": "months",
    "years": "years",
    "year": "years",
    "bytes": "bytes",
    "kb": "kb",
    "mb": "mb",
    "gb": "gb",
    "percent": "percent",
    "percents": "percent",
    "%": "percent",
    "percentage": "percent",
    "euros": "eur",
    "euro": "eur",
    "eur": "eur",
    "dollars": "usd",
    "usd": "usd",
    "cents": "cents",
    "gbp": "gbp",
    "chf": "chf",
    "pounds sterling": "gbp",
    "celsius": "celsius",
    "fahrenheit": "fahrenheit",
    "watts": "w",
    "kwh": "kwh",
    "volts": "v",
}
TIME_UNITS = {
    "seconds": 1 / 60,
    "minutes": 1,
    "hours": 60,
    "days": 1440,
    "weeks": 10080,
    "months": 43200,
    "years": 525600,
}
# Units that are written behind the name of what they measure: `distance km`, `price EUR`.
UNIT_SIGNS = frozenset("kg g km cm mm ml kwh eur usd gbp chf sqm m2 m² mb gb kb percent celsius litres liters".split())
# What lengths of texts are counted in.
LENGTH_WORDS = frozenset("char chars character characters letter letters symbols digits digit long signs".split())
WHOLE_UNITS = frozenset("seconds minutes days weeks months years bytes milliseconds cents".split())

ABBREVIATIONS = {
    "qty": "quantity",
    "desc": "description",
    "descr": "description",
    "nr": "number",
    "no": "number",
    "num": "number",
    "addr": "address",
    "hrs": "hours",
    "hr": "hr",
    "mins": "minutes",
    "secs": "seconds",
    "tel": "phone",
    "ppl": "people",
    "w/": "with",
    "n": "and",
    "amt": "amount",
    "pic": "picture",
    "pics": "pictures",
    "img": "image",
    "imgs": "images",
    "dept": "department",
    "mgr": "manager",
    "emp": "employee",
    "pwd": "password",
    "pw": "password",
    "e-mail": "email",
    "e-mails": "emails",
    "résumé": "resume",
    "dob": "date of birth",
    "mail": "email",
}
