/* Language: the same page at the same anchor. */
(function () {
  "use strict";

  document.querySelectorAll("[data-language-switch]").forEach(function (link) {
    link.addEventListener("click", function () {
      link.hash = location.hash;
    });
  });
})();
