"""Write several files as one: what stands in the folder is the old bulletin or the new one.

    texts --all into a hidden folder beside it, synced--> replace file by file --> paths

A Ctrl-C while the hidden folder is filled leaves the old bulletin untouched; one that comes while the files are
being replaced is held until the last is in place. What a broken run left behind is removed by the next.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from truceline.errors import OutputError


def write_folder(texts: Mapping[str, str], folder: Path) -> list[Path]:
    """Write each text under its name into `folder`, which is made where it is missing.

    Other files in the folder are left alone. A lone half of a surrogate pair, which UTF-8 cannot hold, is
    written as an escape (which JSON reads back as the same half).

    Args:
        texts: File name to text.
        folder: Where to.
    Returns:
        The paths, in the order of `texts`.
    Raises:
        OutputError: The folder cannot be written.
    """
    unfinished = folder.parent / f".{folder.name}.unfinished"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _remove(unfinished)
        unfinished.mkdir()
        try:
            for name, text in texts.items():
                _refuse_folder(folder / name)
                _write(unfinished / name, text.encode("utf-8", "backslashreplace"))
            _sync(unfinished)
            _replace_all(unfinished, folder, list(texts))
        finally:
            _remove(unfinished)
        _sync(folder)
    except OSError as error:
        raise OutputError(
            who="bulletin",
            what=f"{error.filename or folder} cannot be written: {error.strerror or error}",
            todo="Give a folder that can be written and has room, then run again; the bulletin that stood there "
            "before, if any, still stands",
        ) from error
    return [folder / name for name in texts]


def _refuse_folder(path: Path) -> None:
    """Found before anything is replaced: a folder of that name could stop us half way."""
    if path.is_dir():
        raise IsADirectoryError(21, "a folder stands where the file should go", str(path))


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(path)


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _sync(folder: Path) -> None:
    """Have the names on disk too. Systems that cannot open a folder sync names by themselves."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace_all(unfinished: Path, folder: Path, names: list[str]) -> None:
    """Replace every file; a Ctrl-C in between is obeyed only when none is left."""
    stop: KeyboardInterrupt | None = None
    waiting = list(reversed(names))
    while waiting:
        try:
            source = unfinished / waiting[-1]
            if source.exists():  # else it was moved just before the Ctrl-C came
                source.replace(folder / waiting[-1])
            waiting.pop()
        except KeyboardInterrupt as asked:
            stop = asked
    if stop is not None:
        raise stop
