"""The still twin of the interactive charts: the same figure descriptions, drawn as SVG without a browser."""

from components.figures.panels import figures_of
from components.figures.static.draw import Drawing, drawing, svg
from components.figures.static.known import UnknownForm

__all__ = ["Drawing", "UnknownForm", "drawing", "figures_of", "svg"]
