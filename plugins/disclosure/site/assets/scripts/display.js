/* The buttons for light or dark and for large text: a press goes on to the next choice. */
(function () {
  "use strict";

  var root = document.documentElement;
  var buttons = document.querySelectorAll("[data-choice]");
  var said = document.querySelector("[data-said]");

  /* What there is to say now: [next, what a press does, what now is]. */
  function now(button) {
    var words = JSON.parse(button.dataset.next);
    return words[root.dataset[button.dataset.choice] || ""] || words[""];
  }

  function label(button) {
    button.title = now(button)[1];
    button.setAttribute("aria-label", button.title);
  }

  function choose(name, value) {
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
    buttons.forEach(label);
  }

  /* What was at the top of the window stays there when the text grows. */
  function holding(change) {
    var bar = document.querySelector(".md-header").offsetHeight;
    var top = document.elementFromPoint(innerWidth / 2, bar + 20);
    var before = top && top.closest("article *") && scrollY ? top.getBoundingClientRect().top : null;
    change();
    if (before !== null) scrollBy(0, top.getBoundingClientRect().top - before);
  }

  buttons.forEach(function (button) {
    label(button);
    button.addEventListener("click", function () {
      var name = button.dataset.choice;
      var next = now(button)[0];
      holding(choose.bind(null, name, next));
      said.textContent = now(button)[2];
      try {
        localStorage.setItem("disclosure." + name, next);
      } catch (refused) {
        // Not remembered, but done.
      }
    });
  });

  /* A page come back to, or open beside this one, shows what has been chosen since. */
  function again() {
    buttons.forEach(function (button) {
      var name = button.dataset.choice;
      try {
        choose(name, localStorage.getItem("disclosure." + name));
      } catch (refused) {
        // As it was.
      }
    });
  }
  addEventListener("storage", again);
  addEventListener("pageshow", function (event) {
    if (event.persisted) again();
  });
})();
