/* 'Deel of plaats': writes link and code for the options chosen, copies them, and shows the embed as it will be.
   What was chosen stays when the card is drawn again. */
(function () {
  "use strict";

  var DEFAULT_HEIGHT = 600;
  var chosen = {}; // id of a control -> its value
  var measured = 0; // height of the preview, in pixels
  var shown = ""; // address of the preview
  var busy = false;

  function byId(id) { return document.getElementById(id); }

  /* The panel that is on the screen: for a moment there are two, that of the server and that of Dash. */
  function panel() {
    return document.querySelector("#eerste-beeld #delen") || document.querySelector("#react-entry-point #delen");
  }

  function option(name) { return chosen["delen-" + name] || ""; }

  function quoted(text) {
    return text.replace(/&/g, "&amp;").replace(/"/g, "&#34;").replace(/'/g, "&#39;")
      .replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }

  function addressOf(path, names) {
    var url = new URL(path, location.href);
    if (option("periode") === "nieuwste") url.searchParams.delete("periode");
    names.forEach(function (name) { if (option(name)) url.searchParams.set(name, option(name)); });
    return url.href.replace(/%2C/g, ",");
  }

  function code(panel, frame) {
    var height = Number(option("hoogte")) || measured || DEFAULT_HEIGHT;
    var text = '<iframe src="' + quoted(frame) + '" title="' + quoted(panel.dataset.titelKader) +
      '" width="100%" height="' + height + '" loading="lazy" frameborder="0"></iframe>';
    if (option("hoogte") !== "script" || option("vorm") === "licht") return text;
    return text + '\n<script src="' + quoted(new URL(panel.dataset.script, location.href).href) + '" async></' + "script>";
  }

  function set(field, text) { if (field && field.value !== text) field.value = text; }

  function write() {
    var here = panel();
    if (!here) return;
    busy = true;
    Object.keys(chosen).forEach(function (id) {
      var control = here.querySelector("#" + id);
      if (control && control.value !== chosen[id]) control.value = chosen[id];
    });
    var frame = addressOf(here.dataset.kader, ["toon", "filters", "vorm", "stijl"]);
    set(here.querySelector("#delen-link"), addressOf(here.dataset.link, ["stijl"]));
    set(here.querySelector("#delen-code"), code(here, frame));
    if (here.open) preview(here, frame);
    busy = false;
  }

  function preview(here, frame) {
    var place = here.querySelector("#delen-voorbeeld");
    var old = place.querySelector("iframe");
    if (old && frame === shown) return;
    if (old) old.remove();
    shown = frame;
    measured = 0;
    var made = document.createElement("iframe");
    made.src = frame;
    made.title = "Voorbeeld: " + here.dataset.titelKader;
    made.height = Number(option("hoogte")) || DEFAULT_HEIGHT;
    place.appendChild(made);
  }

  window.addEventListener("message", function (event) {
    var here = panel();
    var frame = here && here.querySelector("#delen-voorbeeld iframe");
    if (!frame || event.source !== frame.contentWindow || event.origin !== location.origin) return;
    if (!event.data || event.data.impactmonitor !== "hoogte" || Number(option("hoogte"))) return;
    measured = Math.ceil(event.data.hoogte);
    frame.height = measured;
    write();
  });

  document.addEventListener("change", function (event) {
    if (!event.target.closest || !event.target.closest("#delen") || !event.target.matches("select")) return;
    chosen[event.target.id] = event.target.value;
    var frame = panel().querySelector("#delen-voorbeeld iframe");
    if (frame) frame.height = Number(option("hoogte")) || measured || DEFAULT_HEIGHT;
    write();
  });

  document.addEventListener("toggle", function (event) {
    if (event.target.id === "delen" && event.target.open) write();
  }, true);

  /* --- copying --- */

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-kopieer]");
    if (!button) return;
    var field = panel().querySelector("#" + button.dataset.kopieer);
    var status = panel().querySelector("#delen-status");
    status.textContent = "";
    field.select(); // who cannot copy with the button still can with Ctrl+C
    window.impactmonitorCopy(field.value).then(function () {
      status.textContent = button.dataset.kopieer === "delen-link" ? "De link is gekopieerd." : "De code is gekopieerd.";
    }, function () {
      status.textContent = "Kopiëren lukt hier niet vanzelf: de tekst is geselecteerd, gebruik Ctrl+C.";
    }).then(function () { button.focus({ preventScroll: true }); });
  });

  /* --- after each drawing --- */

  function start() {
    new MutationObserver(function () { if (!busy) write(); }).observe(document.body, { childList: true, subtree: true });
    document.addEventListener("getekend", write); // in which only texts may have become others
    write();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
