"""The filters: native controls in one form, which also works without JavaScript."""

from __future__ import annotations

from components.address import bare
from components.elements import html
from components.html_text import fixed
from components.native import Input, style_fields
from data.catalogue import View
from data.choice import GREY, Choice, Option, every_region
from data.kept import per_release
from data.regions import Region
from data.release import COUNTRY, Release

NONE = " (geen cijfers)"


def filters(choice: Choice, release: Release) -> html.Form:
    """The form with the filters of a view; only what has figures can be chosen, the rest is visibly off."""
    parameter = choice.selection.parameter if choice.indicator.kenmerken else "categorie"
    kept = choice.kept
    breakdown = "Aard van het geweld" if parameter == "geweld" else "Uitsplitsing"
    return html.Form(
        [
            # The Enter key presses the first button of a form: this one, not one that takes a region away.
            html.Button(type="submit", hidden=True),
            html.H2("Maak uw keuze", className="alleen-lezen"),
            _select(
                "indicator", "Indicator", choice.options.get("indicator", ()), "maat geweld categorie weergave sinds"
            ),
            _select("maat", "Maat", choice.options.get("maat", ()), asked="maat" in kept),
            _select(
                parameter, breakdown, choice.options.get("categorie", ()), id="categorie", asked=parameter in kept
            ),
            _level(choice),
            _regions(choice, release),
            _select(
                "periode", "Periode", choice.options.get("periode", ()),
                empty="Hele reeks" if choice.view == "tijdreeksen" else "",
                chosen=choice.view != "tijdreeksen" or "periode" in choice.asked, asked="periode" in kept,
                clears="sinds",
            ),
            _since(choice),
            _others(choice),
            _presentation(choice),
            Input(type="hidden", name="thema", id="thema", value=kept.get("thema", ""))
            if len(choice.indicator.themas) > 1 else None,
            *style_fields(),
            html.Button("Toon de cijfers", type="submit", className="knop zonder-script"),
        ],
        id="filters",
        action=bare(choice.view),
        method="get",
        **{"aria-label": "Filters"},
    )  # fmt: skip


def region_class(choice: Choice, region: Region) -> str:
    """The class that gives a chosen region its colour, the same as in the charts (components.figures.style)."""
    return f"reeks-{choice.slot(region) + 1}"


def _option(option: Option, chosen: bool, asked: bool) -> html.Option:
    return html.Option(
        option.label + ("" if option.available else NONE),
        value=option.value if asked or not (chosen and option.chosen) else "",
        selected=chosen and option.chosen,
        disabled=not option.available and not option.chosen,
        **({"data-gekozen": ""} if chosen and option.chosen else {}),
    )


def _select(
    name: str,
    label: str,
    options: tuple[Option, ...],
    clears: str = "",
    *,
    id: str = "",
    empty: str = "",
    chosen: bool = True,
    asked: bool = True,
) -> html.Div:
    """A labelled select, its options under the headings of their groups; hidden when there is nothing to choose.

    Args:
        name: the parameter in the address.
        label: what it chooses.
        options: its entries; those of one group are put together.
        clears: names of parameters that lose their meaning when this one changes.
        id: of the control; default its name.
        empty: label of an entry that chooses nothing.
        chosen: whether the entry that the card shows is the one to be selected.
        asked: whether the visitor asked for that entry. A default has no value: it must not come into the address
            when another filter changes, for then it would be taken along as a choice that nobody made.
    """
    entries: list[object] = []
    if empty:
        entries.append(html.Option(empty, value="", selected=not chosen, **({} if chosen else {"data-gekozen": ""})))
    for group in dict.fromkeys(option.group for option in options):
        listed = [_option(option, chosen, asked) for option in options if option.group == group]
        entries += [html.Optgroup(listed, label=group)] if group else listed
    control = id or name
    return html.Div(
        [
            html.Label(label, htmlFor=control),
            html.Select(entries, id=control, name=name, **({"data-wist": clears} if clears else {})),
        ],
        className="veld",
        hidden=len(options) + bool(empty) < 2,
    )


def _level(choice: Choice) -> html.Div:
    """The levels of regions; another one shows what can be compared there, unless a category was asked for."""
    by_name = not choice.selection.group and {"geweld", "categorie"} & set(choice.asked)
    options = choice.options.get("niveau", ())
    own = any(region.code != COUNTRY for region in choice.regions) and bool(choice.kept.get("regio"))
    empty = "Niveau van uw regio" if own else "Niveau met de meeste cijfers"
    return _select(
        "niveau", "Niveau", options, "periode sinds" if by_name else "geweld categorie periode sinds",
        empty=empty if options else "", chosen=bool(choice.level),
    )  # fmt: skip


def _regions(choice: Choice, release: Release) -> html.Div:
    """Search and add a region; each one asked for is a button that takes it away, also when it has no figures here."""
    options = choice.options.get("regio", ())
    codes = choice.kept.get("regio", "")
    asked = [release.regions[code] for code in codes.split(",") if code]
    chips = [
        html.Li(
            html.Button(
                [region.label, html.Span(" ×", **{"aria-hidden": "true"}),
                 html.Span(" weghalen", className="alleen-lezen")],
                type="submit", name="zonder", value=region.code,
                className=f"gekozen-regio {region_class(choice, region)}",
            )
        )
        for region in asked
    ]  # fmt: skip
    return html.Div(
        [
            html.Label("Regio toevoegen", htmlFor="regio-zoek"),
            Input(
                id="regio-zoek", name="erbij", type="text", list="regio-lijst", value="", autoComplete="off",
                placeholder="Regio of gemeente", spellCheck="false",
            ),
            _names(release, choice.indicator.slug, choice.view),
            html.Ul(chips, className="regio-keuze", **{"aria-label": "Gekozen regio's"}) if chips else None,
            Input(type="hidden", name="regio", id="regio", value=codes),
        ],
        className="veld regio",
        hidden=choice.view == "landelijk" or not options,
    )  # fmt: skip


def _since(choice: Choice) -> html.Div | None:
    """The period to compare the chosen regions with; of rates no change is told, but the choice stays."""
    if not (options := choice.options.get("sinds", ())):
        return None
    control = _select("sinds", "Verandering sinds", options, empty="Vorige periode", chosen=bool(choice.since))
    control.hidden = choice.presentation != "aantal"
    return control


def _others(choice: Choice) -> html.Div | None:
    """How the regions stand that were not chosen; only where some were, and where lines or bars are regions."""
    if choice.view == "landelijk" or not choice.regions or choice.selection.group or choice.empty:
        return None
    usual = "Niet in de grafiek" if choice.view == "tijdreeksen" else "In de gewone kleur"
    return _select(
        "rest", "Andere regio's", (Option(GREY, "In grijs", True, choice.grey),), empty=usual, chosen=choice.grey
    )


@per_release
def _names(release: Release, slug: str, view: View) -> html.Datalist:
    """The names of all regions with figures."""
    every = every_region(release, slug, view)
    names = [html.Option(value=option.label, **{"data-code": option.value}) for option in every]
    return fixed(html.Datalist(names, id="regio-lijst"))


def _presentation(choice: Choice) -> html.Fieldset:
    options = choice.options.get("weergave", ())
    return html.Fieldset(
        [
            html.Legend("Weergave"),
            Input(type="hidden", name="weergave", id="weergave", value=choice.kept.get("weergave", "")),
            html.Div(
                [
                html.Button(
                    [option.label, None if option.available else html.Span(NONE, className="klein")],
                    type="submit", name="weergave", value=option.value, className="schakel",
                    disabled=not option.available,
                    **{"aria-pressed": "true" if option.chosen else "false"},
                )
                for option in options
                ],
                className="schakels",
            ),
        ],
        className="veld",
        hidden=not options,
    )  # fmt: skip
