"""What the dashboard is compared with: a plain Dash app that shows the figures of one of its cards.

As the documentation of Dash does it: a dcc.Dropdown, a dcc.Graph, one callback, figures of plotly express, all settings
as they are by default; served by gunicorn in the same way. `BENCH_CARD` (view?query) and `BENCH_PERIOD` say which card.
"""

from __future__ import annotations

import os
from urllib.parse import parse_qsl

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html
from flask import Flask

from data import current
from data.catalogue import VIEWS
from data.choice import choose
from data.view import card_view


def figures(view: str, query: dict[str, str]) -> pd.DataFrame:
    """The figures of a card for each period that can be chosen: a row for each bar.

    Args:
        view: one of the views with bars.
        query: the choice, as in the address of the page; its period is left open.
    """
    release = current.release()
    name = next(each for each in VIEWS if each == view)
    rows = []
    for option in choose(release, name, query).options["periode"]:
        if not option.available or not option.value:  # '' is the default, which is one of the others
            continue
        shown = card_view(release, choose(release, name, query | {"periode": option.value}))
        for line, column, figure in shown.figures():
            if figure.value is not None:
                rows.append({"period": option.value, "label": line.label, "maat": column.maat, "value": figure.value})
    return pd.DataFrame(rows)


def make() -> Flask:
    """The app, after its first request: the first ones of a preloaded Dash app can fail while it still sets up."""
    view, _, query = os.environ["BENCH_CARD"].partition("?")
    df = figures(view, dict(parse_qsl(query)))
    app = Dash(__name__)
    app.layout = html.Div(
        [
            html.H1("Impactmonitor"),
            dcc.Dropdown(list(df["period"].unique()), os.environ["BENCH_PERIOD"], id="period"),
            dcc.Graph(id="chart"),
        ]
    )

    @app.callback(Output("chart", "figure"), Input("period", "value"))
    def draw(period: str) -> go.Figure:
        return px.bar(df[df["period"] == period], x="value", y="label", color="maat", barmode="group", orientation="h")

    server: Flask = app.server
    server.test_client().get("/")
    return server
