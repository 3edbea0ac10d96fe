/* Amounts in another unit than the document prints. Fetched when a reader asks for one, or has asked
   on an earlier page (scripts/on_demand.js). Each amount carries its exact value in yuan; its digits
   are moved here and never reckoned with, so that nothing is rounded. What a script makes later, as
   the results of a search, stays as printed, and so does paper: the document is the authority. */
(() => {
  "use strict";

  const WORDS = "words of the interface";
  const PLACES = { yuan: 0, million: 6 };
  const root = document.documentElement;
  const english = root.lang === "en";
  const words = WORDS[english ? "en" : "zh"];
  const printedUnit = english ? /CNY 10,000|CNY/ : /万元|元/;
  const grouped = new Intl.NumberFormat(root.lang);
  const select = document.querySelector("[data-units]");
  const said = document.querySelector("[data-said]");

  function say(key, values) {
    return words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  const amounts = [...document.querySelectorAll("data[value]")].map((element) => {
    const table = element.matches(".d-number") && element.closest("table");
    return { element, table, printed: element.textContent };
  });
  // The names of units that bare digits are read with: in captions, heads and the labels of cards.
  const tables = new Set(amounts.map(({ table }) => table).filter(Boolean));
  const names = [...tables].flatMap((table) => [...table.querySelectorAll(".d-unit")]).map((element) => {
    return { element, printed: element.textContent };
  });
  const labels = amounts.filter(({ table }) => table).flatMap(({ element }) => {
    const cell = element.closest("[data-label]");
    return cell && printedUnit.test(cell.dataset.label) ? [{ cell, printed: cell.dataset.label }] : [];
  });

  // Those that have no scroller of their own: as printed, they need none.
  const frames = [...tables].flatMap((table) => {
    const frame = table.closest(".d-table--figures:not([tabindex])");
    return frame ? [{ frame, table }] : [];
  });

  /* A decimal number of yuan with its point moved to the left. */
  function moved(yuan, places) {
    const [before, after = ""] = yuan.replace("-", "").split(".");
    const digits = before.padStart(places + 1, "0");
    const point = digits.length - places;
    const part = (digits.slice(point) + after).replace(/0+$/, "");
    const below = part && !places ? part.padEnd(2, "0") : part;
    return grouped.format(BigInt(digits.slice(0, point))) + (below && "." + below);
  }

  /* With the sign of the print: a true minus, or the plus of an increase. */
  function shown({ element, table, printed }, unit) {
    const yuan = element.value;
    const sign = yuan.startsWith("-") ? "−" : /^\s*[+＋]/.test(printed) ? "+" : "";
    const digits = moved(yuan, PLACES[unit]);
    return sign + (table ? digits : say("units." + unit + ".amount", { digits }));
  }

  /* What the document has, for who points at an amount. English text is in yuan by itself. */
  function original({ table, printed }) {
    if (!table) return english ? "" : say("units.original", { text: printed });
    const name = names.find(({ element }) => table.contains(element));
    const [unit] = (name && printedUnit.exec(name.printed)) || [""];
    return say("units.original.bare", { digits: printed, unit });
  }

  function show(unit) {
    const name = unit && words["units." + unit + ".unit"];
    const named = (printed) => (unit ? printed.replace(printedUnit, name) : printed);
    amounts.forEach((amount) => {
      const { element, printed } = amount;
      element.textContent = unit ? shown(amount, unit) : printed;
      const title = unit && original(amount);
      if (title) element.title = title;
      else element.removeAttribute("title");
    });
    names.forEach(({ element, printed }) => {
      element.textContent = named(printed);
    });
    labels.forEach(({ cell, printed }) => {
      cell.dataset.label = named(printed);
    });
  }

  /* Longer figures may need more room than there is: the table then moves in a frame of its own,
     as the tables do that are wide by themselves. */
  function fit(unit) {
    const wide = frames.map(({ frame, table }) => unit && table.offsetWidth > frame.clientWidth);
    frames.forEach(({ frame, table }, index) => {
      if (wide[index]) {
        frame.setAttribute("role", "group");
        frame.setAttribute("aria-label", table.caption.textContent.trim());
        frame.tabIndex = 0;
      } else {
        ["role", "aria-label", "tabindex"].forEach((name) => frame.removeAttribute(name));
      }
    });
  }

  function change(unit) {
    show(unit);
    fit(unit);
  }

  function chosen() {
    return Object.keys(PLACES).includes(root.dataset.unit) ? root.dataset.unit : "";
  }

  function choose(unit) {
    root.dataset.unit = unit || "";
    select.value = chosen();
    change(chosen());
  }

  /* Called with the event of the choice, or with any other for what was chosen elsewhere. */
  window.disclosureUnits = (event) => {
    if (event && event.type === "change") {
      choose(select.value);
      said.textContent = say("units.now." + (chosen() || "printed"));
      try {
        localStorage.setItem("disclosure.unit", chosen());
      } catch (refused) {
        // Not remembered, but done.
      }
      return;
    }
    let kept = root.dataset.unit;
    try {
      kept = localStorage.getItem("disclosure.unit");
    } catch (refused) {
      // As it was.
    }
    choose(kept);
  };

  addEventListener("resize", () => fit(chosen()));
  new MutationObserver(() => fit(chosen())).observe(root, { attributeFilter: ["data-text"] });
  addEventListener("beforeprint", () => change(""));
  addEventListener("afterprint", () => change(chosen()));
})();
