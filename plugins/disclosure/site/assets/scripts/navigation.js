/* The parts under the thumb: a press elsewhere, Escape or the way on by keyboard closes them. */
(() => {
  "use strict";

  const fold = document.querySelector(".d-thumb__parts");
  if (!fold) return;

  document.addEventListener("click", (event) => {
    if (!fold.contains(event.target)) fold.open = false;
  });
  fold.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !fold.contains(event.relatedTarget)) fold.open = false;
  });
  fold.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !fold.open) return;
    fold.open = false;
    fold.firstElementChild.focus();
  });
  addEventListener("pageshow", () => {
    fold.open = false;
  });
})();
