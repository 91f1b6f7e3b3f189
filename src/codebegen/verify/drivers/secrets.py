"""Whether a file of the project holds what looks like a secret. The finding never repeats it."""

import re
from pathlib import Path

from detect_secrets.core.potential_secret import PotentialSecret
from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import default_settings

from codebegen.verify.drivers.common import finding, save

# Pins are hashes by nature, and a ledger or a document repeats identifiers.
SKIPPED_NAMES = {"requirements.txt", "requirements-dev.txt", "uv.lock", "poetry.lock", "openapi.json"}
# Shapes that no honest file has. Everything else (keywords, entropy) is what tests and examples are made of.
GUESSES = {"Secret Keyword", "Base64 High Entropy String", "Hex High Entropy String", "Basic Auth Credentials"}
PLACEHOLDER = re.compile(
    r"change.?me|example|placeholder|your[-_ ]|dummy|not.a.secret|\b(only|tests?|development)\b"
    r"|<[^>]+>|\$\{|\*\*\*|^(postgres|password)$",
    re.IGNORECASE,
)
LARGEST_FILE = 1 << 20


def is_candidate(path: Path) -> bool:
    """Whether the file is text that a person or a compiler wrote."""
    return path.is_file() and path.name not in SKIPPED_NAMES and path.stat().st_size <= LARGEST_FILE


def is_example(path: Path, secret: PotentialSecret) -> bool:
    """Whether a guess falls on a test, an example file, or a value that says of itself that it is made up."""
    if secret.type not in GUESSES:
        return False
    example = path.parts[0] == "tests" or ".example" in path.name or path.suffix == ".md"
    return example or bool(PLACEHOLDER.search(secret.secret_value or ""))


def main() -> None:
    """Scan every file."""
    found = []
    scanned = 0
    with default_settings():
        for path in sorted(Path().rglob("*")):
            if not is_candidate(path):
                continue
            scanned += 1
            secrets = SecretsCollection()
            secrets.scan_file(str(path))
            for _, secret in secrets:
                if not is_example(path, secret):
                    hint = "Read it from the environment."
                    found.append(finding(f"looks like a secret: {secret.type}", f"{path}:{secret.line_number}", hint))
    save(found, scanned=scanned)


if __name__ == "__main__":
    main()
