/* What a press on a term, on the sign beside a heading or on the share button does. Fetched at the
   first such press (scripts/on_demand.js). */
(function () {
  "use strict";

  // How it looks; without it, it works all the same.
  var styled = new Promise(function (resolve) {
    var link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = document.querySelector("script[data-reading]").dataset.style;
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });

  // ---- terms: a link to the glossary becomes a popover ----
  var store = document.querySelector(".d-terms");
  var popover = null;
  var opener = null;

  function build() {
    popover = document.createElement("div");
    popover.className = "d-popover";
    popover.id = "d-popover";
    popover.setAttribute("popover", "auto");
    popover.setAttribute("role", "dialog");
    popover.addEventListener("beforetoggle", function (event) {
      if (event.newState !== "closed" || !opener) return;
      opener.setAttribute("aria-expanded", "false");
      if (popover.contains(document.activeElement)) opener.focus();
    });
    document.body.appendChild(popover);
  }

  function place(link) {
    var box = link.getBoundingClientRect();
    var gap = 8;
    var width = popover.offsetWidth;
    var height = popover.offsetHeight;
    var left = Math.max(gap, Math.min(box.left, document.documentElement.clientWidth - width - gap));
    var below = box.bottom + gap;
    var top = below + height > window.innerHeight ? Math.max(gap, box.top - height - gap) : below;
    popover.style.left = left + "px";
    popover.style.top = top + "px";
  }

  /* The definition of the term that a link names, beside it. */
  function show(link) {
    var template = store.querySelector('template[data-term="' + link.dataset.term + '"]');
    if (!template) return void (location.href = link.href);
    if (!popover) build();
    popover.textContent = "";
    popover.appendChild(template.content.cloneNode(true));
    var foot = document.createElement("p");
    foot.className = "d-popover__foot";
    var more = document.createElement("a");
    more.href = link.href;
    more.textContent = store.dataset.more;
    var close = document.createElement("button");
    close.type = "button";
    close.textContent = store.dataset.close;
    close.addEventListener("click", function () {
      popover.hidePopover();
      link.focus();
    });
    foot.append(more, close);
    popover.appendChild(foot);
    popover.setAttribute("aria-label", link.textContent);
    opener = link;
    link.setAttribute("aria-expanded", "true");
    popover.showPopover();
    place(link);
    more.focus({ preventScroll: true });
  }

  // ---- sharing: an address to the clipboard, or handed on ----
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

  /* The sign beside a heading copies the address of its section and leads there as before. */
  window.disclosureReading = function (pressed) {
    if (pressed.matches(".d-term")) styled.then(show.bind(null, pressed));
    else if (pressed.matches("a")) copy(pressed, pressed.href);
    else if (!navigator.share) copy(pressed, location.href);
    else navigator.share({ title: document.title, url: location.href }).catch(function () {});
  };
})();
