"""The walls: what hostile code tries from inside, and must not get."""

import json
import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from codebegen.adapters import bubblewrap, seccomp
from codebegen.adapters.sandbox import SandboxRunner, filter_in, open_up
from codebegen.verify.ports import MIB, Job, Limits, Outcome

LIMITS = Limits(seconds=30, processes=40, file_bytes=300 * MIB, disk_bytes=64 * MIB)

# Prints one JSON object: what each attempt came to. `blocked` is an exception or a refusal by the kernel.
ATTEMPTS = """
import ctypes, json, os, socket, sys

libc = ctypes.CDLL(None, use_errno=True)
results = {}

def attempt(name, action):
    try:
        results[name] = repr(action())[:200]
    except BaseException as error:
        results[name] = f"blocked: {type(error).__name__}"

def call(function, *arguments):
    if function(*arguments) != 0:
        raise OSError(ctypes.get_errno(), "refused")
    return "done"

def write(path, size=1):
    with open(path, "wb") as file:
        for _ in range(0, size, 1 << 20):
            file.write(b"x" * min(size, 1 << 20))
    return "written"

def environment(process):
    try:
        with open(f"/proc/{process}/environ") as file:
            return file.read()
    except OSError:
        return ""

def fork_many():
    children = []
    try:
        for _ in range(500):
            child = os.fork()
            if child == 0:
                os.execvp("sleep", ["sleep", "20"])
            children.append(child)
        return "unbounded"
    finally:
        for child in children:
            os.kill(child, 9)
            os.waitpid(child, 0)

secret, port = sys.argv[1], int(sys.argv[2])
attempt("uid", os.getuid)
attempt("capabilities", lambda: [l.split()[1] for l in open("/proc/self/status") if l.startswith("CapEff")])
attempt("environment of others", lambda: secret in "".join(map(environment, os.listdir("/proc"))))
attempt("processes", lambda: max(int(p) for p in os.listdir("/proc") if p.isdigit()) < 100)
attempt("shadow", lambda: open("/etc/shadow").read())
attempt("homes", lambda: os.listdir("/home"))
attempt("host files", lambda: open(sys.argv[3]).read())
attempt("host loopback", lambda: socket.create_connection(("127.0.0.1", port), 1))
attempt("network", lambda: socket.create_connection(("192.0.2.1", 80), 1))
attempt("interfaces", lambda: [line.split(":")[0].strip() for line in open("/proc/net/dev") if ":" in line])
attempt("raw socket", lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1))
attempt("packet socket", lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW))
attempt("vsock", lambda: socket.socket(40, socket.SOCK_STREAM))
attempt("netlink", lambda: socket.socket(16, socket.SOCK_RAW))
attempt("write /usr", lambda: write("/usr/planted"))
attempt("write /", lambda: write("/planted"))
attempt("write /etc", lambda: write("/etc/planted"))
attempt("write the snapshot", lambda: write("/sandbox-source/planted"))
attempt("write the interpreter", lambda: write(os.path.join(sys.prefix, "planted")))
attempt("write its own folder", lambda: write("planted"))
attempt("fill the disk", lambda: write("big", 100 << 20))
attempt("fill tmp", lambda: write("/tmp/big", 280 << 20))
attempt("fill shared memory", lambda: write("/dev/shm/big", 40 << 20))
attempt("fork", fork_many)
attempt("new namespace", lambda: call(libc.unshare, 0x10000000))
attempt("mount", lambda: call(libc.mount, b"none", b"/tmp", b"tmpfs", 0, None))
attempt("chroot", lambda: os.chroot("/tmp"))
attempt("trace the first process", lambda: call(libc.ptrace, 16, 1, 0, 0))
attempt("become root", lambda: os.setuid(0))
attempt("host name", lambda: open("/proc/sys/kernel/hostname", "w").write("x"))
attempt("core pattern", lambda: open("/proc/sys/kernel/core_pattern", "w").write("x"))
attempt("kernel log", lambda: open("/dev/kmsg").read(1))
usual = "core fd full null ptmx pts random shm stderr stdin stdout tty urandom zero console".split()
attempt("devices", lambda: sorted(set(os.listdir("/dev")) - set(usual)))
attempt("name", lambda: __import__("getpass").getuser() + __import__("pwd").getpwuid(os.getuid()).pw_name)
attempt("loopback of its own", lambda: socket.create_server(("127.0.0.1", 0)).getsockname()[0])
print(json.dumps(results))
"""

REFUSED = (
    "shadow", "homes", "host files", "host loopback", "network", "raw socket", "packet socket", "write /usr", "write /",
    "write /etc", "write the snapshot", "write the interpreter", "fill the disk", "fill tmp", "fill shared memory",
    "fork", "new namespace", "mount", "chroot", "become root", "host name", "core pattern", "kernel log",
)  # fmt: skip
REFUSED_BY_FILTER = ("vsock", "netlink", "trace the first process")


@pytest.fixture
def port() -> Iterator[int]:
    """A service on the host's loopback."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("HOST_SECRET", "topsecret-4711")
    return "topsecret-4711"


def assert_walled_in(outcome: Outcome) -> None:
    assert outcome.ended == "exited", outcome
    results: dict[str, str] = json.loads(outcome.stdout)
    open_doors = {name: results[name] for name in REFUSED if not results[name].startswith("blocked")}
    if seccomp.program():
        open_doors |= {name: results[name] for name in REFUSED_BY_FILTER if not results[name].startswith("blocked")}
    assert not open_doors
    assert results["uid"] not in {"0", "1000"}
    assert results["capabilities"] == "['0000000000000000']"
    assert results["environment of others"] == "False"
    assert results["processes"] == "True"
    assert results["interfaces"] == "['lo']"
    assert results["devices"] == "[]"
    assert results["name"].endswith("sandbox'")
    assert results["write its own folder"] == "'written'"
    assert results["loopback of its own"] == "'127.0.0.1'"


def test_hostile_code_gets_nowhere(
    sandbox: SandboxRunner, project: Path, secret: str, port: int, tmp_path: Path
) -> None:
    private = tmp_path / "private.txt"
    private.write_text("mine", encoding="utf-8")
    job = Job(("python", "-c", ATTEMPTS, secret, str(port), str(private)), limits=LIMITS)
    with sandbox.open(project, trust="untrusted") as workspace:
        assert_walled_in(workspace.run(job))
    assert [path.name for path in project.iterdir()] == ["main.py"]


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user's way is what all the other tests took")
def test_an_ordinary_users_walls_are_as_high(
    sandbox: SandboxRunner, secret: str, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As root: start the command line that an ordinary user gets, as an ordinary user, with the system's Python."""
    if not Path("/usr/bin/python3").exists():
        pytest.skip("THE SYSTEM HAS NO PYTHON OF ITS OWN TO TRY THIS WITH")
    monkeypatch.setattr(bubblewrap, "is_root", lambda: False)
    base = Path(subprocess.run(["mktemp", "-d"], capture_output=True, text=True, check=True).stdout.strip())
    try:
        for name in ("source", "input"):
            (base / name).mkdir()
        bubblewrap.write_names(base, bubblewrap.NOBODY)
        open_up(base)
        argv = ("/usr/bin/python3", "-c", ATTEMPTS, secret, str(port), "/etc/hostname")
        walls = bubblewrap.Walls(base / "source", base / "input", (), bubblewrap.pick_user())
        assert_walled_in(started_as(65533, walls, argv))
    finally:
        subprocess.run(["rm", "-rf", str(base)], check=True)


def started_as(user: int, walls: bubblewrap.Walls, argv: tuple[str, ...]) -> Outcome:
    rules = os.memfd_create("rules")
    try:
        line = bubblewrap.command(walls, LIMITS, bubblewrap.CLEAN, argv, collect="", rules=filter_in(rules))
        done = subprocess.run(
            line, env=bubblewrap.CLEAN, user=user, group=user, extra_groups=[], pass_fds=(rules,),
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
    finally:
        os.close(rules)
    assert done.returncode == 0, done.stderr
    return Outcome("exited", done.returncode, done.stdout, done.stderr, 0.0)


def test_what_comes_back_is_only_data(sandbox: SandboxRunner, project: Path, tmp_path: Path) -> None:
    """A link or a name that points elsewhere is not followed and not written."""
    code = "import os; os.symlink('/etc/passwd', '../scratch/a'); open('../scratch/b', 'w').write('B')"
    with sandbox.open(project, trust="untrusted") as workspace:
        outcome = workspace.run(Job(("python", "-c", code), collect=("a", "b", "../x")))
    assert dict(outcome.files) == {"b": b"B"}


def test_a_fork_bomb_ends_with_its_sandbox(sandbox: SandboxRunner, project: Path) -> None:
    bomb = "import os\nwhile True:\n  try: os.fork()\n  except OSError: pass"
    with sandbox.open(project, trust="untrusted") as workspace:
        outcome = workspace.run(Job(("python", "-c", bomb), limits=Limits(seconds=2, processes=50)))
    assert outcome.ended == "timeout"


def test_code_that_kills_everything_it_sees_kills_only_itself(sandbox: SandboxRunner, project: Path) -> None:
    with sandbox.open(project, trust="untrusted") as workspace:
        outcome = workspace.run(Job(("python", "-c", "import os; os.kill(-1, 9)")))
        assert outcome.ended != "timeout"
        assert workspace.run(Job(("python", "-c", "print('alive')"))).stdout == "alive\n"


def test_without_its_programs_there_is_a_reason(sandbox: SandboxRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bubblewrap, "missing_programs", lambda: ["bwrap"])
    assert sandbox.probe() == "bwrap is not installed"
