/* The running head on paper: margin boxes take their text from the root (styles/print.css). */
(() => {
  "use strict";

  const style = document.documentElement.style;
  const edition = document.querySelector(".d-brand__edition");
  style.setProperty("--d-title", JSON.stringify(document.title));
  if (edition) style.setProperty("--d-edition", JSON.stringify(edition.textContent));
})();
