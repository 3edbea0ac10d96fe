/* The parts under the thumb: a press elsewhere, Escape or the way on by keyboard closes them. */
(function () {
  "use strict";

  var fold = document.querySelector(".d-thumb__parts");
  if (!fold) return;

  document.addEventListener("click", function (event) {
    if (!fold.contains(event.target)) fold.open = false;
  });
  fold.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !fold.open) return;
    fold.open = false;
    fold.firstElementChild.focus();
  });
  fold.addEventListener("focusout", function (event) {
    if (event.relatedTarget && !fold.contains(event.relatedTarget)) fold.open = false;
  });
  addEventListener("pageshow", function () {
    fold.open = false;
  });
})();
