"""Commands for administrators: python -m data check."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from data import check, release
from data.errors import DataError


def main(arguments: list[str] | None = None) -> int:
    """Run a command.

    Returns:
        The exit code: 0 when all is well, 1 when something is wrong with the figures.
    """
    parser = argparse.ArgumentParser(prog="python -m data", description="De cijfers van de Impactmonitor beheren.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="opdracht")
    checking = commands.add_parser("check", help="controleer de brontabellen en de cijfers")
    checking.add_argument("--map", type=Path, default=release.FOLDER, help="map met catalogue, regions en sources")
    options = parser.parse_args(arguments)
    try:
        report = check.check(release.load(options.map), check.load(options.map / "catalogue"))
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    for fault in report.faults:
        print(fault, file=sys.stderr)
    print(report.line)
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
