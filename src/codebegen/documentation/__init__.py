"""Documentation of a generated project, from its blueprint and from what was compiled: README, guides, ledger.

Enters: a complete `Blueprint`, the compiled files, the operations they promise. Leaves: Markdown files. The same
blueprint gives the same bytes; whether tests passed is filled in later, by `fill_status`.
"""

from codebegen.documentation.elements import Placed, Sentence, elements, sentences
from codebegen.documentation.ledger import LEDGER, coverage, fill_status
from codebegen.documentation.write import write_documents

__all__ = ["LEDGER", "Placed", "Sentence", "coverage", "elements", "fill_status", "sentences", "write_documents"]
