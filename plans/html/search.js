(function () {
  "use strict";
  var field = document.getElementById("field"), words = JSON.parse(document.getElementById("words").textContent);
  var entries = document.querySelectorAll(".entries li"), none = document.getElementById("none");
  document.querySelector(".search").hidden = false;
  field.addEventListener("input", function () {
    var asked = field.value.toLowerCase().split(/\s+/).filter(Boolean), found = 0;
    entries.forEach(function (entry) {
      var text = " " + entry.textContent.toLowerCase() + " " + (words[entry.dataset.key] || "");
      var fits = asked.every(function (word) { return text.indexOf(word) >= 0; });
      entry.hidden = !fits;
      if (fits) found += 1;
    });
    document.querySelectorAll("section.group").forEach(function (group) {
      group.hidden = !group.querySelector("li:not([hidden])");
    });
    none.hidden = found > 0;
  });
})();
