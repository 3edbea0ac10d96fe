/* Menu: a label is not a button until the keyboard can press it. */
(function () {
  "use strict";

  var drawer = document.getElementById("__drawer");
  var menu = document.querySelector(".d-menu");
  if (drawer && menu) {
    var sync = function () {
      menu.setAttribute("aria-expanded", String(drawer.checked));
    };
    sync();
    drawer.addEventListener("change", sync);
    menu.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation(); // the theme's script would press the label once more
      drawer.click();
    });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !drawer.checked) return;
      drawer.click();
      menu.focus();
    });
  }
})();
