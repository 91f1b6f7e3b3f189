"""Review: reads a generated tree and says what a careful colleague would, in findings, suggestions and three scores.

Enters: a `FileTree` and the names of operations that must not be open. Leaves: a `Review`; with `apply_fixes`, a
tree in which every suggestion that has a fix is carried out. All of it is deterministic and reads files as text or
syntax trees; nothing of them is run.
"""

from codebegen.review.doors import anonymous
from codebegen.review.fixes import apply_fixes
from codebegen.review.model import Finding, Review, Suggestion
from codebegen.review.review import review_tree

__all__ = ["Finding", "Review", "Suggestion", "anonymous", "apply_fixes", "review_tree"]
