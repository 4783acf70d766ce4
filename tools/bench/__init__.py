"""Measures how fast and how small the dashboard is: `make bench`, or `python -m tools.bench [section ...]`.

Each section measures one thing and is one module with `SECTION`; `SECTIONS` in `__main__` lists them. The results go to
docs/bench.md, where a section that was not run keeps what it said.
"""
