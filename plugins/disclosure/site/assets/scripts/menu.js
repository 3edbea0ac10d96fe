/* The menu that slides in: while it is open the page behind it is out of reach, Escape and any
   link in it close it, and the focus goes into it and back to the button. */
(function () {
  "use strict";

  var drawer = document.getElementById("__drawer");
  var button = document.querySelector(".d-menu");
  var menu = document.getElementById("d-menu");
  if (!drawer || !button || !menu) return;

  /* A long name makes the header higher than the style counts on. */
  new ResizeObserver(function (seen) {
    document.documentElement.style.setProperty("--bar", seen[0].target.offsetHeight + "px");
  }).observe(document.querySelector(".md-header"));

  function sync() {
    var open = drawer.checked;
    button.setAttribute("aria-expanded", String(open));
    document.querySelectorAll(".md-content, .md-sidebar--secondary, .md-footer, .d-thumb, .d-skip").forEach(function (behind) {
      behind.inert = open;
    });
  }

  function close(focus) {
    if (!drawer.checked) return;
    drawer.checked = false;
    sync();
    if (focus) button.focus();
  }

  sync();
  drawer.addEventListener("change", sync);
  button.addEventListener("click", function () {
    if (drawer.checked) return close(true);
    drawer.checked = true;
    sync();
    var first = menu.querySelector("[aria-current]") || menu.querySelector("a");
    if (first) first.focus();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") close(true);
  });
  menu.addEventListener("click", function (event) {
    if (event.target.closest("a")) close();
  });
  addEventListener("pageshow", function () {
    close();
  });
  matchMedia("(min-width: 76.25em)").addEventListener("change", function () {
    close();
  });
})();
