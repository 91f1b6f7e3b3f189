"""Misspelt: what people really write for a word, where neither its sound nor a slip of a finger leads back to it."""

# Read in every form of the word: `recieve` stands for `recieved` and `recieves` too.
_WRONG = """
absence: abscence absense; accessory: accesory accessoire; accommodation: accomodation acommodation; achievement:
acheivement; acquire: aquire; advertisement: advertisment; agency: agancy; also: allso; and: adn; another: anoter;
apartment: appartement; apology: appology; appearance: apperance; appointment: appointement; article: artical
articel artikel; attendee: attendie; author: auther; available: availible avalable; basically: basicaly basicly;
because: bcs becouse becuase; beginning: begining; believe: beleive; business: buisness bussiness; calendar:
calandar calender; cancel: cancle; certain: certian; client: cliant; college: colledge; color: collor; commission:
comission; committee: comittee commitee; company: compagny; competition: compitition; condition: condtion; customer:
costumer coustomer custommer; definitely: definately; department: departement; description: describtion descripton
discription; different: diffrent; discount: dicount; duration: duraton; email: e-mail emial; employee: emploee
employe; entrance: entrace; environment: enviornment enviroment; equipment: equipement equiptment; every: evrey
evry; example: exampel exemple; existence: existance; experience: experiance; forward: foward; garage: garrage;
government: goverment; group: gruop; guarantee: garantee garanty guarantie; guest: geust; happen: happend; height:
heigt heigth; hierarchy: heirarchy; hospital: hospitel; hygiene: hygine; identity: indentity; immediately:
immediatly; information: infomation informations; ingredient: ingrediant; instructor: instructer; insurance:
insurence; interest: intrest; jewelry: jewlery; kindergarten: kindergarden; knowledge: knowlege; laboratory:
labratory; language: languge; leisure: liesure; length: lenght; level: leval; library: libary; license: liscence
lisence; location: locaton; machine: maschine mashine; maintain: maintein; maintenance: maintainance; manufacturer:
manufactorer; material: materiel; medicine: medecine; member: membre; mileage: milage; necessary: neccesary
neccessary; negative: negativ; neighbor: neigbor; notice: notise; number: numer nummer; occasion: occassion; offer:
ofer; opinion: oppinion; opportunity: oportunity; optional: optionel; parallel: paralell; password: passwort;
patient: patiant; payment: payement; people: peaple ppl; permanent: permanant; personnel: personel; phone: fone
phon; photo: foto; piece: peice; please: pls plz; position: positon; possibility: posibility; priority: prioirty
priorety; privilege: privelege priviledge; probably: propably; problem: probelm; profile: profil; program: programm;
quantity: quantaty; question: questin; rating: rateing; really: realy; receipt: receit; receive: receeve; reference:
refrence; register: registre; repair: repare; request: requst; reservation: reservaton; responsible: responsable;
restaurant: resturant; rhythm: rythm; schedule: schedual shedule; separate: seperate; serial: seriel; shipment:
shippment; should: shoud; similar: similiar simular; something: smth sth; species: specie; subscription:
subscribtion; successful: succesful; surname: sirname; technician: technican technisian; temperature: temprature;
that: taht;
the: teh; their: thier; they: thay; though: tho; title: titel; together: togehter; tomorrow: tommorow; transaction:
transacton; treatment: treatement; truly: truely; type: tipe; unique: uniq unqiue; until: untill; user: usr;
vacation: vaccation; vaccinate: vacinate; vehicle: vehical vehicel; volunteer: voluntier; weight: weigth; whether:
wether; which: wich; with: wiht; withdrawal: withdrawl; without: withou; would: woud; year: yaer
"""
# Shorthand of notes and chats.
SHORT = {
    "msg": "message",
    "msgs": "messages",
    "usrs": "users",
    "e-mails": "emails",
    "calenders": "calendars",
    "ect": "etc",
    "w/": "with",
    "n": "and",
    "nr": "number",
    "qty": "quantity",
    "u": "you",
    "r": "are",
    "favs": "favorites",
    "fav": "favorite",
    "admins'": "admins",
    "abt": "about",
    "acc": "account",
    "appt": "appointment",
    "appts": "appointments",
    "cust": "customer",
}


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for entry in _WRONG.split(";"):
        right, _, wrong = entry.partition(":")
        table |= {slip: right.strip() for slip in wrong.split()}
    return table


WRONG = _table()
"""A wrong base form → the word that is meant."""

RIGHT = frozenset(
    "quiet fond perfect deceased crooked burger burgers plains spilt sturdy slender blanks pilates selves tropics "
    "ensuing medial bolder lather manger hoarse compliant compliance thicket bookmaking sapling saplings rotund "
    "sables fairing firming firmed jointed plaice frilled antonymous despot stats weeding drooping posses piqued "
    "steppes bodice chanel consorts profusion currants cession stile maces technics notarize therefor looses "
    "looser farther weaker strong stronger fierce dragon dragons septic vigilant caddy collie quince creepers "
    "scallion tinker sadder solider waterbed steed steeds torus pervious manageress authoress annalist annals "
    "wales seattle albert walter taylor venus clint dennis denise".split()
)
"""Right words that no list knows and that a slip might have led to."""
