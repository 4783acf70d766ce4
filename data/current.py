"""The release that this process serves: which one, and when another takes its place.

The setting IMPACTMONITOR_DATA names a folder of imported releases; without it, or while there is none in it, the
figures that come along serve. A thread looks at the folder every second; a new release is loaded beside the old one and
takes its place at once or not at all. A request holds one release from its beginning to its end.
"""

from __future__ import annotations

import gc
import logging
import os
import threading
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path

from data import releases
from data.errors import DataError
from data.release import Release, load, load_imported

log = logging.getLogger("impactmonitor")
SECONDS = 1.0
"""How often is looked for another release."""
_held: ContextVar[Release | None] = ContextVar("release", default=None)


@dataclass(frozen=True)
class _Served:
    """The release, and what the pointer looked like when it was chosen."""

    release: Release
    seen: tuple[int, ...]


class Current:
    """The release in use of one folder of releases.

    Args:
        root: the folder; None for the figures that come along.
        prepare: is given each release before it serves, to work out what visitors would wait for.
    """

    def __init__(self, root: Path | None, prepare: Callable[[Release], object] = lambda release: None) -> None:
        self._root, self._prepare = root, prepare
        self._lock = threading.Lock()
        self._served: _Served | None = None
        self._watching = 0

    def release(self) -> Release:
        """The release in use; loads it the first time.

        Raises:
            DataError: not even the figures that come along can be used.
        """
        return (self._served or self._first()).release

    def _first(self) -> _Served:
        with self._lock:
            if self._served is None:
                seen = self._look()
                release = self._best()
                self._prepare(release)
                self._served = _Served(release, seen)
            return self._served

    def _best(self) -> Release:
        """The release in use, else the newest that can be read, else the embedded one; another one says so."""
        faults = []
        for name in releases.candidates(self._root) if self._root else ():
            try:
                assert self._root
                found = load_imported(self._root, name)
            except DataError as error:
                log.error("Levering %s is niet te gebruiken: %s", name, error)
                faults.append(name)
                continue
            return replace(found, remark=_remark(faults, found.name)) if faults else found
        embedded = load()
        return replace(embedded, remark=_remark(faults, embedded.name)) if faults else embedded

    def renew(self) -> bool:
        """Take up another release when the pointer has changed; one that cannot be read leaves the one in use.

        Returns:
            Whether another release serves now.
        """
        served = self._served
        seen = self._look()
        if served is None or seen == served.seen:
            return False
        with self._lock:
            try:
                assert self._root
                name = releases.in_use(self._root)
                found = load_imported(self._root, name) if name else load()
                self._prepare(found)
            except Exception as error:  # whatever is wrong with it: what serves now is good
                log.error("De nieuwe levering is niet te gebruiken, %s blijft: %s", served.release.name, error)
                self._served = replace(served, seen=seen)
                return False
            self._served = _Served(found, seen)
        del served
        log.info("Levering %s is in gebruik.", found.name)
        gc.collect()  # the old one refers to itself
        return True

    def _look(self) -> tuple[int, ...]:
        """What tells that the pointer was changed; () when there is none."""
        if self._root is None:
            return ()
        try:
            found = (self._root / releases.CURRENT).stat()
        except OSError:
            return ()
        return found.st_ino, found.st_mtime_ns, found.st_size

    def watch(self) -> None:
        """Look for another release from now on, in a thread of this process."""
        if self._root is None or self._watching == os.getpid():
            return
        self._watching = os.getpid()
        threading.Thread(target=self._watch, name="leveringen", daemon=True).start()

    def _watch(self) -> None:
        pause = threading.Event()
        while not pause.wait(SECONDS):
            try:
                self.renew()
            except Exception as error:
                log.error("Naar een nieuwe levering kijken lukt niet: %s", error)


def _remark(faults: list[str], served: str) -> str:
    named = "De levering" if len(faults) == 1 else "De leveringen"
    verb = "kan" if len(faults) == 1 else "kunnen"
    return f"{named} {' en '.join(faults)} {verb} niet worden gelezen. U ziet daarom de levering {served}."


_current = Current(None)


def use(root: Path | None, prepare: Callable[[Release], object] = lambda release: None) -> None:
    """Serve from a folder of releases from now on; None for the figures that come along."""
    global _current
    _current = Current(root, prepare)


def watch() -> None:
    """Look for another release in this process; without a folder of releases there is nothing to look for."""
    _current.watch()


def release() -> Release:
    """The release in use; within a request the one that it began with.

    Raises:
        DataError: not even the figures that come along can be used.
    """
    return _held.get() or _current.release()


def hold() -> Release:
    """Hold on to the release in use, until `let_go`: what one request shows comes from one release."""
    found = _current.release()
    _held.set(found)
    return found


def let_go() -> None:
    """The request is over."""
    _held.set(None)
