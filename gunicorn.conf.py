"""How gunicorn serves the dashboard; the environment overrides the address and the number of workers."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

# gunicorn reads this file before it knows the folder of the project
sys.path.insert(0, str(Path(__file__).resolve().parent))

from settings import SettingError, read_settings

try:
    _settings = read_settings(os.environ)
    socket.getaddrinfo(_settings.host, _settings.port)
except SettingError as error:
    sys.exit(str(error))
except OSError:
    sys.exit(str(SettingError("HOST", _settings.host, "deze computer kent dat adres niet")))

bind = _settings.bind
workers = _settings.workers
# What a proxy says is believed of these only, and only of the scheme; Host is that of the request itself.
forwarded_allow_ips = _settings.proxies
secure_scheme_headers = {"X-FORWARDED-PROTO": "https"}
forwarder_headers = ""
worker_class = "server.worker.PatientWorker"
# A few more than the app takes at once (server/crowd.py), for health and for telling others that it is too busy.
threads = _settings.at_once + 16
preload_app = True  # one import shared by all workers, and set-up is over before the first request
timeout = 60
# Longer than a proxy keeps its connections (nginx: 60 s), so that none is closed at the moment that it asks something.
keepalive = 75
graceful_timeout = 20
control_socket_disable = True  # no file in the home folder of whoever runs it
accesslog = None


def post_worker_init(worker: object) -> None:
    """Every worker looks for another release by itself: a thread of the first process does not come along."""
    from data import current

    current.watch()


_memory = Path("/dev/shm")
if _memory.is_dir() and os.access(_memory, os.W_OK):
    worker_tmp_dir = str(_memory)  # a heartbeat on a slow disk would make workers look dead


def when_ready(server: Any) -> None:
    """Serve the numbers for Prometheus from a process of its own, so that a fault there touches no visitor."""
    if _settings.metrics_port:
        command = [sys.executable, "-m", "server.metrics", _settings.host, str(_settings.metrics_port)]
        server.metrics = subprocess.Popen(command, cwd=Path(__file__).resolve().parent)


def child_exit(server: Any, worker: Any) -> None:
    """A worker that ended counts no longer for what is now."""
    if _settings.metrics_port:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)


def on_exit(server: Any) -> None:
    """Take the numbers along."""
    if _settings.metrics_port:
        server.metrics.terminate()
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
