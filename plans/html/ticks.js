(function () {
  "use strict";
  var page = document.documentElement, key = "uthallig/" + page.dataset.plan + "/";
  function kept(name, value) {
    try {
      if (value === undefined) return localStorage.getItem(key + name);
      if (value === null) localStorage.removeItem(key + name); else localStorage.setItem(key + name, value);
    } catch (e) { /* kept by the page alone */ }
    return null;
  }
  function two(n) { return (n < 10 ? "0" : "") + n; }
  function show(box, when) {
    box.checked = !!when;
    box.closest("label").querySelector("time").textContent = when || "";
  }
  var boxes = document.querySelectorAll(".ticks input");
  boxes.forEach(function (box) {
    show(box, kept(box.id));
    box.addEventListener("change", function () {
      var now = new Date(), when = box.checked ? two(now.getHours()) + ":" + two(now.getMinutes()) : null;
      kept(box.id, when);
      show(box, when);
    });
  });
  var clear = document.getElementById("clear");
  if (clear && boxes.length) {
    clear.hidden = false;
    clear.addEventListener("click", function () {
      boxes.forEach(function (box) { kept(box.id, null); show(box, null); });
    });
  }
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (d) { d.open = true; });
  });
})();
