"""How webhooks are signed: by the Standard Webhooks scheme, which receivers have libraries for."""

import base64
import hashlib
import hmac
import secrets

MARK = "whsec_"
_KEY_LENGTH = 32


def new_secret() -> str:
    """Return a secret that nobody can guess."""
    return MARK + base64.b64encode(secrets.token_bytes(_KEY_LENGTH)).decode()


def signed(secrets_in_use: list[str], message_id: str, timestamp: int, body: str) -> dict[str, str]:
    """Return the headers that prove where a message comes from, and when; signed with each of the secrets."""
    content = f"{message_id}.{timestamp}.{body}".encode()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(_signature(secret, content) for secret in secrets_in_use),
    }


def _signature(secret: str, content: bytes) -> str:
    """Return one signature with its version."""
    key = base64.b64decode(secret.removeprefix(MARK))
    return "v1," + base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
