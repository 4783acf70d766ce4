/* The buttons "Kopieer tekst" and "Kopieer code". The text comes from the server; only the beginning of its addresses
   comes from here, since behind a proxy a server may not know it. */
(function () {
  "use strict";

  var SHOWN = 4000; // ms

  /* Where the clipboard is closed to pages (in a frame, or without https) a selection can still be copied. */
  function bySelection(text) {
    var field = document.createElement("textarea");
    var active = document.activeElement;
    field.value = text;
    field.className = "alleen-lezen";
    field.setAttribute("aria-hidden", "true");
    document.body.appendChild(field);
    field.select();
    var done = false;
    try { done = document.execCommand("copy"); } catch (error) { done = false; }
    field.remove();
    if (active) active.focus({ preventScroll: true });
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  }

  function copy(text) {
    if (!navigator.clipboard || !window.isSecureContext) return bySelection(text);
    return navigator.clipboard.writeText(text).catch(function () { return bySelection(text); });
  }

  window.impactmonitorCopy = copy; // 40-delen.js copies with it too

  function textOf(button) {
    var code = button.parentNode.querySelector("pre");
    if (code) return code.textContent.split(button.dataset.plek).join(location.origin);
    var path = button.dataset.adres;
    var start = button.dataset.tekst.lastIndexOf(path);
    return button.dataset.tekst.slice(0, start) + new URL(path, location.href).href;
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button.kopieer");
    if (!button) return;
    var text = textOf(button);
    var status = button.parentNode.querySelector(".kopie-status");
    clearTimeout(button.timer);
    status.textContent = "";
    copy(text).then(function () {
      status.textContent = "Gekopieerd";
    }, function () {
      status.textContent = "Kopiëren lukt niet in deze browser. Selecteer de tekst en gebruik Ctrl+C.";
    }).then(function () {
      button.timer = setTimeout(function () { status.textContent = ""; }, SHOWN);
    });
  });
})();
