"""On what kind of machine something was measured, without its name."""

from __future__ import annotations

import os
import platform


def machine() -> str:
    """The system, the processor and the number of cores that this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{platform.system()} {platform.machine()}, {cores} cores"
