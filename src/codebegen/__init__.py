"""codebegen: from a description in plain language to a proven FastAPI project."""

__version__ = "0.1.0"
