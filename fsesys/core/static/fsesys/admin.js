// Names for controls that the stock admin leaves without one. The pages work without this file.
(function () {
  "use strict";
  function labelOf(id) {
    const label = document.querySelector('label[for="' + id + '"]');
    return label ? label.textContent.replace(/:\s*$/, "").trim() : "";
  }
  window.addEventListener("load", function () {
    document.querySelectorAll(".select2-selection").forEach(function (box) {
      const select = box.closest(".select2").previousElementSibling;
      const name = select && labelOf(select.id);
      if (name) { box.setAttribute("aria-label", name); }
    });
    document.querySelectorAll("p.datetime input").forEach(function (input) {
      const row = input.closest(".form-row, td");
      const group = row && row.querySelector("legend, label");
      const half = input.classList.contains("vTimeField") ? "time" : "date";
      if (!labelOf(input.id)) {
        input.setAttribute("aria-label", (group ? group.textContent.trim() + " " : "") + half);
      }
    });
    document.querySelectorAll(".help-tooltip, .selector .help").forEach(function (mark) {
      mark.setAttribute("role", "img");
    });
  });
})();
