"""Templates that are not ours: a user's folder on top of a built-in template.

They are rendered by the same code as built-in ones, but in a child process with bounds of time and memory, behind the
port `RenderCustom`: `child.py` is what runs there. What they make is gated as untrusted code.
"""

from codebegen.compiler.custom.folder import Custom, RenderCustom, read_custom

__all__ = ["Custom", "RenderCustom", "read_custom"]
