/* The buttons for light or dark and for large text: a press goes on to the next choice. */
(function () {
  "use strict";

  var root = document.documentElement;
  var buttons = document.querySelectorAll("[data-choice]");

  function choices(button) {
    return JSON.parse(button.dataset.next);
  }

  /* The label says what the next press does. */
  function label(button) {
    var words = choices(button);
    var now = root.dataset[button.dataset.choice] || "";
    button.setAttribute("aria-label", words[now] ? words[now][1] : words[""][1]);
    button.title = button.getAttribute("aria-label");
  }

  function press(button) {
    var name = button.dataset.choice;
    var words = choices(button);
    var next = (words[root.dataset[name] || ""] || words[""])[0];
    if (next) root.dataset[name] = next;
    else delete root.dataset[name];
    try {
      localStorage.setItem("disclosure." + name, next);
    } catch (refused) {
      // Not remembered, but done.
    }
    buttons.forEach(label);
  }

  buttons.forEach(function (button) {
    label(button);
    button.addEventListener("click", function () {
      press(button);
    });
  });
})();
