/* The search box: the key /, and suggestions of the server while someone types (WAI-ARIA combobox with a list).
   Without this script the box is a plain form. Everything hangs on the document: the page is drawn more than once. */
(function () {
  "use strict";

  var PAUSE = 150; // ms without a letter before the server is asked
  var LEAST = 2; // letters
  var timer, asking;
  var serial = 0;

  function isBox(node) { return node && node.id === "zoek"; }
  function inForm(box, name) { return box.form.querySelector(name); }
  function list(box) { return inForm(box, "#zoek-lijst"); }
  function options(box) { return Array.prototype.slice.call(list(box).querySelectorAll("[role=option]")); }
  function isOpen(box) { return !list(box).hidden; }

  function visibleBox() {
    return Array.prototype.find.call(document.querySelectorAll("#zoek"), function (box) {
      return box.checkVisibility ? box.checkVisibility({ visibilityProperty: true }) : box.offsetParent;
    });
  }

  function say(box, text) { inForm(box, "#zoek-status").textContent = text; }

  function begin(box) {
    if (box.getAttribute("role") === "combobox") return;
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", "zoek-lijst");
    box.setAttribute("aria-expanded", "false");
  }

  function close(box) {
    clearTimeout(timer);
    serial += 1;
    list(box).hidden = true;
    list(box).replaceChildren();
    inForm(box, "#zoek-status").classList.add("alleen-lezen");
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function part(tag, name, text) {
    var node = document.createElement(tag);
    if (name) node.className = name;
    node.textContent = text;
    return node;
  }

  function show(box, answer) {
    var place = list(box);
    place.replaceChildren();
    answer.resultaten.forEach(function (each, at) {
      var option = document.createElement("li");
      option.id = "zoek-optie-" + at;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.adres = each.adres;
      option.append(part("span", "", each.titel), part("span", "soort", each.soort));
      if (each.extra) option.append(part("span", "bij", each.extra));
      place.append(option);
    });
    var shown = answer.resultaten.length;
    place.hidden = !shown;
    inForm(box, "#zoek-status").classList.toggle("alleen-lezen", !!shown); // that nothing is found is also to be seen
    box.setAttribute("aria-expanded", String(!!shown));
    box.removeAttribute("aria-activedescendant");
    if (!shown) say(box, "Niets gevonden.");
    else if (answer.aantal === 1) say(box, "1 resultaat. Kies het met de pijltjestoetsen en Enter.");
    else if (answer.aantal > shown) say(box, shown + " van " + answer.aantal + " resultaten. Enter toont ze allemaal.");
    else say(box, shown + " resultaten. Kies met de pijltjestoetsen en Enter.");
  }

  function ask(box) {
    var text = box.value.trim();
    if (asking) asking.abort();
    if (text.length < LEAST) { close(box); say(box, ""); return; }
    var mine = serial += 1;
    var address = box.dataset.suggesties + "?" + new URLSearchParams(new FormData(box.form));
    asking = window.AbortController ? new AbortController() : null;
    fetch(address, asking ? { signal: asking.signal } : {}).then(function (answer) {
      return answer.ok ? answer.json() : null;
    }).then(function (answer) {
      if (answer && mine === serial && box.isConnected && document.activeElement === box) show(box, answer);
    }).catch(function () { /* Without suggestions the box is still a form. */ });
  }

  function mark(box, at) {
    options(box).forEach(function (option, i) {
      option.setAttribute("aria-selected", String(i === at));
      if (i !== at) return;
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    });
    if (at < 0) box.removeAttribute("aria-activedescendant");
  }

  function go(option) { location.assign(option.dataset.adres); }

  document.addEventListener("focusin", function (event) { if (isBox(event.target)) begin(event.target); });

  document.addEventListener("focusout", function (event) { if (isBox(event.target)) close(event.target); });

  document.addEventListener("input", function (event) {
    if (!isBox(event.target)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE, event.target);
  });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isBox(event.target)) inBox(event);
    else if (event.key === "/" && !event.target.closest("input, select, textarea, [contenteditable]")) {
      var box = visibleBox();
      if (!box) return;
      event.preventDefault();
      box.focus();
      box.select();
    }
  });

  function inBox(event) {
    var box = event.target;
    var every = options(box);
    var at = every.findIndex(function (option) { return option.getAttribute("aria-selected") === "true"; });
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen(box)) { ask(box); return; }
      // One place more than there are options: the box itself.
      var step = event.key === "ArrowDown" ? 1 : every.length;
      mark(box, (at + 1 + step) % (every.length + 1) - 1);
    } else if (event.key === "Enter" && isOpen(box) && at >= 0) {
      event.preventDefault();
      go(every[at]);
    } else if (event.key === "Escape" && isOpen(box)) {
      event.preventDefault(); // the first time only the list goes, the second time the text
      close(box);
      say(box, "");
    }
  }

  // The press on a suggestion must not take the focus from the box, for then the list would close under it.
  document.addEventListener("mousedown", function (event) {
    if (event.target.closest && event.target.closest("#zoek-lijst")) event.preventDefault();
  });

  document.addEventListener("click", function (event) {
    var option = event.target.closest && event.target.closest("#zoek-lijst [role=option]");
    if (option) go(option);
  });

  document.addEventListener("submit", function (event) {
    var box = event.target.querySelector("#zoek");
    if (box && !box.value.trim()) { event.preventDefault(); box.focus(); }
  });
})();
