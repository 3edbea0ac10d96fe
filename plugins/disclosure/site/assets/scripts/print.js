/* The running head on paper: margin boxes take their text from the root (styles/print.css). */
(function () {
  "use strict";

  var style = document.documentElement.style;
  var edition = document.querySelector(".d-brand__edition");
  style.setProperty("--d-title", JSON.stringify(document.title));
  if (edition) style.setProperty("--d-edition", JSON.stringify(edition.textContent));
})();
