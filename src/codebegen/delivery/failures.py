"""What the file system refuses, in words."""

import errno
from pathlib import Path

from codebegen.diagnostics import Diagnostic, error

_ELSEWHERE = "choose another folder with -o"
_MOVE = f"move it, or {_ELSEWHERE}"
_NOT_ALLOWED = ("target-not-writable", "writing there is not allowed", _ELSEWHERE)
_FILE = ("file-in-the-way", "a file is where a folder is needed", _MOVE)
_FOLDER = ("file-in-the-way", "a folder is where a file is needed", _MOVE)
_WORDS = {
    errno.ENOSPC: ("disk-full", "the disk is full", f"free some space, or {_ELSEWHERE}"),
    errno.EDQUOT: ("disk-full", "your disk quota is used up", f"free some space, or {_ELSEWHERE}"),
    errno.EFBIG: ("disk-full", "the limit on file sizes was reached", "raise it (ulimit -f)"),
    errno.EROFS: ("target-not-writable", "the file system is read-only", _ELSEWHERE),
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.ENOTDIR: _FILE,
    errno.EEXIST: _FILE,
    errno.EISDIR: _FOLDER,
    errno.ENOTEMPTY: _FOLDER,
    errno.ENAMETOOLONG: ("target-name-too-long", "the name is too long", "choose a shorter one with -o"),
    errno.ELOOP: ("target-not-writable", "the path is a loop of links", _ELSEWHERE),
}


def explain(problem: OSError, target: Path) -> Diagnostic:
    """The diagnostic of an operating system error met while writing `target`; nothing was left behind there."""
    place = str(problem.filename or target)
    code, message, hint = _WORDS.get(
        problem.errno or 0, ("target-not-writable", (problem.strerror or str(problem)).lower(), "")
    )
    return error(code, place, f"{message}; nothing was written", hint)
