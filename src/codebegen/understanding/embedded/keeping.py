"""What is kept of changes, found in the blueprint that the rest of the description became."""

from codebegen.blueprint import Blueprint
from codebegen.understanding.embedded.audit_readers import with_audit_readers
from codebegen.understanding.embedded.histories import with_histories


def with_what_is_kept(text: str, blueprint: Blueprint) -> Blueprint:
    """The blueprint with histories of states, and those who read the audit log."""
    return with_audit_readers(text, with_histories(text, blueprint))
