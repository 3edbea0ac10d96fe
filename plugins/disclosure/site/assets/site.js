/* What a page does beyond reading: terms open in place, the search loads when it is wanted, the
   language switch keeps the place on the page, the menu works from the keyboard. Without this
   script every link still leads where it says. */
(function () {
  "use strict";

  // ---- terms: a link to the glossary becomes a popover ------------------------------------
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

  // ---- search: loaded when it is opened ---------------------------------------------------
  var button = document.querySelector("[data-search]");
  var loading = null;

  function load(config) {
    loading =
      loading ||
      new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = config.script;
        script.onload = resolve;
        script.onerror = function () {
          loading = null;
          reject(new Error(config.script));
        };
        document.head.appendChild(script);
      });
    return loading;
  }

  function openSearch() {
    var config = JSON.parse(button.dataset.search);
    load(config).then(function () {
      window.disclosureSearch.open(config);
    });
  }

  if (button) {
    button.addEventListener("click", openSearch);
    document.addEventListener("keydown", function (event) {
      var typing = /^(input|textarea|select)$/i.test(event.target.tagName) || event.target.isContentEditable;
      var slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
      var command = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
      if (!slash && !command) return;
      event.preventDefault();
      openSearch();
    });
  }

  // ---- language: the same page at the same anchor -----------------------------------------
  document.querySelectorAll("[data-language-switch]").forEach(function (link) {
    link.addEventListener("click", function () {
      link.hash = location.hash;
    });
  });

  // ---- menu: a label is not a button until the keyboard can press it -----------------------
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
