/* The buttons for light or dark and for large text: a press goes on to the next choice. Fetched when
   one is pressed, or was on an earlier page or in another window (scripts/on_demand.js). */
(() => {
  "use strict";

  const root = document.documentElement;
  const buttons = document.querySelectorAll("[data-choice]");
  const said = document.querySelector("[data-said]");

  /* What there is to say now: [next, what a press does, what now is]. */
  function now(button) {
    const words = JSON.parse(button.dataset.next);
    return words[root.dataset[button.dataset.choice]] || words[""];
  }

  function choose(name, value) {
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
    buttons.forEach((button) => {
      button.title = now(button)[1];
      button.setAttribute("aria-label", button.title);
    });
  }

  /* A page come back to, or open beside this one, shows what has been chosen since. */
  function again() {
    buttons.forEach((button) => {
      const name = button.dataset.choice;
      let value = root.dataset[name];
      try {
        value = localStorage.getItem("disclosure." + name);
      } catch (refused) {
        // As it was.
      }
      choose(name, value);
    });
  }

  window.disclosureChoices = (button) => {
    if (!button) {
      again();
      return;
    }
    const name = button.dataset.choice;
    const next = now(button)[0];
    // What was at the top of the window stays there when the text grows.
    const bar = document.querySelector(".md-header").offsetHeight;
    const top = scrollY && document.elementFromPoint(innerWidth / 2, bar + 20);
    const held = top && top.closest("article *");
    const before = held && held.getBoundingClientRect().top;
    choose(name, next);
    if (held) scrollBy(0, held.getBoundingClientRect().top - before);
    said.textContent = now(button)[2];
    try {
      localStorage.setItem("disclosure." + name, next);
    } catch (refused) {
      // Not remembered, but done.
    }
  };
})();
