"""Visitors for a load test: what a few visits ask for, recorded from a browser, and walked by many at the same time.

`record.py` records (`python -m tools.load.record`), `visits.json` holds the recording, `play.py` is the file for
locust, `run.py` starts it. The sections `belasting` and `groei` of the benchmark use them.
"""
