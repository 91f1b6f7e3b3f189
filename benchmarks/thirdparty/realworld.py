"""The RealWorld API (Conduit) spoken by a generated blog: paths and envelopes are mapped, and nothing is made up.

What the project does not say (whether the caller has marked an article, whom they follow) stays away, and is missed.
"""

import re
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from benchmarks.thirdparty.backend import Answer, Backend

NOWHERE = 2_000_000_000
WORDS = {401: "is missing", 403: "forbidden", 404: "not found", 409: "has already been taken", 422: "can't be blank"}
Body = dict[str, Any]


class RealWorld:
    """Answers requests of the suite with those of the project."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.numbers = count(1)

    def send(self, method: str, url: str, headers: dict[str, str], body: Body | None) -> Answer:
        """One request of the suite."""
        parts = urlsplit(url)
        token = headers.get("Authorization", "").removeprefix("Token ")
        inner = next(iter(body.values())) if body else {}
        path = parts.path.removeprefix("/api")
        return self.route(method, path, token, inner, dict(parse_qsl(parts.query)))

    def route(self, method: str, path: str, token: str, body: Body, query: dict[str, str]) -> Answer:
        """The part that a path asks for."""
        match path.strip("/").split("/"):
            case ["users"]:
                return self.register(body)
            case ["users", "login"]:
                return self.login(body)
            case ["user"]:
                return self.account(method, token, body)
            case ["profiles", name, *follow]:
                return self.profile(method, token, name, follows=bool(follow))
            case ["tags"]:
                status, page = self.backend.ask("GET", "/tags", token, limit=100, sort="-id")
                return status, {"tags": [tag["name"] for tag in page["items"]]}
            case ["articles", *rest]:
                return self.articles(method, token, rest, body, query)
        raise ValueError(path)

    def articles(self, method: str, token: str, words: list[str], body: Body, query: dict[str, str]) -> Answer:
        """The part below articles that a path asks for."""
        match words:
            case []:
                return self.create(token, body) if method == "POST" else self.listed(token, query)
            case ["feed"]:
                return refused(self.backend.ask("GET", "/articles/feed", token), "article")
            case [slug]:
                return self.article(method, token, slug, body)
            case [slug, "favorite"]:
                return self.favorite(method, token, slug)
            case [slug, "comments", *rest]:
                return self.comments(method, token, slug, rest, body)
        raise ValueError(words)

    def register(self, body: Body) -> Answer:
        """An account, and the author that belongs to it."""
        status, account = self.backend.ask("POST", "/auth/register", body={k: body[k] for k in ("email", "password")})
        if status != 201:
            return refused((status, account), "email")
        tokens = self.backend.log_in(body["email"], body["password"])[1]
        made = self.backend.ask("POST", "/authors", tokens["access_token"], {"username": body["username"]})
        if made[0] != 201:
            return refused(made, "username")
        return 201, {"user": self.user(account, made[1], tokens["access_token"])}

    def login(self, body: Body) -> Answer:
        """A login of somebody who has an account."""
        status, tokens = self.backend.log_in(body["email"], body["password"])
        if status != 200:
            return refused((status, tokens), "credentials" if status == 401 else "email")
        return self.account("GET", tokens["access_token"], {})

    def account(self, method: str, token: str, body: Body) -> Answer:
        """The account of the caller, which the project keeps apart from the author."""
        status, me = self.backend.ask("GET", "/users/me", token)
        if status != 200:
            return refused((status, me), "token")
        author = self.backend.first("/authors", token, user_id=me["id"])
        if author is None:
            return 500, None
        told = {"username": "username", "bio": "bio", "image": "image_url"}
        if method == "PUT" and (mine := {told[name]: body[name] for name in body if name in told}):
            status, author = self.backend.ask("PATCH", f"/authors/{author['id']}", token, mine)
            if status != 200:
                return refused((status, author), "username")
        if method == "PUT" and (kept := {name: body[name] for name in body if name not in told}):
            status, me = self.backend.ask("PATCH", "/users/me", token, kept)
            if status != 200:
                return refused((status, me), "email")
        return 200, {"user": self.user(me, author, token)}

    @staticmethod
    def user(account: Body, author: Body | None, token: str) -> Body:
        """Account and author in one."""
        shown = author or {}
        named = {"username": shown.get("username"), "bio": shown.get("bio"), "image": shown.get("image_url")}
        return {"email": account["email"], **named, "token": token}

    def profile(self, method: str, token: str, name: str, *, follows: bool) -> Answer:
        """An author by name."""
        author = self.backend.first("/authors", username=name)
        place = f"/authors/{author['id'] if author else NOWHERE}"
        if follows:
            verb = "PUT" if method == "POST" else "DELETE"
            status, problem = self.backend.ask(verb, f"{place}/follow", token)
            if status != 204:
                return refused((status, problem), "profile")
        status, author = self.backend.ask("GET", place, token)
        return (200, {"profile": profiled(author)}) if status == 200 else refused((status, author), "profile")

    def place(self, slug: str) -> str:
        """Where the article with a slug lives, or where none does."""
        found = self.backend.first("/articles", slug=slug)
        return f"/articles/{found['id'] if found else NOWHERE}"

    def sent(self, token: str, body: Body) -> Body:
        """The body of an article, with ids instead of names of tags."""
        told = {name: value for name, value in body.items() if name != "tagList"}
        if "tagList" in body:
            told["tag_ids"] = body["tagList"] and [self.tag(token, name) for name in body["tagList"]]
        return told

    def tag(self, token: str, name: str) -> int:
        """The id of a tag, which is made if there is none."""
        found = self.backend.first("/tags", name=name)
        return int((found or self.backend.ask("POST", "/tags", token, {"name": name})[1])["id"])

    def create(self, token: str, body: Body) -> Answer:
        """A new article; clients of the project choose the slug."""
        slug = re.sub(r"[^a-z0-9]+", "-", f"{body['title']} {next(self.numbers)}".lower()).strip("-")
        made = self.backend.ask("POST", "/articles", token, {**self.sent(token, body), "slug": slug})
        return (201, {"article": self.shown(made[1])}) if made[0] == 201 else refused(made, "article")

    def article(self, method: str, token: str, slug: str, body: Body) -> Answer:
        """One article."""
        verb = "PATCH" if method == "PUT" else method
        sent = self.sent(token, body) if verb == "PATCH" else None
        status, item = self.backend.ask(verb, self.place(slug), token, sent)
        return (status, {"article": self.shown(item)}) if status == 200 else refused((status, item), "article")

    def favorite(self, method: str, token: str, slug: str) -> Answer:
        """Marks, which the project answers without a body."""
        place = self.place(slug)
        status, problem = self.backend.ask("PUT" if method == "POST" else "DELETE", f"{place}/favorite", token)
        return self.article("GET", token, slug, {}) if status == 204 else refused((status, problem), "article")

    def listed(self, token: str, query: dict[str, str]) -> Answer:
        """Articles, the newest first; filters by name become filters by id."""
        told: dict[str, Any] = {name: value for name, value in query.items() if name in ("limit", "offset")}
        if "author" in query:
            author = self.backend.first("/authors", username=query["author"])
            told["author_id"] = author["id"] if author else NOWHERE
        if "tag" in query:
            tag = self.backend.first("/tags", name=query["tag"])
            told["tag_id"] = tag["id"] if tag else NOWHERE
        if "favorited" in query:
            told["favorited"] = query["favorited"]
        status, page = self.backend.ask("GET", "/articles", token, sort="-created_at", **told)
        if status != 200:
            return refused((status, page), "article")
        items = [{k: v for k, v in self.shown(item).items() if k != "body"} for item in page["items"]]
        return 200, {"articles": items, "articlesCount": page["total"]}

    def comments(self, method: str, token: str, slug: str, rest: list[str], body: Body) -> Answer:
        """Comments below an article."""
        place = self.place(slug)
        if rest and self.backend.ask("GET", place, token)[0] == 404 and token:
            return refused((404, None), "article")
        path = f"/comments/{rest[0]}" if rest else f"{place}/comments"
        status, answer = self.backend.ask(method, path, token, body or None)
        if status == 201:
            return 201, {"comment": self.commented(answer)}
        if status == 200:
            return 200, {"comments": [self.commented(item) for item in answer["items"]]}
        return refused((status, answer), "comment" if rest else "article")

    def shown(self, item: Body) -> Body:
        """An article in the envelope of the suite."""
        same = {name: item[name] for name in ("title", "slug", "description", "body")}
        author = self.backend.ask("GET", f"/authors/{item['author_id']}")[1]
        names = [tag["name"] for tag in item["tags"]]
        counted = {"tagList": names, "favoritesCount": item["favorite_count"]}
        return {**same, **dated(item), **counted, "author": profiled(author)}

    def commented(self, item: Body) -> Body:
        """A comment in the envelope of the suite."""
        author = self.backend.ask("GET", f"/authors/{item['author_id']}")[1]
        return {"id": item["id"], "body": item["body"], **dated(item), "author": profiled(author)}


def profiled(author: Body) -> Body:
    """An author in the envelope of the suite."""
    return {"username": author["username"], "bio": author["bio"], "image": author["image_url"]}


def dated(item: Body) -> Body:
    """The moments of an item."""
    return {"createdAt": item["created_at"], "updatedAt": item["updated_at"]}


def refused(answer: Answer, about: str) -> Answer:
    """A refusal in the words of the suite, about what the problem names or, where it names nothing, `about`."""
    status, problem = answer
    if status == 204:
        return answer
    places = [error["loc"][1] for error in (problem or {}).get("errors", ()) if len(error["loc"]) > 1]
    about = "token" if status == 401 and about != "credentials" else about
    names = [{"image_url": "image"}.get(place, place) for place in places] or [about]
    words = "invalid" if about == "credentials" else WORDS.get(status, "")
    return status, {"errors": {name: [words] for name in names}}
