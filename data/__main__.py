"""Commands for administrators: python -m data refresh, releases, rollback, verify, check, dekking and grenzen."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from data import borders, check, gaps, on_disk, pdok, release
from data.errors import DataError
from settings import SettingError, read_settings


def main(arguments: list[str] | None = None) -> int:
    """Run a command.

    Returns:
        The exit code: 0 when all is well, 1 when something is wrong with the figures.
    """
    parser = argparse.ArgumentParser(prog="python -m data", description="De cijfers van de Impactmonitor beheren.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="opdracht")
    checking = commands.add_parser("check", help="controleer de brontabellen en de cijfers")
    checking.add_argument("--map", type=Path, default=release.FOLDER, help="map met catalogue, regions en sources")
    listing = commands.add_parser("dekking", help="laat zien wat er per kruisje ontbreekt, en waar het staat")
    listing.add_argument("--map", type=Path, default=release.FOLDER, help="map met catalogue, regions en sources")
    listing.add_argument("--in", type=Path, dest="file", help="zet de lijst in dit bestand, tussen de merktekens")
    bordering = commands.add_parser("grenzen", help="haal de grenzen van een jaar op bij PDOK (nog niet beproefd)")
    bordering.add_argument("niveau", choices=sorted(pdok.LAYERS), help="VT (Veilig Thuis-regio) of GM (gemeente)")
    bordering.add_argument("jaar", type=int, help="jaar van de indeling")
    bordering.add_argument("--map", type=Path, default=borders.FOLDER, help="map met de grenzen")
    on_disk.add(commands)
    options = parser.parse_args(arguments)
    try:
        if options.command in on_disk.COMMANDS:
            return on_disk.run(options, read_settings(os.environ))
        if options.command == "grenzen":
            print(pdok.refresh(options.niveau, options.jaar, options.map))
            return 0
        if options.command == "dekking":
            text = gaps.report(release.load(options.map))
            if options.file:
                options.file.write_text(gaps.put(text, options.file.read_text(encoding="utf-8")), encoding="utf-8")
            else:
                print(text)
            return 0
        report = check.check(release.load(options.map), check.load(options.map / "catalogue"))
    except (DataError, SettingError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("afgebroken; er is niets gewijzigd", file=sys.stderr)
        return 130
    for fault in report.faults:
        print(fault, file=sys.stderr)
    print(report.line)
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
