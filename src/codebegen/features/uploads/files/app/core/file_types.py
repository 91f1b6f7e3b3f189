"""What a file is, by what is in it: what its name or its sender says proves nothing."""

import codecs
import unicodedata
from enum import StrEnum

NAME_LENGTH = 100


class UploadType(StrEnum):
    """What can be told from the content."""

    PNG = "image/png"
    JPEG = "image/jpeg"
    GIF = "image/gif"
    WEBP = "image/webp"
    PDF = "application/pdf"
    ZIP = "application/zip"
    TEXT = "text/plain"


ENDINGS = {
    UploadType.PNG: (".png",),
    UploadType.JPEG: (".jpg", ".jpeg"),
    UploadType.GIF: (".gif",),
    UploadType.WEBP: (".webp",),
    UploadType.PDF: (".pdf",),
    UploadType.ZIP: (".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods"),
    UploadType.TEXT: (".txt", ".md", ".csv"),
}
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", UploadType.PNG),
    (b"\xff\xd8\xff", UploadType.JPEG),
    (b"GIF87a", UploadType.GIF),
    (b"GIF89a", UploadType.GIF),
    (b"%PDF-", UploadType.PDF),
    (b"PK\x03\x04", UploadType.ZIP),
)


def type_of(content: bytes) -> UploadType | None:
    """Return what a file is, or nothing where that can't be told."""
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return UploadType.WEBP
    return UploadType.TEXT if _is_text(content) else None


def _is_text(content: bytes) -> bool:
    """Tell whether a file is text in UTF-8, without anything that only programs write."""
    try:
        text = content.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError:
        return False
    return bool(text) and all(char in "\t\n\r\f" or unicodedata.category(char) != "Cc" for char in text)


def safe_name(name: str | None, kind: UploadType) -> str:
    """Return a name that leads nowhere, and whose ending says what the file is."""
    last = (name or "").replace("\\", "/").rpartition("/")[2]
    clean = "".join(char for char in last if unicodedata.category(char)[0] != "C" and char not in '<>:"|?*%;').strip(". ")
    stem, dot, ending = clean.rpartition(".")
    endings = ENDINGS[kind]
    if dot and f".{ending.lower()}" in endings:
        return f"{stem[:NAME_LENGTH] or 'file'}.{ending.lower()}"
    return f"{clean[:NAME_LENGTH] or 'file'}{endings[0]}"
