"""Files."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from app.core import types
from app.schemas import base

SIGNATURE = r"^[0-9a-f]{64}$"


class UploadRead(base.Output):
    """A file; `path` is what a field refers to it by, `url` is where it can be had for a while."""

    id: str
    path: str
    url: str
    name: str
    content_type: str
    size: int
    created_at: datetime


Expires = Annotated[int, types.Numeral, Field(ge=0, le=2**53)]
Signature = Annotated[str, Field(pattern=SIGNATURE)]
