/* A view of the menu is fetched when a visitor points at its link, or reaches it by keyboard: by the time of the click it
   is there. Not in the first seconds, which are for the page itself, and not where the visitor wants to save data. */
(function () {
  "use strict";

  var FIRST = 2000; // ms
  var fetched = {};

  function ahead(event) {
    var link = event.target.closest && event.target.closest("nav a[href*='?']:not([aria-current])");
    if (!link || fetched[link.href] || performance.now() < FIRST) return;
    if (navigator.connection && navigator.connection.saveData) return;
    fetched[link.href] = true;
    var hint = document.createElement("link");
    hint.rel = "prefetch";
    hint.as = "document";
    hint.href = link.href;
    document.head.appendChild(hint);
  }

  document.addEventListener("pointerover", ahead);
  document.addEventListener("focusin", ahead);
})();
