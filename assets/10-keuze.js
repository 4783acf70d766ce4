/* The address is the choice: filters write it, the back button and links read it, and Dash draws what it says.
   It says what the page shows: a new choice stands in it from the moment that its answer is there. The browser has work
   to do for a new address, which would keep it from the answer. No figures, no drawing here. */
(function () {
  "use strict";

  var root = document.documentElement;
  var VIEWS = ["landelijk", "regionaal", "tijdreeksen"];
  var SLOW = 250; // ms before a progress bar shows
  var LOST = 15000; // ms before we say that the server does not answer
  var live = false;
  var serial = 0;
  var slow, lost, focusOn;
  var opened = {};
  var here = address(); // what the address says
  var shown = here; // what the page shows
  var asked = { n: 0 }; // the last choice that was sent
  var early = {}; // the number of a choice -> the answer to come, until Dash asks for it

  function address() { return location.pathname + location.search; }

  function byId(id) { return document.getElementById(id); }

  /* .../landelijk, or .../embed/landelijk/<indicator> */
  function view() {
    var parts = location.pathname.replace(/\/+$/, "").split("/");
    var name = parts[parts.length - (embedded() ? 2 : 1)];
    return VIEWS.indexOf(name) < 0 ? null : name;
  }

  function embedded() {
    return location.pathname.replace(/\/+$/, "").split("/").slice(-3)[0] === "embed";
  }

  /* What the callback of the server gets: the path of an embed holds its indicator. */
  function data(query) {
    if (!embedded()) return { view: view(), query: query, n: serial };
    var indicator = location.pathname.replace(/\/+$/, "").split("/").pop();
    return { view: view(), query: Object.assign({}, query, { indicator: indicator }), n: serial, embed: true };
  }

  /* --- when Dash has taken the page over --- */

  function start() {
    if (!byId("eerste-beeld") || !byId("react-entry-point")) return;
    tell([]);
    var said = document.createElement("p");
    said.id = "gemeld";
    said.className = "alleen-lezen";
    said.setAttribute("role", "status");
    document.body.appendChild(said);
    document.addEventListener("getekend", settle);
    document.addEventListener("getekend", announce);
    document.addEventListener("getekend", askBelow);
    document.addEventListener("overgenomen", function () {
      live = true;
      settle();
      new MutationObserver(settle).observe(byId("react-entry-point"), { childList: true, subtree: true });
    });
    new MutationObserver(name).observe(document.head, { childList: true, subtree: true, characterData: true });
  }

  /* --- after each drawing --- */

  function name() {
    var page = document.querySelector("#react-entry-point [data-titel]") || document.querySelector("[data-titel]");
    if (page && document.title !== page.dataset.titel) document.title = page.dataset.titel;
  }

  function settle() {
    name();
    Array.prototype.forEach.call(document.querySelectorAll("#filters option[data-gekozen]"), function (option) {
      if (!option.selected && !waiting()) option.selected = true;
    });
    Object.keys(opened).forEach(function (id) {
      if (byId(id) && byId(id).open !== opened[id]) byId(id).open = opened[id];
    });
    var control = focusOn && document.activeElement === document.body && document.querySelector(focusOn);
    if (control) {
      focusOn = "";
      control.focus({ preventScroll: true });
    }
  }

  /* Dash puts new elements in the place of the old ones: what had the focus gets it again, in the same state. */
  function remember(changes) {
    var active = document.activeElement;
    focusOn = "";
    if (changes && "regio" in changes) focusOn = "#regio-zoek";
    else if (active && active.id) focusOn = "#" + CSS.escape(active.id);
    else if (active && active.matches("button[value]")) focusOn = "button[value='" + CSS.escape(active.value) + "']";
  }

  document.addEventListener("toggle", function (event) {
    if (event.target.id && event.target.isConnected) opened[event.target.id] = event.target.open;
  }, true);

  function waiting() { return root.classList.contains("wacht"); }

  function finish() {
    clearTimeout(slow);
    clearTimeout(lost);
    root.classList.remove("wacht", "laadt");
    tell([]);
    settle();
  }

  /* A message in a place of its own, that was there before, so that it is read out. */
  function tell(message) {
    var place = byId("verbinding");
    if (!place) {
      place = document.createElement("div");
      place.id = "verbinding";
      place.setAttribute("role", "status");
      document.body.appendChild(place);
    }
    place.replaceChildren.apply(place, message);
  }

  /* What the new figures say is read out: a text that comes with a new piece of page may not be. */
  function announce() {
    var place = byId("gemeld");
    var live = byId("react-entry-point");
    var told = live.querySelector(".zin") || live.querySelector("#kaart-titel");
    if (place && told) place.textContent = told.textContent;
  }

  /* What stands below the card is asked for when the card is there. */
  function askBelow() {
    if (!asked.query || !waitsBelow()) return;
    requestAnimationFrame(function () {
      if (waitsBelow()) window.dash_clientside.set_props("keuze-erbij", { data: data(asked.query) });
    });
  }

  function waitsBelow() { return document.querySelector("#onder-de-kaart[data-voor]"); }

  function noneBelow() {
    var room = waitsBelow();
    if (!room) return;
    var text = document.createElement("p");
    text.textContent = "Wat hier hoort, kon niet worden opgehaald. Laad de pagina opnieuw om het te zien.";
    room.replaceChildren(text);
  }

  function answered(n) {
    if (n && n === asked.n) finish(); // else not of a choice, or of one that has been replaced
  }

  /* The page is about to show the answer to a choice. */
  function arrive(target) {
    shown = target;
    if (address() !== shown) put(shown);
  }

  /* The page still shows the former choice: so must the filters, and the address after the back button. */
  function noAnswer(n, busy) {
    if (n !== asked.n || !root.classList.contains("wacht")) return;
    finish();
    var text = document.createElement("p");
    text.textContent = busy ? "Het is nu erg druk. Wacht een paar seconden. U ziet nog uw vorige keuze."
      : "De server antwoordt niet. U ziet nog uw vorige keuze.";
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = "Probeer opnieuw";
    button.addEventListener("click", again);
    tell([text, button]);
    if (address() !== shown) put(shown);
  }

  function again() {
    byId("inhoud").focus({ preventScroll: true }); // the button goes
    send(asked.address, asked.query);
  }

  /* In a frame the back button belongs to the page around it. */
  function put(target) {
    here = target;
    if (embedded()) history.replaceState(null, "", target); else history.pushState(null, "", target);
  }

  /* The very request that Dash makes for a choice, but at once, and shown as soon as it is answered: only then Dash
     gets to know of it, takes the same answer, and finds it shown. Otherwise its turns would have to be waited for. */
  function ask(value, target) {
    var prefix = JSON.parse(byId("_dash-config").textContent).requests_pathname_prefix;
    var call = {
      output: "pagina.children",
      outputs: { id: "pagina", property: "children" },
      inputs: [{ id: "keuze", property: "data", value: value }],
      changedPropIds: ["keuze.data"],
      parsedChangedPropsIds: ["keuze.data"],
    };
    var headers = { Accept: "application/json", "Content-Type": "application/json" };
    var options = { method: "POST", credentials: "same-origin", headers: headers, body: JSON.stringify(call) };
    early[value.n] = fetched(prefix + "_dash-update-component", options).then(function (answer) {
      return answer.text().then(function (text) {
        return new Promise(function (done) {
          var same = new Response(text || null, { status: answer.status, headers: answer.headers });
          if (!answer.ok || value.n !== asked.n) { done(same); return; }
          window.impactmonitorShowFirst(text, function () { arrive(target); }, function () { done(same); });
        });
      });
    });
    function tellDash() {
      if (value.n === asked.n) window.dash_clientside.set_props("keuze", { data: value }); else take(value.n);
    }
    early[value.n].then(tellDash, tellDash); // what went wrong, Dash finds too
  }

  function take(n) {
    var answer = early[n];
    delete early[n];
    return answer;
  }

  /* Dash asks the server with fetch: the end of that request is the end of the waiting. */
  var fetched = window.fetch;
  window.fetch = function (target, options) {
    var call = String(target && target.url || target).indexOf("_dash-update-component") >= 0;
    var body = call ? String(options && options.body) : "";
    if (!/"output":"pagina\./.test(body)) {
      var other = fetched.apply(this, arguments);
      if (/"output":"erbij\./.test(body)) other.then(function (answer) { if (!answer.ok) noneBelow(); }, noneBelow);
      return other;
    }
    var n = Number((/"n":(\d+)/.exec(body) || [])[1]);
    var request = take(n) || fetched.apply(this, arguments);
    request.then(function (answer) {
      if (answer.ok) setTimeout(answered, 50, n); else noAnswer(n, answer.status === 503);
    }, function () { noAnswer(n); });
    return request;
  };

  /* --- the choice --- */

  function send(target, query, changes) {
    serial += 1;
    ask(data(query), target);
    remember(changes);
    tell([]);
    root.classList.add("wacht");
    clearTimeout(slow);
    clearTimeout(lost);
    slow = setTimeout(function () { root.classList.add("laadt"); }, SLOW);
    asked = { n: serial, address: target, query: query };
    lost = setTimeout(noAnswer, LOST, serial);
  }

  function queryOf(parameters) {
    var query = {};
    parameters.forEach(function (value, key) {
      query[key] = key === "regio" && query[key] ? query[key] + "," + value : value;
    });
    return query;
  }

  function choose(form, changes, cleared) {
    var parameters = new URLSearchParams();
    new FormData(form).forEach(function (value, key) {
      if (value && key !== "erbij") parameters.set(key, value);
    });
    Object.keys(changes).forEach(function (key) {
      if (changes[key]) parameters.set(key, changes[key]); else parameters.delete(key);
    });
    cleared.forEach(function (key) { parameters.delete(key); });
    var text = parameters.toString().replace(/%2C/g, ",");
    send(location.pathname + (text ? "?" + text : ""), queryOf(parameters), changes);
  }

  function codes(form) {
    return form.elements.regio.value.split(",").filter(Boolean);
  }

  /* The region that was typed: its code when the list knows it, else the text, for the server to explain. */
  function addRegion(form) {
    var input = byId("regio-zoek");
    var text = input.value.trim();
    if (!text) return;
    var known = Array.prototype.find.call(byId("regio-lijst").options, function (option) {
      return option.value.toLowerCase() === text.toLowerCase();
    });
    var code = known ? known.dataset.code : text.replace(/,/g, " ");
    var list = codes(form);
    if (list.indexOf(code) < 0) list.push(code);
    input.value = "";
    choose(form, { regio: list.join(",") }, []);
  }

  document.addEventListener("change", function (event) {
    var form = event.target.closest && event.target.closest("#filters");
    if (!form || !event.target.matches("select")) return;
    if (!live) { form.requestSubmit(); return; }
    var cleared = (event.target.dataset.wist || "").split(" ").filter(Boolean);
    choose(form, {}, cleared.filter(function (key) { return key !== event.target.name; }));
  }, true);

  document.addEventListener("input", function (event) {
    if (!live || event.target.id !== "regio-zoek") return;
    var exact = Array.prototype.some.call(byId("regio-lijst").options, function (option) {
      return option.value === event.target.value;
    });
    if (exact) setTimeout(function () { addRegion(event.target.form); }, 0);
  });

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.id !== "filters" || !live) return;
    event.preventDefault();
    var button = event.submitter;
    if (button && button.name === "zonder") {
      choose(form, { regio: codes(form).filter(function (code) { return code !== button.value; }).join(",") }, []);
    } else if (button && button.name === "weergave") {
      choose(form, { weergave: button.value }, []);
    } else {
      addRegion(form);
    }
  });

  /* Ours comes before the one of Dash, which would draw the whole page a second time. */
  window.addEventListener("popstate", function (event) {
    if (!view()) return;
    event.stopImmediatePropagation();
    if (address() === here) return; // only the part behind the #
    if (!live) { location.reload(); return; }
    here = address();
    send(here, queryOf(new URLSearchParams(location.search)));
  });

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
