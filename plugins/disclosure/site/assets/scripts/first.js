/* Before anything is drawn: scripts run, and the reader's choice of light, dark and large text and
   of the unit of amounts is taken up.
   It stands in the head of every page; the policy of the site names its hash. */
(function () {
  "use strict";

  var root = document.documentElement;
  root.classList.replace("no-js", "js");
  ["scheme", "text", "unit"].forEach(function (name) {
    try {
      var kept = localStorage.getItem("disclosure." + name);
      if (kept) root.dataset[name] = kept;
    } catch (refused) {
      // Storage may be closed to a page; the choice then lasts as long as the page.
    }
  });
})();
