/* Language: the same page at the same anchor. */
(() => {
  "use strict";

  const link = document.querySelector("[data-language-switch]");
  link.addEventListener("click", () => {
    link.hash = location.hash;
  });
})();
