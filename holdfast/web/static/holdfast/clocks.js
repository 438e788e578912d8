// Keeps the clocks right between two answers of the server.  Every page works without it.
//
// The server's time is used throughout: a phone whose own clock is wrong shows the same figures.
// Only a change of state is read aloud, never each minute.  The rules are those of clocks.py.
(function () {
  "use strict";
  var MINUTE = 60 * 1000;
  var SOON = 60; // minutes
  var LATER = 6 * 60; // minutes
  var DAYS_FROM = 48 * 60; // minutes
  var STALE = 60 * 1000; // our choice: older than this, the page says that it is not up to date
  var started = Date.now();
  var servedAt = Date.parse(document.body.dataset.now);
  if (isNaN(servedAt)) return;

  var states = {};

  function now() {
    return servedAt + (Date.now() - started);
  }

  function minutesLeft(due) {
    return Math.floor(due / MINUTE) - Math.floor(now() / MINUTE);
  }

  function stateOf(left) {
    if (left < 0) return "late";
    if (left <= SOON) return "soon";
    return left <= LATER ? "plain" : "later";
  }

  function partsOf(minutes) {
    if (minutes < 60) return [[String(minutes), "min"]];
    return [[String(Math.floor(minutes / 60)), "h"], [("0" + (minutes % 60)).slice(-2), "min"]];
  }

  function draw(clock) {
    var left = minutesLeft(Date.parse(clock.dataset.due));
    var state = stateOf(left);
    // Days are counted by the London calendar, which only the server knows.
    if (Math.abs(left) < DAYS_FROM) drawFigure(clock.querySelector(".hf-clock__figure"), partsOf(Math.abs(left)));
    ["late", "soon", "plain", "later"].forEach(function (name) {
      clock.classList.toggle("hf-clock--" + name, name === state);
    });
    clock.querySelector(".hf-clock__words").textContent = state === "late" ? "late" : clock.dataset.towards;
    sayIfChanged(clock, state);
  }

  // How long somebody has waited; days, again, are the server's to count.
  function drawWait(wait) {
    var minutes = -minutesLeft(Date.parse(wait.dataset.since));
    if (minutes >= DAYS_FROM) return;
    wait.textContent = partsOf(minutes).map(function (part) { return part.join(" "); }).join(" ");
  }

  function drawFigure(figure, parts) {
    figure.textContent = "";
    parts.forEach(function (part, index) {
      var unit = document.createElement("span");
      unit.className = "hf-clock__unit";
      unit.textContent = part[1];
      figure.append((index ? " " : "") + part[0], unit);
    });
  }

  function sayIfChanged(clock, state) {
    var key = clock.dataset.key;
    if (!key) return;
    if (states[key] && states[key] !== state && (state === "late" || state === "soon")) {
      document.getElementById("hf-said").textContent = clock.textContent.replace(/\s+/g, " ").trim();
    }
    states[key] = state;
  }

  function showIfStale() {
    var part = document.querySelector("[data-as-at]");
    var banner = document.getElementById("hf-stale");
    if (!part || !banner) return;
    var asAt = Date.parse(part.dataset.asAt);
    var isStale = now() - asAt > STALE;
    if (isStale && banner.hidden) {
      var help = banner.dataset.help ? ". Ring " + banner.dataset.help : "";
      banner.innerHTML = "";
      var line = document.createElement("div");
      line.className = "hf-wide";
      line.textContent = "Not up to date since " + part.dataset.asAtWords + help + ".";
      banner.append(line);
    }
    banner.hidden = !isStale;
  }

  function tick() {
    document.querySelectorAll("[data-due]").forEach(draw);
    document.querySelectorAll("[data-since]").forEach(drawWait);
    showIfStale();
  }

  // "Nothing new" is news too: the part is as up to date as that answer.
  function noteUpToDate(event) {
    var response = event.detail.ctx && event.detail.ctx.response;
    var part = document.querySelector("[data-as-at]");
    if (!part || !response || response.status !== 204 || !response.headers.get("X-As-At")) return;
    part.dataset.asAt = response.headers.get("X-As-At");
    part.dataset.asAtWords = response.headers.get("X-As-At-Words");
    document.querySelectorAll("[data-as-at-shown]").forEach(function (shown) {
      shown.textContent = part.dataset.asAtWords;
    });
    showIfStale();
  }

  document.addEventListener("htmx:after:request", noteUpToDate);
  tick();
  setInterval(tick, 5000);
})();
