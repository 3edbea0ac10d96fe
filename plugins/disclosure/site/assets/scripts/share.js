/* Sharing: the sign beside a heading copies the address of its section and leads there as before;
   the button at the foot of a page hands it on, or copies it. */
(function () {
  "use strict";

  var said = document.querySelector("[data-said]");

  /* Without a secure connection a browser has no clipboard, but still the old command. */
  function write(address) {
    if (navigator.clipboard) return navigator.clipboard.writeText(address);
    var held = document.activeElement;
    var field = document.createElement("textarea");
    field.value = address;
    said.after(field);
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    held.focus();
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  }

  function copy(button, address) {
    write(address).then(
      function () {
        said.textContent = button.dataset.copied = said.dataset.copied;
        setTimeout(function () {
          said.textContent = "";
          delete button.dataset.copied;
        }, 3000);
      },
      function () {
        // Refused: the address stands in the bar of the browser.
      }
    );
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a.headerlink");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    copy(link, link.href);
  });

  var button = document.querySelector("[data-share]");
  if (button) {
    button.addEventListener("click", function () {
      if (!navigator.share) copy(button, location.href);
      else navigator.share({ title: document.title, url: location.href }).catch(function () {});
    });
  }
})();
