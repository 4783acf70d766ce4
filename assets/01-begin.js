/* Starts a page in the order in which it is needed: first what the server wrote is painted, then the charts are drawn
   in it, then Dash starts and takes over what is there. What Dash asks for when it starts is here already: it gets its
   answers without the network. */
(function () {
  "use strict";

  var HIDDEN = 200; // ms; a page that nobody sees is not painted
  var BESIDE = 9; // pixels that plotly leaves beside the words at an axis
  var LEAST = 64; // pixels that plotly keeps for the bars
  var root = document.documentElement;
  var block = document.getElementById("eerste-antwoorden");
  if (!block) return;
  var page = block.textContent; // the answer of Dash's router for this address
  var pen; // knows how wide words are
  var widths = {}; // font and word -> how wide it is
  var charts = {}; // id of a chart -> its element, which stays when the page around it is renewed

  /* --- what Dash asks for --- */

  function answer(text) {
    return Promise.resolve(new Response(text, { status: 200, headers: { "Content-Type": "application/json" } }));
  }

  /* The layout, told what the page is called. */
  function layout(tree) {
    (function look(node) {
      if (Array.isArray(node)) node.forEach(look);
      else if (node && node.props) {
        if (node.type === "Store") node.props.data = { title: document.title };
        look(node.props.children);
      }
    })(tree);
    return answer(JSON.stringify(tree));
  }

  var fetched = window.fetch;
  window.fetch = function (target, options) {
    var url = String(target && target.url || target);
    var begin = window.dashBegin;
    if (begin && /_dash-layout$/.test(url)) return layout(begin.layout);
    if (begin && /_dash-dependencies$/.test(url)) return answer(JSON.stringify(begin.dependencies));
    if (page && /_dash-update-component/.test(url) && /"\.\._pages_content\./.test(String(options && options.body))) {
      var text = page;
      page = "";
      return answer(text);
    }
    return fetched.apply(this, arguments);
  };

  /* --- charts --- */

  function load(address, then) {
    var script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", then);
    script.addEventListener("error", then);
    document.head.appendChild(script);
  }

  /* Fetched while the charts are drawn: before that it would keep the browser from what draws them. */
  function announce(address) {
    var link = document.createElement("link");
    link.rel = "preload";
    link.as = "script";
    link.href = address;
    document.head.appendChild(link);
  }

  function roomOf(graph, place) { return place.querySelector("#" + CSS.escape(graph.id)); }

  function widthOf(font, word) {
    var key = font + "|" + word;
    if (!(key in widths)) {
      pen = pen || document.createElement("canvas").getContext("2d");
      pen.font = font;
      widths[key] = pen.measureText(word).width;
    }
    return widths[key];
  }

  /* The room for the words beside bars. plotly finds it too, but then it has drawn all, and draws all once more. */
  function margin(layout, width) {
    var axis = layout.yaxis;
    if (!axis || axis.type !== "category" || !axis.categoryarray) return layout.margin;
    var font = axis.tickfont.size + "px " + layout.font.family;
    var words = axis.categoryarray.join("<br>").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
    var widest = Math.max.apply(null, words.split("<br>").map(function (word) { return widthOf(font, word); }));
    var left = Math.round(widest) + axis.ticklabelstandoff + BESIDE;
    if (left + layout.margin.r + LEAST > width) return layout.margin;
    return Object.assign({}, layout.margin, { l: Math.max(left, layout.margin.l) });
  }

  /* The numbers beside bars as points with a word: plotly asks of a word at a bar how large it is, one by one. */
  function numbersApart(data, axis) {
    var bar = data[0];
    if (data.length > 1 || bar.type !== "bar" || bar.textposition !== "outside" || axis.autorange) return data;
    return [Object.assign({}, bar, { textposition: "none" }), {
      type: "scatter", mode: "text", x: bar.x, y: bar.y, cliponaxis: false, hoverinfo: "skip",
      text: bar.text.map(function (text) { return text && "\u00a0" + text; }), // with room between
      textposition: "middle right", textfont: bar.textfont,
    }];
  }

  function plot(chart, data, layout) {
    window.Plotly.react(chart, data, layout, Object.assign({}, chart.shows.config, { responsive: true }));
  }

  /* What plotly needs to change a chart, a browser translates when it is first used: here, and not while somebody waits
     for another figure. Each chart becomes what it is. */
  function rehearse() {
    Object.keys(charts).forEach(function (id) {
      window.requestIdleCallback(function () {
        var chart = charts[id];
        if (chart) plot(chart, structuredClone(chart.data), structuredClone(chart.layout));
      });
    });
  }

  /* Outside the page: there, asking how wide a word is does not mean placing everything on the page anew. */
  function drawn(chart, graph, width) {
    var layout = Object.assign({}, graph.figure.layout, { autosize: true, width: width });
    layout.margin = margin(layout, width);
    if (layout.margin !== graph.figure.layout.margin) {
      layout.yaxis = Object.assign({}, layout.yaxis, { automargin: false }); // it would ask how wide each word is
    }
    chart.remove();
    chart.shows = graph;
    chart.style.height = layout.height + "px";
    plot(chart, numbersApart(graph.figure.data, layout.yaxis), layout);
    // From here on it is as wide as its room.
    delete chart.layout.width;
    chart.querySelector(".svg-container").style.width = "100%";
  }

  /* plotly fits a chart when the window changes; its room also changes with the size of the letters. */
  var fit = window.ResizeObserver && new ResizeObserver(function (entries) {
    entries.forEach(function (entry) {
      var chart = entry.target, width = entry.contentRect.width;
      if (width && chart._fullLayout && Math.abs(chart._fullLayout.width - width) > 1) window.Plotly.Plots.resize(chart);
    });
  });

  /* In the room that the server kept: a new chart, or the one that was there with other figures. */
  function draw(graph, room) {
    var chart = charts[graph.id] || document.createElement("div");
    charts[graph.id] = chart;
    if (!chart.shows || chart.shows.figure !== graph.figure) {
      room.style.height = room.clientHeight + "px"; // nothing moves while the chart is away
      drawn(chart, graph, room.clientWidth);
    }
    if (chart.parentNode !== room) room.replaceChildren(chart);
    if (fit) fit.observe(chart);
    room.style.height = "";
  }

  function withPlotly(graphs, then) {
    if (!graphs.length || window.Plotly) then(); else load(root.dataset.plotly, then);
  }

  function drawAll(graphs, place) {
    if (!window.Plotly) return; // it did not come: the table has the figures
    graphs.forEach(function (graph) {
      var room = roomOf(graph, place);
      if (room) draw(graph, room);
    });
  }

  function forget(graphs) {
    var kept = graphs.map(function (graph) { return graph.id; });
    Object.keys(charts).forEach(function (id) {
      if (kept.indexOf(id) >= 0) return;
      window.Plotly.purge(charts[id]);
      delete charts[id];
    });
  }

  /* --- what Dash shows --- */

  /* The page of the server moves, as it is, to the place that Dash has for it. */
  function adopt(place) {
    var first = document.getElementById("eerste-beeld");
    var from = first && (first.querySelector("#pagina") || first.querySelector("#klaar"));
    if (!from) return;
    var active = document.activeElement;
    var scroll = window.scrollY;
    while (from.firstChild) {
      if (place.moveBefore) place.moveBefore(from.firstChild, null); else place.appendChild(from.firstChild);
    }
    first.remove();
    root.classList.add("dash-klaar");
    window.scrollTo(0, scroll);
    if (active && active !== document.activeElement && place.contains(active)) active.focus({ preventScroll: true });
    document.dispatchEvent(new Event("overgenomen"));
    if (window.requestIdleCallback && window.structuredClone) rehearse();
  }

  /* A part belongs in the page of its choice; when that is gone, so is the wish for it. */
  function put(part) {
    var room = document.getElementById("onder-de-kaart");
    if (!room || room.dataset.voor !== part.into) return;
    delete room.dataset.voor;
    room.innerHTML = part.html;
    withPlotly(part.graphs, function () { drawAll(part.graphs, room); });
  }

  /* A button with another value is another button: the focus is not for that one. */
  function nameOf(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) return node.nodeName;
    return [node.nodeName, node.id, node.getAttribute("class"), node.nodeName === "BUTTON" && node.value].join();
  }

  /* A piece of page becomes another one: what is the same stays, with its focus and all the browser knows of it. */
  function become(old, next) {
    if (old.nodeType !== Node.ELEMENT_NODE) { old.data = next.data; return; }
    if (old.isEqualNode(next) || old.matches(".grafiek")) return; // a chart is drawn apart
    if (old !== document.activeElement || old.nodeName !== "INPUT") { // that has attributes of 12-zoeken.js
      old.getAttributeNames().forEach(function (name) { if (!next.hasAttribute(name)) old.removeAttribute(name); });
      next.getAttributeNames().forEach(function (name) { old.setAttribute(name, next.getAttribute(name)); });
    }
    fill(old, next);
  }

  /* As `become`, of what stands within: from top to bottom, each in the place of the first that has the same name. */
  function fill(old, next) {
    var at = old.firstChild;
    Array.from(next.childNodes).forEach(function (child) {
      var same = at;
      while (same && nameOf(same) !== nameOf(child)) same = same.nextSibling;
      if (!same) { old.insertBefore(child, at); return; }
      while (at !== same) { at = at.nextSibling; at.previousSibling.remove(); }
      at = same.nextSibling;
      become(same, child);
    });
    while (at) { var after = at.nextSibling; at.remove(); at = after; }
  }

  /* Whether the rooms of the page are those for these charts, and no other. */
  function haveRooms(place, graphs) {
    var rooms = place.querySelectorAll(".grafiek[id^='grafiek-']");
    return rooms.length === graphs.length && graphs.every(function (graph) { return roomOf(graph, place); });
  }

  /* The page of a choice. */
  function renew(place, shown) {
    var next = document.createElement("template");
    next.innerHTML = shown.html;
    fill(place, next.content);
    Array.prototype.forEach.call(place.querySelectorAll("#filters"), function (form) { form.reset(); });
    forget(shown.graphs);
    withPlotly(shown.graphs, function () { drawAll(shown.graphs, place); });
    document.dispatchEvent(new Event("getekend"));
  }

  /* The place of a page in what React keeps. */
  function placeIn(parent) {
    var place = parent.querySelector(":scope > .bladzijde");
    if (place) return place;
    place = document.createElement("div");
    place.className = "bladzijde";
    return parent.insertBefore(place, parent.firstChild);
  }

  var latest; // what is shown, or will be before long
  var ahead = []; // the pages that are shown before Dash comes to them

  /* Dash comes to them one after the other, and leaves out what has been replaced. */
  function wasAhead(html) { return ahead.splice(0, ahead.indexOf(html) + 1).length > 0; }

  /* The answer to a choice, before Dash has asked for it. Where the same rooms stay, the charts come first: nothing has
     moved, nothing must be placed. The page around them comes right after the browser has shown them.

     arrive: is called right before the page is renewed.
     then: is called when all of it is there, or when another answer has taken its place. */
  window.impactmonitorShowFirst = function (text, arrive, then) {
    var shown = JSON.parse(text).response.pagina.children.props;
    var place = placeIn(document.getElementById("pagina"));
    latest = shown;
    ahead.push(shown.html);
    if (haveRooms(place, shown.graphs)) drawAll(shown.graphs, place);
    painted(function () {
      if (latest === shown) {
        arrive();
        renew(place, shown);
      }
      then();
    });
  };

  window.impactmonitorShow = function (parent, shown) {
    if (shown.into) {
      put(shown);
    } else if (shown.html) {
      if (!wasAhead(shown.html)) renew(placeIn(parent), shown);
    } else {
      adopt(placeIn(parent));
    }
  };

  /* --- in turns --- */

  function painted(then) {
    var done = false;
    function once() {
      if (done) return;
      done = true;
      then();
    }
    requestAnimationFrame(function () { setTimeout(once, 0); });
    setTimeout(once, HIDDEN);
  }

  function graphsIn(node) {
    if (Array.isArray(node)) return [].concat.apply([], node.map(graphsIn));
    return node && node.props ? node.props.graphs || graphsIn(node.props.children) : [];
  }

  painted(function () {
    var graphs = graphsIn(JSON.parse(page).response._pages_content.children);
    withPlotly(graphs, function () {
      announce(root.dataset.dash);
      drawAll(graphs, document.getElementById("eerste-beeld"));
      painted(function () { load(root.dataset.dash, function () {}); });
    });
  });
})();
