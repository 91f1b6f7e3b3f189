"""Stacks, domains and project words: phrases that name them. Those of features stand with the features."""

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
