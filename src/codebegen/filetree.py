"""An immutable set of files: what the compiler makes, what review changes, what delivery writes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class GeneratedFile:
    """One text file: `path` is relative and POSIX, `origin` names the template or emitter that made it."""

    path: str
    content: str
    origin: str = ""

    def __post_init__(self) -> None:
        parts = PurePosixPath(self.path).parts
        if not parts or self.path.startswith("/") or ".." in parts or "\\" in self.path or "\0" in self.path:
            raise ValueError(f"not a relative path inside the project: {self.path!r}")


class FileTree(Mapping[str, GeneratedFile]):
    """Files by path, in path order. Every change returns a new tree."""

    def __init__(self, files: Iterable[GeneratedFile] = ()) -> None:
        by_path: dict[str, GeneratedFile] = {}
        for file in files:
            if file.path in by_path:
                raise ValueError(f"two files at {file.path}")
            by_path[file.path] = file
        self._files = dict(sorted(by_path.items()))

    def __getitem__(self, path: str) -> GeneratedFile:
        return self._files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def with_files(self, files: Iterable[GeneratedFile]) -> "FileTree":
        """This tree with files added, or replaced where the path exists."""
        return FileTree({**self._files, **{file.path: file for file in files}}.values())

    def without(self, paths: Iterable[str]) -> "FileTree":
        """This tree without the named paths."""
        gone = set(paths)
        return FileTree(file for path, file in self._files.items() if path not in gone)
