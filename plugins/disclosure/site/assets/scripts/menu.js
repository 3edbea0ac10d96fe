/* The menu that slides in: while it is open the page behind it is out of reach, Escape and any
   link in it close it, and the focus goes into it and back to the button. */
(() => {
  "use strict";

  const drawer = document.querySelector("#__drawer");
  const button = document.querySelector(".d-menu");
  const menu = document.querySelector("#d-menu");

  /* A long name makes the header higher than the style counts on. */
  new ResizeObserver((seen) => {
    document.documentElement.style.setProperty("--bar", seen[0].target.offsetHeight + "px");
  }).observe(document.querySelector(".md-header"));

  function sync() {
    const open = drawer.checked;
    button.setAttribute("aria-expanded", open);
    document.querySelectorAll(".md-content, .md-sidebar--secondary, .md-footer, .d-thumb, .d-skip").forEach((behind) => {
      behind.inert = open;
    });
  }

  function set(open) {
    drawer.checked = open;
    sync();
  }

  function close() {
    set(false);
  }

  sync();
  drawer.addEventListener("change", sync);
  button.addEventListener("click", () => {
    set(!drawer.checked);
    const here = menu.querySelector("[aria-current]") || menu.querySelector("a");
    (drawer.checked ? here : button).focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer.checked) return;
    close();
    button.focus();
  });
  menu.addEventListener("click", (event) => {
    if (event.target.closest("a")) close();
  });
  addEventListener("pageshow", close);
  matchMedia("(min-width: 76.25em)").addEventListener("change", close);
})();
