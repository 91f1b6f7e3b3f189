"""Features, stacks, domains and project words: phrases that name them."""

# Regular expressions over the lower-case description, matched at word borders.
FEATURES: dict[str, tuple[str, ...]] = {
    "auth": (
        r"jwt",
        r"auth",
        r"authenticat\w+",
        r"log ?in",
        r"login",
        r"logged[- ]in",
        r"sign ?in",
        r"sign[- ]?up",
        r"sign up",
        r"bearer tokens?",
        r"access tokens?",
        r"refresh tokens?",
        r"user accounts?",
        r"register with",
        r"log into",
        r"oauth\w*",
        r"sso",
        r"without (?:an account|logging in)",
        r"registered users?",
        r"own accounts?",
    ),
    "api_keys": (r"api[- ]?keys?",),
    "oauth": (
        r"oauth\d?(?: ?2(?:\.0)?)?",
        r"(?:log ?in|login|sign ?in) with (?:google|github|facebook|apple|microsoft)",
        r"social login",
        r"sso",
    ),
    "password_reset": (
        r"password resets?",
        r"reset (?:their|his|her|my|the|a|your)? ?passwords?",
        r"forgot(?:ten)? passwords?",
        r"password recovery",
    ),
    "email_verify": (
        r"e-?mail (?:verification|confirmation)",
        r"verif\w+ (?:their|the|his|my|your)? ?e-?mails?",
        r"confirm (?:their|the|my)? ?e-?mail",
    ),
    "pagination": (r"paginat\w+", r"paged", r"infinite scroll", r"paging"),
    "search": (
        r"full[- ]?text search",
        r"search(?:ed|able|ing|es)?",
    ),
    "filtering": (r"filter(?:s|ed|ing|able)?",),
    "sorting": (r"sort(?:s|ed|ing|able)?", r"ordered by", r"newest first", r"most recent first"),
    "rate_limit": (r"rate[- ]?limit\w*", r"throttl\w+"),
    "uploads": (
        r"(?:file|image|photo|picture|document|avatar|video)s? uploads?",
        r"uploads?",
        r"upload(?:ed|ing)? (?:files?|images?|photos?|pictures?|documents?|videos?|avatars?)",
    ),
    "email": (
        r"(?:send|sends|sending|gets?|receives?|confirmation|notification|reminder|welcome|by|via) (?:an? |the )?(?:\w+ )?e-?mails?",  # noqa: E501
        r"e-?mail (?:notifications?|reminders?|alerts?|confirmations?)",
        r"e-?mails when",
        r"notif\w+ (?:\w+ ){0,3}by e-?mail",
        r"mailing",
        r"smtp",
    ),
    "notifications": (r"notifications?", r"notif(?:y|ies|ied)", r"reminders?", r"push messages?"),
    "websockets": (r"web ?sockets?", r"real[- ]?time", r"live updates?", r"live chat"),
    "csv_export": (
        r"csv(?:[- ]exports?)?",
        r"exports? (?:\w+ ){0,4}(?:csv|excel|spreadsheet)",
        r"export to (?:csv|excel)",
    ),
    "audit_log": (
        r"audit(?:[- ](?:log|logs|trail|trails|logging))?",
        r"logged for audit",
        r"change history",
        r"history of (?:all )?changes",
        r"activity log",
    ),
    "cache": (r"cach(?:e|ed|ing)", r"redis cache"),
    "payments": (
        r"stripe",
        r"paypal",
        r"payment (?:gateway|provider|processing|integration)",
        r"online payments?",
        r"credit card payments?",
        r"checkout with (?:stripe|card)",
    ),
    "webhooks": (r"web ?hooks?",),
    "jobs": (
        r"background (?:jobs?|tasks?|workers?|processing)",
        r"celery",
        r"scheduled jobs?",
        r"cron(?: jobs?)?",
        r"job queue",
        r"task queue",
        r"nightly job",
    ),
    "multi_tenant": (r"multi[- ]?tenan\w+", r"tenant isolation"),
    "soft_delete": (
        r"soft[- ]?delet\w+",
        r"logical(?:ly)? delet\w+",
        r"never (?:really |physically )?delet\w+",
        r"trash|recycle bin",
        r"restored? deleted",
    ),
    "metrics": (r"prometheus", r"metrics", r"grafana"),
    "docker": (r"docker\w*", r"docker[- ]compose", r"containeri[sz]ed", r"containers? image"),
    "ci": (r"github actions?", r"gitlab ci", r"ci", r"ci/cd", r"continuous integration"),
    "tests": (
        r"pytest",
        r"unit tests?",
        r"integration tests?",
        r"automated tests?",
        r"test suite",
        r"tests",
        r"tested",
        r"test coverage",
    ),
    "admin": (r"admin (?:panel|dashboard|interface|area|ui|site)", r"back ?office"),
}
STACKS: dict[str, str] = {
    r"mongo(?:db)?|beanie": "fastapi_mongo",
    r"postgres(?:ql)?|psql|postgre|pg": "fastapi_postgres",
    r"sqlite3?": "fastapi_sqlite",
}
# Words that speak for a domain; the one with most hits wins, if it has at least two.
DOMAINS: dict[str, str] = {
    "ecommerce": "shop store cart checkout product order e-commerce ecommerce catalog inventory customer purchase seller marketplace price "  # noqa: E501
    "stock supplier warehouse coupon discount shipping sku auction basket retail",
    "social_media": "social network follow follower like tweet feed timeline friend chat message post hashtag story reaction community "  # noqa: E501
    "profile meetup channel photo share poll forum",
    "content_management": "blog article post cms comment tag author editor publish page newsletter magazine wiki documentation media podcast "  # noqa: E501
    "episode content recipe news library",
    "task_management": "task todo project kanban sprint board issue ticket milestone assignee deadline workflow backlog jira trello "  # noqa: E501
    "helpdesk timesheet subtask",
    "fintech": "bank account transaction transfer wallet payment loan budget finance invoice currency ledger balance credit insurance "  # noqa: E501
    "investment portfolio stock-market crypto policy premium claim expense payee",
    "healthcare": "patient doctor clinic hospital appointment prescription medical health nurse diagnosis treatment therapy dentist "  # noqa: E501
    "veterinary vet veterinarian pharmacy medication dental ward surgery lab-result physician",
}
