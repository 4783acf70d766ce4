/* Lets the frames of the Impactmonitor on this page grow with what stands in them.

   Each frame tells its height with postMessage: { impactmonitor: "hoogte", hoogte: 512 }. This script gives that
   height to the frame that said so, if it comes from the site of that frame. It does nothing else: it sends
   nothing, keeps nothing and reads nothing of this page. Without it a frame keeps the height of its code. */
(function () {
  "use strict";
  var HIGHEST = 6000; // pixels

  window.addEventListener("message", function (event) {
    var told = event.data;
    if (!told || told.impactmonitor !== "hoogte" || !(told.hoogte > 0)) return;
    Array.prototype.forEach.call(document.getElementsByTagName("iframe"), function (frame) {
      if (frame.contentWindow !== event.source) return;
      if (new URL(frame.src, location.href).origin !== event.origin) return;
      frame.height = Math.min(Math.ceil(told.hoogte), HIGHEST);
    });
  });
})();
