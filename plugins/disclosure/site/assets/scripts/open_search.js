/* Search: loaded when it is opened. */
(function () {
  "use strict";

  var button = document.querySelector("[data-search]");
  var loading = null;

  function load(config) {
    loading =
      loading ||
      new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = config.script;
        script.onload = resolve;
        script.onerror = function () {
          loading = null;
          reject(new Error(config.script));
        };
        document.head.appendChild(script);
      });
    return loading;
  }

  function openSearch() {
    var config = JSON.parse(button.dataset.search);
    load(config).then(function () {
      window.disclosureSearch.open(config);
    });
  }

  if (button) {
    button.addEventListener("click", openSearch);
    document.addEventListener("keydown", function (event) {
      var typing = /^(input|textarea|select)$/i.test(event.target.tagName) || event.target.isContentEditable;
      var slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
      var command = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
      if (!slash && !command) return;
      event.preventDefault();
      openSearch();
    });
  }
})();
