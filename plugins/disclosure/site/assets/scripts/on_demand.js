/* What is fetched when it is first asked for: the search, the definition of a term in place, the
   copying of an address. Without it, and when it cannot be fetched, each link leads where it says. */
(function () {
  "use strict";

  var own = document.querySelector("script[data-reading]").dataset;
  var brought = {};

  function bring(address) {
    brought[address] =
      brought[address] ||
      new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = address;
        script.onload = resolve;
        script.onerror = function () {
          delete brought[address];
          reject(new Error(address));
        };
        document.head.appendChild(script);
      });
    return brought[address];
  }

  // ---- the search: by its button, by / and by Ctrl+K ----
  var search = document.querySelector("[data-search]");

  function open() {
    var config = JSON.parse(search.dataset.search);
    bring(config.script).then(function () {
      window.disclosureSearch.open(config);
    });
  }

  search.addEventListener("click", open);
  document.addEventListener("keydown", function (event) {
    var typing = /^(input|textarea|select)$/i.test(event.target.tagName) || event.target.isContentEditable;
    var slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    var command = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    if (!slash && !command) return;
    event.preventDefault();
    open();
  });

  // ---- terms and addresses: a plain press, so that a new tab can still be had ----
  var terms = document.querySelector(".d-terms");
  if (!HTMLElement.prototype.showPopover) terms = null;
  if (terms) {
    document.querySelectorAll("a.d-term").forEach(function (link) {
      link.setAttribute("aria-haspopup", "dialog");
      link.setAttribute("aria-expanded", "false");
    });
  }

  document.addEventListener("click", function (event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
    var pressed = event.target.closest("a.d-term, a.headerlink, [data-share]");
    if (!pressed) return;
    var term = pressed.matches(".d-term");
    if (term && !terms) return;
    if (term) event.preventDefault();
    bring(own.reading).then(
      function () {
        window.disclosureReading(pressed);
      },
      function () {
        if (term) location.href = pressed.href;
      }
    );
  });
})();
