"""Starts gunicorn, once the settings have been checked: `python start.py`.

gunicorn reads WEB_CONCURRENCY by itself, before it looks at gunicorn.conf.py, and answers a value that is
wrong or empty with a traceback. So the check comes first, and gunicorn then takes the place of this process.
"""

import os
import sys
import tempfile
from pathlib import Path

from settings import SettingError, read_settings

FOLDERS = ("IMPACTMONITOR_DATA", "STIJLEN")


def main() -> None:
    """Check the settings, then become gunicorn; stop with one line when a setting cannot be understood."""
    try:
        settings = read_settings(os.environ)
    except SettingError as error:
        sys.exit(str(error))
    os.environ["WEB_CONCURRENCY"] = str(settings.workers)
    # With a heap for each thread the memory of a worker doubles within an hour, and nothing is gained: Python runs one
    # thread at a time.
    os.environ.setdefault("MALLOC_ARENA_MAX", "1")
    if settings.metrics_port:
        # Here the workers write what the process of METRICS_PORT adds up; it must be there before they are.
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="impactmonitor-")
    for name in FOLDERS:
        if folder := os.environ.get(name, "").strip():
            os.environ[name] = str(Path(folder).absolute())  # as meant where the command was given
    os.chdir(Path(__file__).resolve().parent)
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "app:server"]
    os.execv(sys.executable, command)


if __name__ == "__main__":
    main()
