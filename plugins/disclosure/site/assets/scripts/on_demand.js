/* What is fetched when it is first asked for: the search, the definition of a term in place, the
   copying of an address, the tools of a table, light or dark, large text, the unit of amounts.
   Without it, and when it cannot be fetched, each link leads where it says. */
(() => {
  "use strict";

  const { choices, reading, tables } = document.currentScript.dataset;
  const brought = {};

  function bring(address) {
    return (brought[address] = brought[address] || new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = () => {
        delete brought[address];
        reject(address);
      };
      document.head.append(script);
    }));
  }

  // ---- the search: by its button, by / and by Ctrl+K; a site may have none ----
  const search = document.querySelector("[data-search]");

  function open() {
    const config = JSON.parse(search.dataset.search);
    bring(config.script).then(() => disclosureSearch.open(config));
  }

  search?.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    const typing = event.altKey || event.target.matches("input, textarea, select, [contenteditable]");
    const command = event.ctrlKey || event.metaKey;
    if (!search || (command ? event.key.toLowerCase() !== "k" : event.key !== "/" || typing)) return;
    event.preventDefault();
    open();
  });

  // ---- terms and addresses: a plain press, so that a new tab can still be had ----
  const terms = document.querySelector(".d-terms") && HTMLElement.prototype.showPopover;
  if (terms) {
    document.querySelectorAll("a.d-term").forEach((link) => {
      link.setAttribute("aria-haspopup", "dialog");
      link.setAttribute("aria-expanded", false);
    });
  }

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest("a.d-term, a.headerlink, [data-share], [data-tool], [data-choice]");
    if (!pressed || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const term = pressed.matches(".d-term");
    if (term && !terms) return;
    if (term) event.preventDefault();
    const { choice, tool } = pressed.dataset;
    bring(choice ? choices : tool ? tables : reading).then(
      () => (choice ? disclosureChoices : tool ? disclosureTables : disclosureReading)(pressed),
      () => {
        if (term) location = pressed.href;
      }
    );
  });

  // ---- what is chosen here, was chosen on an earlier page, or is in another window ----
  const kept = document.documentElement.dataset;
  const units = document.querySelector("[data-units]");

  function follow(event) {
    bring(units.dataset.units).then(
      () => disclosureUnits(event),
      () => {
        units.value = "";
      }
    );
  }

  function again(event) {
    if (event || kept.scheme || kept.text) bring(choices).then(() => disclosureChoices());
    if (units && (event || kept.unit)) follow(event);
  }

  if (units) units.addEventListener("change", follow);
  addEventListener("storage", again);
  addEventListener("pageshow", (event) => {
    if (event.persisted) again(event);
  });
  again();

  // The rows to show stand in the address.
  if (location.search) bring(tables);
})();
