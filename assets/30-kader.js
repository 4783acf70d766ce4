/* In a frame: tells the page around it how high this page is (see docs/plaatsen.md). Sends nothing else. */
(function () {
  "use strict";
  if (window.parent === window) return;

  var told = 0;

  function tell() {
    var height = Math.ceil(document.body.getBoundingClientRect().height);
    if (!height || height === told) return;
    told = height;
    window.parent.postMessage({ impactmonitor: "hoogte", hoogte: height }, "*");
  }

  /* A browser does not watch sizes in a frame that is out of sight, so changes of the page count as well. */
  var later;
  function soon() {
    clearTimeout(later);
    later = setTimeout(tell, 100);
  }

  function start() {
    new ResizeObserver(tell).observe(document.body);
    new MutationObserver(soon).observe(document.documentElement, { attributes: true, childList: true, subtree: true });
    window.addEventListener("load", soon);
    soon();
  }

  document.documentElement.classList.add("in-kader");
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
