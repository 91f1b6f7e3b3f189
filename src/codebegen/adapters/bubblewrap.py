"""The command line of the sandbox. Two ways in, because root and an ordinary user are walled in differently.

As an ordinary user everything rests on a user namespace. As root such a namespace would leave the process uid 0 for
the kernel, to which process limits do not apply: so root mounts for real, and becomes an unprivileged user inside.
"""

import os
import random
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from codebegen.verify.gates.places import PROJECT_FOLDER
from codebegen.verify.ports import MIB, Limits

# Everything a job may change lies here, in memory, and is gone with it.
WORK = "/sandbox"
SOURCE = "/sandbox-source"
INPUT = "/sandbox-input"
NOBODY = 65534
FIRST_UID, LAST_UID = 61184, 65519
TMP_BYTES = 256 * MIB
SHM_BYTES = 32 * MIB
CLEAN = {"PATH": "/usr/local/bin:/usr/bin:/bin"}

# $1: what to bring back. Standard input is the pipe for it; the command itself reads nothing.
INSIDE = f"""
collect=$1; shift
mkdir {WORK}/{PROJECT_FOLDER} {WORK}/scratch && cp -R {SOURCE}/. {WORK}/{PROJECT_FOLDER} &&
cp -R {INPUT}/. {WORK}/scratch && cd {WORK}/{PROJECT_FOLDER} || exit 125
"$@" </dev/null
status=$?
[ -z "$collect" ] || tar -C {WORK}/scratch -cf - $collect >&0 2>/dev/null
exit $status
"""


@dataclass(frozen=True, slots=True)
class Walls:
    """What of the machine is seen inside: read-only places, and the folders of one job."""

    source: Path
    inputs: Path
    readable: tuple[Path, ...]
    user: int


def is_root() -> bool:
    """Which of the two ways it is."""
    return os.geteuid() == 0


def command(
    walls: Walls, limits: Limits, variables: Mapping[str, str], argv: tuple[str, ...], *, collect: str, rules: int
) -> tuple[str, ...]:
    """The whole command line; `rules` is the descriptor of the system-call filter, or -1."""
    filtered = ("--seccomp", str(rules)) if rules >= 0 else ()
    inside = ("/bin/sh", "-c", INSIDE, "sh", collect, *argv)
    return (
        "bwrap",
        *namespaces(),
        *("--die-with-parent", "--new-session", "--hostname", "sandbox", "--clearenv"),
        *(word for name, value in variables.items() for word in ("--setenv", name, value)),
        *system(),
        *memory_folders(limits),
        *read_only(walls),
        *filtered,
        *("--remount-ro", "/", "--chdir", "/", "--"),
        *dropped(limits, walls.user),
        *inside,
    )


def namespaces() -> tuple[str, ...]:
    """Everything apart: processes, network (a loopback of its own is all there is), IPC, host name, cgroup."""
    if is_root():
        apart = ("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try")
        needed = (word for name in ("SETUID", "SETGID", "SETPCAP") for word in ("--cap-add", f"CAP_{name}"))
        return (*apart, "--cap-drop", "ALL", *needed)
    user = ("--uid", str(NOBODY), "--gid", str(NOBODY))
    return ("--unshare-user", "--unshare-all", *user, "--cap-drop", "ALL")


def system() -> Iterator[str]:
    """The system's programs and libraries, read-only; no `/etc` but the loader's cache."""
    yield from ("--ro-bind", "/usr", "/usr")
    for name in ("bin", "sbin", "lib", "lib32", "lib64"):
        path = Path("/", name)
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), str(path))
        elif path.is_dir():
            yield from ("--ro-bind", str(path), str(path))
    yield from ("--perms", "0755", "--dir", "/etc")
    yield from ("--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache")
    yield from ("--proc", "/proc", "--dev", "/dev")


def memory_folders(limits: Limits) -> Iterator[str]:
    """The only places that can be written to, each of bounded size."""
    for size, place in ((TMP_BYTES, "/tmp"), (SHM_BYTES, "/dev/shm"), (limits.disk_bytes, WORK)):  # noqa: S108
        yield from ("--perms", "1777", "--size", str(size), "--tmpfs", place)


def read_only(walls: Walls) -> Iterator[str]:
    """The interpreter and its libraries where they are, the project, the job's own files."""
    made: set[Path] = {Path("/")}
    for path in walls.readable:
        if path.is_relative_to("/usr"):
            continue
        for parent in reversed(path.parents):
            if parent not in made:
                made.add(parent)
                yield from ("--perms", "0755", "--dir", str(parent))
        yield from ("--ro-bind", str(path), str(path))
    yield from ("--ro-bind", str(walls.source), SOURCE, "--ro-bind", str(walls.inputs), INPUT)
    # Names for the two users there are, and for the loopback: libraries ask for them.
    yield from ("--ro-bind", str(walls.inputs.parent / "etc" / "passwd"), "/etc/passwd")
    yield from ("--ro-bind", str(walls.inputs.parent / "etc" / "hosts"), "/etc/hosts")


def write_names(folder: Path, user: int) -> None:
    """Make the two files of names beside a job's input."""
    (folder / "etc").mkdir()
    lines = ("root:x:0:0::/:/bin/false", f"sandbox:x:{user}:{user}::{WORK}/scratch:/bin/false", "")
    (folder / "etc" / "passwd").write_text("\n".join(lines), encoding="utf-8")
    (folder / "etc" / "hosts").write_text("127.0.0.1 localhost sandbox\n::1 localhost\n", encoding="utf-8")
    for name in ("passwd", "hosts"):
        (folder / "etc" / name).chmod(0o644)


def pick_user() -> int:
    """As root each sandbox has a user of its own, so that one's processes do not count against another's bound."""
    return random.SystemRandom().randint(FIRST_UID, LAST_UID) if is_root() else NOBODY


def dropped(limits: Limits, user: int) -> tuple[str, ...]:
    """Become nobody in particular (root only: the user namespace has done it otherwise), and set the limits."""
    bounds = (
        "prlimit",
        f"--as={limits.address_space_bytes}",
        f"--nproc={limits.processes}",
        f"--fsize={limits.file_bytes}",
        f"--cpu={int(limits.seconds * 2) + 10}",
        "--nofile=1024",
        "--core=0",
        "--",
    )
    if not is_root():
        return bounds
    become = ("--reuid", str(user), "--regid", str(user), "--clear-groups")
    return ("setpriv", *become, "--inh-caps=-all", "--bounding-set=-all", "--no-new-privs", *bounds)


def missing_programs() -> list[str]:
    """Which of the programs that this needs are not installed."""
    needed = ["bwrap", "prlimit", "tar", *(["setpriv"] if is_root() else [])]
    return [name for name in needed if shutil.which(name, path=CLEAN["PATH"]) is None]
