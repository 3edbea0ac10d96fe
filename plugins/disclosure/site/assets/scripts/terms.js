/* Terms: a link to the glossary becomes a popover. */
(function () {
  "use strict";

  var store = document.querySelector(".d-terms");
  var canPopover = typeof HTMLElement.prototype.showPopover === "function";
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

  function show(link, template) {
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

  if (store && canPopover) {
    document.querySelectorAll("a.d-term").forEach(function (link) {
      link.setAttribute("aria-haspopup", "dialog");
      link.setAttribute("aria-expanded", "false");
    });
    document.addEventListener("click", function (event) {
      var link = event.target.closest && event.target.closest("a.d-term");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      var template = store.querySelector('template[data-term="' + link.dataset.term + '"]');
      if (!template) return;
      event.preventDefault();
      show(link, template);
    });
  }
})();
