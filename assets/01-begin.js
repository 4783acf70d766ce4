/* Starts a page in the order in which it is needed: first what the server wrote is painted, then the charts are drawn
   in it, then Dash starts and takes over what is there. What Dash asks for when it starts is here already: it gets its
   answers without the network. */
(function () {
  "use strict";

  var HIDDEN = 200; // ms; a page that nobody sees is not painted
  var root = document.documentElement;
  var block = document.getElementById("eerste-antwoorden");
  if (!block) return;
  var page = block.textContent; // the answer of Dash's router for this address
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

  /* In the room that the server kept: a new chart, or the one that was there with other figures. */
  function draw(graph, place) {
    var room = place.querySelector("#" + CSS.escape(graph.id));
    if (!room) return;
    var chart = charts[graph.id] || document.createElement("div");
    charts[graph.id] = chart;
    if (chart.parentNode !== room) room.replaceChildren(chart);
    if (chart.shows === graph.figure) return;
    chart.shows = graph.figure;
    chart.style.height = graph.figure.layout.height + "px";
    var layout = Object.assign({}, graph.figure.layout, { autosize: true });
    window.Plotly.react(chart, graph.figure.data, layout, Object.assign({}, graph.config, { responsive: true }));
  }

  function drawAll(graphs, place, then) {
    if (!graphs.length) return then();
    if (!window.Plotly) return load(root.dataset.plotly, function () { if (window.Plotly) drawAll(graphs, place, then); else then(); });
    graphs.forEach(function (graph) { draw(graph, place); });
    then();
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
  }

  /* A part belongs in the page of its choice; when that is gone, so is the wish for it. */
  function put(part) {
    var room = document.getElementById("onder-de-kaart");
    if (!room || room.dataset.voor !== part.into) return;
    delete room.dataset.voor;
    room.innerHTML = part.html;
    drawAll(part.graphs, room, function () {});
  }

  window.impactmonitorShow = function (place, shown) {
    if (shown.into) {
      put(shown);
    } else if (shown.html) {
      place.innerHTML = shown.html;
      forget(shown.graphs);
      drawAll(shown.graphs, place, function () {});
      document.dispatchEvent(new Event("getekend"));
    } else {
      adopt(place);
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
    drawAll(graphs, document.getElementById("eerste-beeld"), function () {
      painted(function () { load(root.dataset.dash, function () {}); });
    });
  });
})();
