"""The system-call filter of the sandbox: what no honest test or server needs is refused, the rest is allowed."""

import errno
import tempfile
from functools import cache

# Other processes' memory, new namespaces and mounts, the kernel's own machinery. `io_uring` goes around filters.
REFUSED = (
    "ptrace process_vm_readv process_vm_writev pidfd_getfd kcmp unshare setns mount umount2 pivot_root open_tree "
    "move_mount fsopen fsconfig fsmount fspick mount_setattr chroot bpf perf_event_open userfaultfd keyctl add_key "
    "request_key kexec_load kexec_file_load init_module finit_module delete_module io_uring_setup io_uring_enter "
    "io_uring_register personality reboot swapon swapoff quotactl open_by_handle_at name_to_handle_at syslog acct "
    "iopl ioperm lookup_dcookie nfsservctl vhangup"
).split()
CLONE_NEWUSER = 0x10000000
# Socket families that reach the kernel or the host past the network namespace: netlink, packet, alg, vsock.
FAMILIES = (16, 17, 38, 40)


@cache
def program() -> bytes:
    """The compiled filter; empty where libseccomp is not to be had, and the sandbox goes without."""
    try:
        import pyseccomp  # type: ignore[import-untyped]  # noqa: PLC0415 (raises where the system's library is missing)
    except (ImportError, OSError, RuntimeError):
        return b""
    filtered = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    for name in REFUSED:
        add(filtered, pyseccomp.ERRNO(errno.EPERM), name)
    # The C library falls back to `clone`, whose flags a filter can see.
    add(filtered, pyseccomp.ERRNO(errno.ENOSYS), "clone3")
    add(
        filtered,
        pyseccomp.ERRNO(errno.EPERM),
        "clone",
        pyseccomp.Arg(0, pyseccomp.MASKED_EQ, CLONE_NEWUSER, CLONE_NEWUSER),
    )
    for family in FAMILIES:
        add(filtered, pyseccomp.ERRNO(errno.EAFNOSUPPORT), "socket", pyseccomp.Arg(0, pyseccomp.EQ, family))
    with tempfile.TemporaryFile() as file:
        filtered.export_bpf(file)
        file.seek(0)
        return file.read()


def add(filtered: object, action: int, name: str, *arguments: object) -> None:
    """Add a rule; a call that this architecture does not have needs none."""
    try:
        filtered.add_rule(action, name, *arguments)  # type: ignore[attr-defined]
    except (OSError, ValueError, RuntimeError):
        return
