"""Verbs by what they tell about a backend."""

# What people do to things they then own: "users write posts" gives a post its author.
CREATE = frozenset(
    "create write post publish upload submit place make add author compose send file enter open start draft "
    "propose suggest list offer donate give issue record log register plan organize organise schedule request report "
    "leave share set ask answer build define raise pay prepare produce produce generate perform host announce "
    "sell order rsvp configure paint design upload deposit withdraw transfer pledge contribute attach "
    "exchange lodge".split()
)
# What people do to things that they don't own for it: rights, not relations.
MANAGE = frozenset(
    "manage administer administrate handle maintain moderate control curate oversee supervise own-manage".split()
)
READ = frozenset(
    "see view browse read look access search find filter get show display watch check monitor download "
    "consult inspect retrieve query explore visit know print list".split()
)
UPDATE = frozenset(
    "edit update modify change adjust rename correct move reschedule alter amend revise put grade enter "
    "reorder extend renew mark".split()
)
DELETE = frozenset("delete remove erase destroy drop discard".split())
HAS = frozenset(
    "have has contain include hold consist comprise possess feature carry show get require need list".split()
) - {"show", "get", "require", "need", "list"}
STORE = frozenset("store save record keep track log note capture remember know need register hold want tick".split())
BELONG = frozenset(
    "belong attach link relate associate connect tie refer point live stand hang locate group file "
    "categorize categorise classify organize place embed happen".split()
)
# Acts that leave a row of their own between who acts and what it is about.
ASSOCIATION = {
    "book": "booking",
    "enroll": "enrollment",
    "enrol": "enrollment",
    "register": "registration",
    "reserve": "reservation",
    "borrow": "loan",
    "lend": "loan",
    "loan": "loan",
    "rent": "rental",
    "hire": "hire",
    "rate": "rating",
    "review": "review",
    "apply": "application",
    "subscribe": "subscription",
    "vote": "vote",
    "comment": "comment",
    "join": "membership",
    "attend": "attendance",
    "rsvp": "rsvp",
    "bid": "bid",
    "signup": "registration",
    "participate": "participation",
    "react": "reaction",
    "inscribe": "registration",
    "checkin": "checkin",
    "invite": "invitation",
    "lease": "lease",
    "purchase": "purchase",
    "donate": "donation",
    "score": "score",
    "endorse": "endorsement",
    "nominate": "nomination",
    "volunteer": "volunteering",
    "preorder": "preorder",
    "recommend": "recommendation",
    "adopt": "adoption",
    "reply": "reply",
    "check out": "loan",
}
TOGGLE = {
    "like": "like",
    "follow": "follow",
    "favorite": "favorite",
    "favourite": "favorite",
    "bookmark": "bookmark",
    "star": "star",
    "upvote": "upvote",
    "retweet": "retweet",
    "block": "block",
    "mute": "mute",
    "heart": "heart",
    "wishlist": "wishlist",
    "downvote": "downvote",
    "repost": "repost",
    "dislike": "dislike",
    "clap": "clap",
}
# Standing relations between two things: the one who acts is one, the others are many.
STRUCTURAL = frozenset(
    "own teach lead treat employ drive coach train run breed operate represent supply produce sell "
    "manufacture offer provide rent lease hold head sponsor fund host breed mentor supervise guide "
    "perform play work cover serve care deliver direct chair coordinate tutor".split()
)
# Moves of a state: the verb names the transition.
STATE = {
    "approve": "approved",
    "reject": "rejected",
    "accept": "accepted",
    "refuse": "refused",
    "decline": "declined",
    "cancel": "cancelled",
    "publish": "published",
    "archive": "archived",
    "close": "closed",
    "open": "open",
    "complete": "completed",
    "finish": "finished",
    "confirm": "confirmed",
    "ship": "shipped",
    "pay": "paid",
    "deliver": "delivered",
    "refund": "refunded",
    "start": "started",
    "submit": "submitted",
    "resolve": "resolved",
    "return": "returned",
    "activate": "active",
    "deactivate": "inactive",
    "suspend": "suspended",
    "review": "reviewed",
    "assess": "assessed",
    "deny": "denied",
    "sign": "signed",
    "send": "sent",
    "reopen": "open",
    "hide": "hidden",
    "ban": "banned",
    "block": "blocked",
    "verify": "verified",
    "acknowledge": "acknowledged",
    "pack": "packed",
    "process": "processed",
    "dispatch": "dispatched",
    "schedule": "scheduled",
    "void": "void",
    "expire": "expired",
    "lock": "locked",
    "unlock": "open",
    "pause": "paused",
    "resume": "running",
    "withdraw": "withdrawn",
    "register": "registered",
    "request": "requested",
    "release": "released",
    "end": "ended",
    "settle": "settled",
}
OTHER = frozenset(
    "build implement need want allow let enable support use provide exist happen occur take give move go come "
    "become turn set put bring receive pass contact call mean help work learn teach study play win lose earn "
    "spend buy sell order eat drink cook serve pack prepare count calculate compute sum exceed overlap repeat "
    "change begin end last stay remain keep stop prevent avoid forbid deny restrict limit reach fill fit "
    "notify inform remind mention describe explain name call identify define specify "
    "assign allocate distribute divide split merge join combine extract import export sync integrate "
    "collect gather measure weigh test analyze analyse sample treat examine diagnose prescribe refer admit "
    "discharge visit travel fly park clean repair fix inspect service mount install deploy host run execute "
    "trigger fire sign scan print upload attach save load choose select pick answer ask solve grade teach "
    "attach receive contain decrease increase reduce raise add subtract multiply log authenticate authorize "
    "sort page paginate search filter rank order expose return respond respect ensure guarantee validate "
    "verify check protect secure hash encrypt encode format render show display reflect represent model "
    "depend relate exceed fall rise grow miss skip ban report flag hide unhide promote demote transfer own "
    "withdraw deposit charge bill invoice refund earn redeem expire renew extend cancel rent lease feed water "
    "plant harvest sow grow breed adopt foster train ride race compete score win defeat draw qualify exhibit "
    "paint state specify indicate detail measure estimate require observe locate document operate sit carry "
    "come occur compose perform sing record stream broadcast listen hear shop browse deliver ship track weigh "
    "load "
    "unload store stock supply replenish reorder restock adjust audit recover restore archive unarchive edit "
    "lead head chair direct produce act star write translate illustrate edit publish issue cite quote borrow "
    "hand carry drive rate review like follow subscribe wish prefer like's lend arrive depart leave land board "
    "made did share accept refuse confirm complete finish close open acknowledge resolve handle manage see "
    "view edit register enroll donate pledge fund sponsor support recruit hire fire interview evaluate assess".split()
)

LEMMAS = frozenset(
    CREATE
    | MANAGE
    | READ
    | UPDATE
    | DELETE
    | HAS
    | STORE
    | BELONG
    | STRUCTURAL
    | OTHER
    | set(ASSOCIATION)
    | set(TOGGLE)
    | set(STATE)
) - {"has", "made", "did", "like's", "own-manage", "check out", "be"}
