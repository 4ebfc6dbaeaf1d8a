(function () {
  "use strict";
  var key = "uthallig/" + document.documentElement.getAttribute("data-plan") + "/";
  function all(what) { return Array.prototype.slice.call(document.querySelectorAll(what)); }
  function kept(name, value) {
    try {
      if (value === undefined) return localStorage.getItem(key + name);
      if (value === null || value === "") localStorage.removeItem(key + name); else localStorage.setItem(key + name, value);
    } catch (e) { /* kept by the page alone */ }
    return null;
  }
  function keeps() {
    try {
      localStorage.setItem("uthallig/trial", "1");
      var held = localStorage.getItem("uthallig/trial") === "1";
      localStorage.removeItem("uthallig/trial");
      return held;
    } catch (e) { return false; }
  }
  function two(n) { return (n < 10 ? "0" : "") + n; }
  function show(box, when) {
    var label = box.parentNode;
    box.checked = !!when;
    label.getElementsByTagName("time")[0].textContent = when || "";
  }
  var boxes = all(".ticks input"), fields = all(".notes textarea, .form input, .form textarea");
  boxes.forEach(function (box) {
    show(box, kept(box.id));
    box.addEventListener("change", function () {
      var now = new Date(), when = box.checked ? two(now.getHours()) + ":" + two(now.getMinutes()) : null;
      kept(box.id, when);
      show(box, when);
    });
  });
  all(".notes").forEach(function (notes) { notes.removeAttribute("hidden"); });
  fields.forEach(function (field) {
    field.value = kept(field.id) || "";
    field.addEventListener("input", function () {
      kept(field.id, field.value);
      grow(field);
    });
    grow(field);
  });
  function grow(field) {
    var notes = field.parentNode;
    if (!notes.classList.contains("notes")) return;
    notes.classList.toggle("written", !!field.value);
    if (field.value) notes.setAttribute("open", "");
    field.rows = Math.max(2, field.value.split("\n").length + 1);
  }
  document.getElementById(keeps() ? "kept" : "lost").removeAttribute("hidden");
  var clear = document.getElementById("clear");
  clear.removeAttribute("hidden");
  clear.addEventListener("click", function () {
    if (!window.confirm(clear.getAttribute("data-sure"))) return;
    boxes.forEach(function (box) { kept(box.id, null); show(box, null); });
    fields.forEach(function (field) { kept(field.id, null); field.value = ""; grow(field); });
  });
  window.addEventListener("beforeprint", function () {
    all("details:not(.notes)").forEach(function (d) { d.setAttribute("open", ""); });
  });
})();
