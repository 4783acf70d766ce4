"""Serves the numbers that the workers count to Prometheus: `python -m server.metrics HOST PORT`, by gunicorn.conf.py.

It imports nothing of the dashboard, so it is small and starts at once.
"""

import os
import sys
import time

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector


def main(host: str, port: int) -> None:
    """Serve for as long as the process that started this one lives."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    start_http_server(port, host, registry)
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(1)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
