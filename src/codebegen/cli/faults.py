"""The log of a fault in codebegen itself, for a report to its makers."""

import os
import platform
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from codebegen import __version__


def record(argv: Sequence[str], fault: Exception) -> str:
    """Writes the log, and says where it is; where it can't be written, the place in the code instead."""
    folder = Path(os.environ.get("XDG_STATE_HOME") or "~/.local/state").expanduser() / "codebegen"
    path = folder / f"fault-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.log"
    text = "".join(
        (
            f"codebegen {__version__}, Python {platform.python_version()}, {platform.platform()}\n",
            f"arguments: {list(argv)!r}\n\n",
            *traceback.format_exception(fault),
        )
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError:
        last = traceback.extract_tb(fault.__traceback__)[-1]
        return f"{Path(last.filename).name}:{last.lineno}: {fault}"
    return f"the log is {path}"
