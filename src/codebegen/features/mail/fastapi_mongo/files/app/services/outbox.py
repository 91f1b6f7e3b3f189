"""Where mail is put that is to be sent: right after what it tells of."""

import hashlib

from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from app.core.errors import TooManyRequests
from app.core.types import utcnow
from app.models.mail_count import WINDOW, MailCount
from app.services.job_queue import enqueue

MAX_TO_ADDRESS = 3
"""So much mail of a kind for one address; more is not sent, and nobody is told."""
MAX_OF_CLIENT = 100
"""So much may one client ask for, whatever the addresses."""


async def post(kind: str, recipient: str) -> None:
    """Put a mail into the outbox."""
    await enqueue("mail", {"kind": kind, "recipient": recipient})


async def ask(kind: str, recipient: str, client: str) -> None:
    """Put a mail into the outbox that a client asked for.

    Whether there is an account is found out by who writes the mail, later: this takes the same time either way.
    """
    await MailCount.get_pymongo_collection().delete_many({"since": {"$lte": utcnow() - WINDOW}})
    if await _counted(f"client\n{client}") > MAX_OF_CLIENT:
        raise TooManyRequests("Too much mail was asked for.", retry_after=int(WINDOW.total_seconds()))
    if await _counted(f"{kind}\n{recipient}") <= MAX_TO_ADDRESS:
        await post(kind, recipient)


async def _counted(what: str) -> int:
    """Count once more, and return how often that was."""
    key = hashlib.sha256(what.encode()).hexdigest()
    try:
        return await _count(key)
    except DuplicateKeyError:  # another was the first at the same time
        return await _count(key)


async def _count(key: str) -> int:
    """Count one more, from now on if it is the first."""
    counted = await MailCount.get_pymongo_collection().find_one_and_update(
        {"_id": key},
        {"$inc": {"times": 1}, "$setOnInsert": {"since": utcnow()}},
        upsert=True,
        return_document=ReturnDocument.AFTER,
    )
    return int(MailCount.model_validate(counted).times)
