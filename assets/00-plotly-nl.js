/* Dutch for plotly.js: it registers whatever stands in this list when it loads. */
window.PlotlyLocales = [
  {
    moduleType: "locale",
    name: "nl",
    dictionary: {
      "Autoscale": "Automatisch schalen",
      "Box Select": "Rechthoek selecteren",
      "Click to enter Plot title": "Klik om een titel te geven",
      "Compare data on hover": "Vergelijk bij aanwijzen",
      "Double-click on legend to isolate one trace": "Dubbelklik in de legenda om één reeks te tonen",
      "Double-click to zoom back out": "Dubbelklik om weer uit te zoomen",
      "Download plot": "Grafiek opslaan",
      "Download plot as a png": "Grafiek opslaan als PNG",
      "Lasso Select": "Vrij selecteren",
      "Pan": "Verschuiven",
      "Reset": "Herstellen",
      "Reset axes": "Assen herstellen",
      "Show closest data on hover": "Toon het dichtstbijzijnde cijfer",
      "Taking snapshot - this may take a few seconds": "Afbeelding maken, een ogenblik",
      "Toggle Spike Lines": "Hulplijnen aan of uit",
      "Zoom": "Zoomen",
      "Zoom in": "Inzoomen",
      "Zoom out": "Uitzoomen",
    },
    format: {
      days: ["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"],
      shortDays: ["zo", "ma", "di", "wo", "do", "vr", "za"],
      months: [
        "januari", "februari", "maart", "april", "mei", "juni",
        "juli", "augustus", "september", "oktober", "november", "december",
      ],
      shortMonths: ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
      date: "%d-%m-%Y",
      decimal: ",",
      thousands: ".",
    },
  },
];
