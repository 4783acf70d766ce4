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

  function start() { new ResizeObserver(tell).observe(document.body); }

  document.documentElement.classList.add("in-kader");
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
