"""The app: settings, pages, headers, health. gunicorn serves `server`."""

from __future__ import annotations

import gc
import logging
import os
import sys

from components import address
from components.house_style import shelf
from components.house_style.tokens import StyleError
from data import current
from data.errors import DataError
from data.prepare import prepare
from server.serving import make_app
from settings import SettingError, read_settings

logging.basicConfig(level=logging.INFO, format="%(asctime)s [%(process)d] %(levelname)s %(message)s")

try:
    settings = read_settings(os.environ)
    address.prefix = settings.url_prefix
    shelf.put(shelf.gather(settings.styles, settings.style))
    current.use(settings.data, prepare)
    current.release()
except (SettingError, DataError, StyleError) as error:
    sys.exit(str(error))

app = make_app(settings)
# What is there now stays: neither the collector nor the copies of worker processes need to look at it again.
gc.collect()
gc.freeze()
# A page of all gemeenten is ten thousands of objects, none of which refers to itself: looking through them each time
# that 700 have come took a third of such an answer.
gc.set_threshold(100_000, 10, 10)
server = app.server
