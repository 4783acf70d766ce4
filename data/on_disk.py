"""The commands for releases on disk: refresh, releases, rollback and verify."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from data import releases
from data.errors import DataError
from settings import Settings

COMMANDS = ("refresh", "releases", "rollback", "verify")
NO_FOLDER = "geef met IMPACTMONITOR_DATA de map waarin de leveringen staan"


def add(commands: Any) -> None:
    """Add the commands to a parser."""
    refreshing = commands.add_parser("refresh", help="haal de tabellen van StatLine op en neem ze in gebruik")
    refreshing.add_argument("--tables", nargs="+", default=[], metavar="TABEL", help="alleen deze, zoals 84847NED")
    refreshing.add_argument("--since", type=date.fromisoformat, metavar="JJJJ-MM-DD",
                            help="alleen tabellen die vanaf deze dag zijn gewijzigd")  # fmt: skip
    refreshing.add_argument("--dry-run", action="store_true", help="alleen kijken wat er zou gebeuren")
    commands.add_parser("releases", help="laat zien welke leveringen er zijn, en welke in gebruik is")
    back = commands.add_parser("rollback", help="neem een vorige levering weer in gebruik")
    back.add_argument("levering", nargs="?", default="", help="zonder naam: die van voor de huidige")
    verifying = commands.add_parser("verify", help="controleer of leveringen heel zijn")
    verifying.add_argument("levering", nargs="?", default="", help="zonder naam: alle")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run one of the commands.

    Returns:
        The exit code: 0 when all is well.

    Raises:
        DataError: it cannot be done; the message is one line.
    """
    if settings.data is None:
        raise DataError(NO_FOLDER)
    match options.command:
        case "refresh":
            return _refresh(options, settings, settings.data)
        case "releases":
            return _list(settings.data)
        case "rollback":
            with releases.lock(settings.data):
                name = releases.rollback(settings.data, options.levering)
            print(f"Levering {name} is weer in gebruik.")
            return 0
        case _:
            return _verify(settings.data, options.levering)


def _refresh(options: argparse.Namespace, settings: Settings, root: Path) -> int:
    # Only an import needs what speaks to the service.
    from data.statline.client import Service
    from data.statline.importer import Job, refresh
    from data.statline.progress import Bar

    job = Job(root, lambda: Service(settings.cbs_url), tuple(dict.fromkeys(options.tables)), options.since,
              options.dry_run)  # fmt: skip
    print(refresh(job, Bar()))
    return 0


def _list(root: Path) -> int:
    current = releases.in_use(root)
    names = releases.names(root)
    for name in names:
        manifest = releases.read_manifest(releases.folder_of(root, name))
        changes = manifest.wijzigingen
        used = "in gebruik" if name == current else "bewaard"
        print(f"{name}  {used}  {manifest.gemaakt:%Y-%m-%d %H:%M} UTC  {manifest.cijfers} cijfers  "
              f"{len(manifest.tabellen)} tabellen  nieuw {changes.nieuw}, herzien {changes.herzien}, "
              f"vervallen {changes.vervallen}")  # fmt: skip
    if not names:
        print("Er zijn geen leveringen; de cijfers die bij het project horen zijn in gebruik.")
    elif current not in names:
        print(f"Levering {current} is in gebruik gezet en niet te lezen." if current else "Geen ervan is in gebruik.")
    return 0


def _verify(root: Path, name: str) -> int:
    wanted = [name] if name else releases.names(root)
    if not name and (current := releases.in_use(root)) and current not in wanted:
        wanted.append(current)
    faults = 0
    for each in wanted:
        try:
            manifest = releases.verify(releases.folder_of(root, each))
        except DataError as error:
            print(error, file=sys.stderr)
            faults += 1
        else:
            print(f"{each}: heel, {manifest.cijfers} cijfers, {len(manifest.bestanden)} bestanden.")
    return 1 if faults else 0
