"""Writes docs/licences.md: under which licence each part is, from what the installed packages say themselves.

Run as `python -m tools.licences`; `make lock` does so after an update. The names are those of the lock files, so a part
that comes along with another one is in the list too. A package that says nothing, or nothing exact, stands in READ with
what its own licence file says; a licence that is not known here stops the update, for a person to look at.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "docs" / "licences.md"
# What packages write, in the names of SPDX.
NAMES = {
    "MIT": "MIT", "MIT License": "MIT", "MIT license": "MIT", "MIT-CMU": "MIT-CMU", "Apache-2.0": "Apache-2.0",
    "Apache 2": "Apache-2.0", "Apache 2.0": "Apache-2.0", "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0", "BSD-2-Clause": "BSD-2-Clause", "BSD 2-Clause License": "BSD-2-Clause",
    "BSD-3-Clause": "BSD-3-Clause", "BSD 3-Clause License": "BSD-3-Clause", "MPL-2.0": "MPL-2.0", "PSFL": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "PSF-2.0": "PSF-2.0", "GPL-3.0": "GPL-3.0", "0BSD": "0BSD",
    "Zlib": "Zlib", "ZPL-2.1": "ZPL-2.1", "CC0-1.0": "CC0-1.0",
}  # fmt: skip
# Read in the licence file of the package, which does not say it in a name.
READ = {
    "axe-playwright-python": "MIT AND MPL-2.0",  # MPL-2.0: axe-core, which it brings
    "dash": "MIT",  # React, which it brings, is MIT too
    "itsdangerous": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "kubernetes-validate": "Apache-2.0",
    "nest-asyncio": "BSD-2-Clause",
    "pip-api": "Apache-2.0",
    "resvg-py": "MIT",
    "scipy": "BSD-3-Clause",
    "tinycss2": "BSD-3-Clause",
    "webencodings": "BSD-3-Clause",
}
# May not be in what is served: it would ask more of who passes the whole on than EUPL-1.2 does.
ONLY_TO_TEST = {"GPL-3.0"}
OWN = [
    ("the code, styles, drawings and texts", "EUPL-1.2, see `LICENSE`"),
    ("figures of the CBS, and what was made of them", "CC BY 4.0, with the CBS as the source"),
    (
        "figures of others",
        "each source its own: `licentie` in `data/sources/sources.csv`, shown on pages and in the API",
    ),
    ("borders (CBS, Kadaster: PDOK) and inhabitants (CBS)", "CC BY 4.0; see `data/regions/bronnen.csv`"),
    ("Open Sans in `assets/fonts`, cut to Latin letters", "SIL Open Font License 1.1, `assets/fonts/OFL.txt`"),
    ("React, which dash brings and a browser gets", "MIT"),
    ("plotly.js, which plotly brings and a browser gets where npm is missing", "MIT"),
]


class UnknownLicenceError(ValueError):
    """A package of which the licence cannot be told; the message says what it says itself."""


def pinned(file: str) -> dict[str, bool]:
    """The names of the packages in a lock file, and whether every Python and system gets the same one."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return {found[1]: ";" not in line for line in lines if (found := re.match(r"([a-z0-9.-]+)==", line))}


def licence(name: str) -> str:
    """The licence of an installed package, in the names of SPDX.

    Raises:
        UnknownLicenceError: it says nothing, or something that is not known here.
    """
    if name in READ:
        return READ[name]
    about = metadata(name)
    classes = [c.rsplit(" :: ", 1)[-1] for c in about.get_all("Classifier") or [] if c.startswith("License")]
    said = about.get("License-Expression") or (about.get("License") or "").strip().split("\n")[0] or ", ".join(classes)
    for text in (said, *classes):
        parts = re.split(r" (AND|OR) ", text)
        if all(part in NAMES or at % 2 for at, part in enumerate(parts)):
            return " ".join(part if at % 2 else NAMES[part] for at, part in enumerate(parts))
    raise UnknownLicenceError(
        f"{name}: de licentie {said[:80]!r} is niet bekend; kijk haar na en zet haar in tools/licences.py"
    )


def listed(file: str) -> Iterator[tuple[str, str]]:
    """Name and licence of each package of a lock file; what is only for another Python or system is left out."""
    for name in pinned(file):
        try:
            yield name, licence(name)
        except PackageNotFoundError:
            continue


def front_end() -> list[tuple[str, str]]:
    """Name and licence of each npm package of the lock file."""
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return [(path.removeprefix("node_modules/"), about["license"]) for path, about in packages.items() if path]


def document() -> str:
    """The whole of docs/licences.md."""
    served = [*listed("requirements.txt"), *front_end()]
    names = {name for name, _ in served}
    tests = [(name, told) for name, told in listed("requirements-test.txt") if name not in names]
    return f"""# Licences

Under which licence each part is. `make lock` writes this list from what the packages say themselves
(`tools/licences.py`); a test holds it to the lock files. Why each of them is used: [dependencies.md](dependencies.md).

## Of the project itself

{_table("part", OWN)}
## What it needs to serve

All may be passed on with their notices, as they come; a changed file of a part under MPL-2.0 stays under it. What a
package brings from others is in its own licence file.

{_table("package", served)}
## What only tests need

Not in the image, and not passed on.

{_table("package", tests)}"""


def _table(head: str, rows: list[tuple[str, str]]) -> str:
    return "\n".join([f"| {head} | licence |", "|---|---|", *(f"| {name} | {told} |" for name, told in rows), ""])


if __name__ == "__main__":
    try:
        FILE.write_text(document(), encoding="utf-8")
    except UnknownLicenceError as error:
        sys.exit(str(error))
