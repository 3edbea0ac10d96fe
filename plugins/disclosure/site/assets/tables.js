/* What a reader does with a table: put its rows in another order, see some of them only, copy it.
   Fetched when one of these is asked for (scripts/on_demand.js), or when the address says which
   rows to show. Figures are compared exactly, by whole numbers; nothing here rounds. */
(() => {
  "use strict";

  const WORDS = "words of the interface";
  const root = document.documentElement;
  const words = WORDS[root.lang === "en" ? "en" : "zh"];
  const said = document.querySelector("[data-said]");

  function say(key, values) {
    return words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  function make(tag, properties) {
    return Object.assign(document.createElement(tag), properties);
  }

  // How it looks; without it, it works all the same.
  const styled = new Promise((resolve) => {
    const address = document.querySelector("script[data-tables]").dataset.tables;
    const link = make("link", { rel: "stylesheet", href: address.replace(/js$/, "css") });
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });

  let silence = 0;

  /* Said to listeners, and shown at the end of a line of tools where nothing else shows it. */
  function tell(text, tools) {
    document.querySelectorAll(".d-tools__said").forEach((before) => before.remove());
    const note = make("span", { className: "d-tools__said", textContent: text });
    note.setAttribute("aria-hidden", "true");
    if (tools) tools.append(note);
    said.textContent = text;
    clearTimeout(silence);
    silence = setTimeout(() => {
      said.textContent = "";
      note.remove();
    }, 8000);
  }

  /* The line of tools stands before or behind its table. */
  function tableOf(tools) {
    const step = tools.dataset.side + "ElementSibling";
    let near = tools[step];
    while (!near.matches(".d-table")) near = near[step];
    return near.querySelector("table");
  }

  // ---- texts and figures ----

  /* Width and case do not count, nor does space beside a Chinese character. */
  function fold(text) {
    const plain = text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
    return plain.replace(/(\p{Script=Han}) (?=\S)/gu, "$1").replace(/(\S) (?=\p{Script=Han})/gu, "$1");
  }

  /* What a cell says: without the marks of data checks, and what is only for listeners. */
  function shown(cell, also) {
    const aside = ".d-finding, .d-hidden" + (also || "");
    let from = cell;
    if (cell.querySelector(aside)) {
      from = cell.cloneNode(true);
      from.querySelectorAll(aside).forEach((part) => part.remove());
    }
    return from.textContent.replace(/\s+/g, " ").trim();
  }

  /* "3,804.65" as a whole number of billionths of a thousandth; null for what is no number. */
  const PLACES = 12;
  const ONE = 10n ** BigInt(PLACES);

  function exact(text) {
    const plain = text.normalize("NFKC").replace(/[,\s]/g, "").replace("−", "-").replace(/%$/, "");
    const found = /^([+-]?)(\d*)(?:\.(\d{0,12}))?$/.exec(plain);
    if (!found || !(found[2] || found[3])) return null;
    return BigInt(found[1] + found[2] + (found[3] || "").padEnd(PLACES, "0"));
  }

  /* The number as it is written, without needless zeros: what exact() reads back. */
  function written(number) {
    const digits = String(number < 0n ? -number : number).padStart(PLACES + 1, "0");
    const parts = digits.slice(0, -PLACES) + "." + digits.slice(-PLACES);
    return (number < 0n ? "-" : "") + parts.replace(/\.?0+$/, "");
  }

  // ---- the rows of a table, and what each is sorted by ----

  const collator = new Intl.Collator(root.lang, { numeric: true });
  const known = new Map();

  function rowsOf(table) {
    if (known.has(table)) return known.get(table);
    const tools = document.querySelectorAll(".d-tools");
    const body = table.tBodies[0];
    const list = {
      table,
      body,
      tools: [...tools].find((line) => tableOf(line) === table),
      heads: [...table.tHead.rows[0].cells],
      rows: [...body.rows].map((row, order) => ({ row, order, last: row.matches(".d-total") })),
      names: [],
      by: "",
    };
    list.columns = list.heads.map((head, index) => column(list, head, index));
    list.names = list.heads.map((_, index) => String(index + 1));
    known.set(table, list);
    return list;
  }

  /* The keys of a column: amounts by their value in yuan, whatever unit they are shown in. What is
     blank, absent or in words has none. */
  function column(list, head, index) {
    const label = shown(head);
    const cells = list.rows.map(({ row }) => row.cells[index]);
    if (!head.matches(".d-end")) {
      const texts = cells.map((cell) => (cell && shown(cell, ", .d-absent")) || null);
      return { label, texts, keys: texts, compare: collator.compare };
    }
    const amounts = cells.map((cell) => cell && cell.querySelector("data"));
    const money = amounts.some(Boolean);
    const keys = cells.map((cell, at) => {
      if (money) return amounts[at] ? exact(amounts[at].value) : null;
      return cell ? exact(shown(cell)) : null;
    });
    return { label, keys, figures: true, compare: (one, other) => Number(one > other) - Number(one < other) };
  }

  // ---- another order ----

  /* By the name of a column, with a "-" from the other end; "" is the order as printed. */
  function sort(list, by) {
    const down = by.startsWith("-");
    const index = list.names.indexOf(by.replace(/^-/, ""));
    list.by = index < 0 ? "" : by;
    const { keys, compare } = list.columns[index] || {};
    const sorted = [...list.rows].sort((one, other) => {
      if (one.last !== other.last) return one.last ? 1 : -1;
      const [a, b] = keys ? [keys[one.order], keys[other.order]] : [null, null];
      if ((a === null) !== (b === null)) return a === null ? 1 : -1;
      const order = a === null ? 0 : compare(a, b);
      return (down ? -order : order) || one.order - other.order;
    });
    list.body.append(...sorted.map(({ row }) => row));
    list.heads.forEach((head, at) => {
      if (list.by && at === index) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    if (list.choice) list.choice.value = list.by;
  }

  /* What one can sort by: each column from either end, the likelier first. */
  function orders(list) {
    return list.columns.flatMap(({ label, figures }, index) => {
      const name = list.names[index];
      const [up, down] = figures ? ["smallest", "largest"] : ["first", "final"];
      const both = [
        [name, say("tools." + up, { column: label })],
        ["-" + name, say("tools." + down, { column: label })],
      ];
      return figures ? both.reverse() : both;
    });
  }

  function choose(list, by) {
    sort(list, by);
    if (list.form) note(list);
    const chosen = list.choice.selectedOptions[0].textContent;
    tell(list.by ? say("tools.sorted", { order: chosen }) : say("tools.unsorted"));
  }

  /* A list of the orders in place of the button, and a button in each head. */
  function sortable(list) {
    if (list.choice) return;
    list.choice = make("select");
    list.choice.add(new Option(say("tools.printed"), ""));
    orders(list).forEach(([by, label]) => list.choice.add(new Option(label, by)));
    list.choice.addEventListener("change", () => choose(list, list.choice.value));
    const label = make("label", { className: "d-tools__order", textContent: say("tools.order") });
    label.append(list.choice);
    list.tools.querySelector("[data-tool=sort]").replaceWith(label);

    const buttons = list.heads.map((head, index) => {
      const button = make("button", { type: "button", className: "d-sort" });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const name = list.names[index];
        const turns = list.columns[index].figures ? ["-" + name, name] : [name, "-" + name];
        choose(list, [...turns, ""][turns.indexOf(list.by) + 1]);
      });
      return button;
    });
    // Where rows read as cards the heads are out of sight: no stop for the keyboard there.
    new ResizeObserver(() => {
      const seen = list.table.tHead.clientWidth > 2;
      buttons.forEach((button) => {
        button.tabIndex = seen ? 0 : -1;
      });
    }).observe(list.table);
  }

  // ---- some of the rows ----

  const FIELDS = ["text", "from", "to", "kind"];
  const BOUNDS = ["from", "to"];
  const YUAN = { yuan: 1n, million: 1000000n };

  function filterable(list) {
    if (list.form) return;
    const form = list.tools.nextElementSibling;
    list.form = form;
    list.found = form.nextElementSibling;
    list.names = form.dataset.columns.split(" ");
    list.unit = form.querySelector(".d-unit");
    list.printed = list.unit.textContent;
    measure(list);
    const texts = list.columns.filter((column) => column.texts);
    list.rows.forEach((each) => {
      each.text = fold(texts.map((column) => column.texts[each.order] || "").join("\n"));
      each.amount = list.columns[list.names.indexOf("amount")].keys[each.order];
      each.kinds = (each.row.dataset.kinds || "").split(" ");
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => narrowed(list));
    form.addEventListener("reset", () => setTimeout(() => narrowed(list)));
    addEventListener("popstate", () => restore(list));
    new MutationObserver(() => {
      measure(list);
      put(list, list.state || {});
    }).observe(root, { attributeFilter: ["data-unit"] });
    // The address is written when typing rests, and before any link is followed.
    addEventListener("click", () => noted(list), true);
  }

  /* Amounts are asked for in the unit in which they are shown (assets/units.js). */
  function measure(list) {
    const other = YUAN[root.dataset.unit];
    list.yuan = other || exact(list.form.dataset.yuan) / ONE;
    const name = other && say("units." + root.dataset.unit + ".unit");
    list.unit.textContent = other ? list.printed.replace(/[^()（）]+/, name) : list.printed;
  }

  /* Bounds in yuan into their fields; what is no amount stays as it was typed. */
  function put(list, state) {
    BOUNDS.forEach((name) => {
      const amount = state[name];
      if (typeof amount === "bigint") list.form.elements[name].value = written(amount / list.yuan);
    });
  }

  /* What a field of amounts says, in yuan; null where it says nothing, or no amount. */
  function bound(list, field) {
    const text = field.value.trim();
    const amount = text ? exact(text) : null;
    const wrong = Boolean(text) && amount === null;
    if (wrong) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    if (wrong) list.wrong = say("filter.wrong", { text });
    return amount === null ? null : amount * list.yuan;
  }

  function narrow(list) {
    const { text, from, to, kind } = list.form.elements;
    const wanted = text.value.split(/\s+/).map(fold).filter(Boolean);
    list.wrong = "";
    const low = bound(list, from);
    const high = bound(list, to);
    let count = 0;
    list.rows.forEach((each) => {
      const { amount } = each;
      const fits =
        wanted.every((word) => each.text.includes(word)) &&
        (low === null || (amount !== null && amount >= low)) &&
        (high === null || (amount !== null && amount <= high)) &&
        (!kind || !kind.value || each.kinds.includes(kind.value));
      if (each.row.hidden === fits) each.row.hidden = !fits;
      count += fits;
    });
    list.state = { text: text.value.trim(), from: low, to: high, kind: kind ? kind.value : "" };
    const narrowed = FIELDS.some((name) => ![null, ""].includes(list.state[name]));
    const all = list.rows.length;
    const result = say(count ? "filter.found" : "filter.none", { count, all });
    list.found.textContent = narrowed ? result : "";
    list.form.querySelector("[role=alert]").textContent = list.wrong;
  }

  function narrowed(list) {
    narrow(list);
    note(list);
  }

  // ---- what is shown, in the address ----

  /* Amounts stand there in yuan: the same rows for a reader who sees another unit. */
  function note(list) {
    clearTimeout(list.later);
    list.later = setTimeout(() => noted(list), 300);
  }

  function noted(list) {
    if (!list.later) return;
    clearTimeout(list.later);
    list.later = 0;
    const query = new URLSearchParams(location.search);
    const state = { ...list.state, sort: list.by };
    Object.entries(state).forEach(([name, value]) => {
      if (value === null || value === "") query.delete(name);
      else query.set(name, typeof value === "bigint" ? written(value) : value);
    });
    const search = String(query) && "?" + query;
    // A place in the list that is no longer shown is no place to lead to.
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const hash = target && target.closest("tr[hidden]") ? "" : location.hash;
    try {
      history.replaceState(history.state, "", location.pathname + search + hash);
    } catch (refused) {
      // Shown all the same.
    }
    carry(search);
  }

  /* The same list in the other language and in other years shows the same. */
  function carry(search) {
    const name = location.pathname.split("/").slice(-2).join("/");
    document.querySelectorAll("[data-language-switch], .d-years a").forEach((link) => {
      if (link.pathname.endsWith(name)) link.search = search;
    });
  }

  function restore(list) {
    const query = new URLSearchParams(location.search);
    filterable(list);
    const fields = list.form.elements;
    const wanted = Object.fromEntries(FIELDS.map((name) => [name, query.get(name) || ""]));
    fields.text.value = wanted.text;
    BOUNDS.forEach((name) => {
      fields[name].value = "";
    });
    put(list, { from: exact(wanted.from), to: exact(wanted.to) });
    if (fields.kind) {
      fields.kind.value = wanted.kind;
      // A kind that there is not, in this year: all of them.
      if (fields.kind.selectedIndex < 0) fields.kind.selectedIndex = 0;
    }
    narrow(list);
    const by = query.get("sort") || "";
    if (by || list.by) {
      sortable(list);
      sort(list, by);
    }
    if (list.found.textContent || list.wrong) unfold(list, true);
    carry(location.search);
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (target && list.table.contains(target)) target.scrollIntoView();
  }

  function unfold(list, open) {
    list.form.hidden = !open;
    list.tools.querySelector("[data-tool=filter]").setAttribute("aria-expanded", open);
  }

  // ---- taking it along ----

  /* Every cell in every place it spans, as rows of [text, whether it is a figure]. */
  function grid(table) {
    const rows = [...table.rows].filter((row) => !row.hidden);
    const places = rows.map(() => []);
    rows.forEach((row, y) => {
      let x = 0;
      [...row.cells].forEach((cell) => {
        while (places[y][x]) x += 1;
        const text = shown(cell);
        const figure = cell.matches(".d-end") && exact(text) !== null;
        const taken = [figure ? text.replace("−", "-") : harmless(text), figure];
        for (let down = 0; down < cell.rowSpan && places[y + down]; down += 1) {
          for (let right = 0; right < cell.colSpan; right += 1) places[y + down][x + right] = taken;
        }
      });
    });
    return places.map((row) => Array.from(row, (cell) => cell || ["", false]));
  }

  /* A spreadsheet runs what begins like a formula: an apostrophe keeps it a text, as in the files. */
  function harmless(text) {
    return /^[=+\-@＝＋－＠]./.test(text) && exact(text) === null ? "'" + text : text;
  }

  function escaped(text) {
    return text.replace(/[&<>"]/g, (sign) => "&#" + sign.charCodeAt(0) + ";");
  }

  // A code of digits is a text: a spreadsheet would make 1.3E+15 of it. Excel and WPS know the style,
  // LibreOffice the other.
  const TEXT = ` style="mso-number-format:'\\@'" sdnum="1033;1033;@"`;

  /* The table as text with tabs and as HTML, with its caption above. */
  function taken(table) {
    const rows = grid(table);
    const caption = harmless(shown(table.caption));
    const width = rows.reduce((most, row) => Math.max(most, row.length), 1);
    const heads = table.tHead ? table.tHead.rows.length : 0;
    const text = [[[caption]], ...rows].map((row) => row.map(([cell]) => cell).join("\t"));
    const html = rows.map((row, y) => {
      const tag = y < heads ? "th" : "td";
      const cells = row.map(([cell, figure]) => {
        return `<${tag}${figure ? "" : TEXT}>${escaped(cell)}</${tag}>`;
      });
      return `<tr>${cells.join("")}</tr>`;
    });
    const title = `<tr><th colspan="${width}">${escaped(caption)}</th></tr>`;
    return {
      count: rows.length - heads,
      "text/plain": text.join("\r\n"),
      "text/html": `<meta charset="utf-8"><table>${title}${html.join("")}</table>`,
    };
  }

  const TYPES = ["text/plain", "text/html"];

  /* The old command is the better one: it works without a secure connection too, which many portals
     do not have, and what it puts on the clipboard stays as it is. */
  function byCommand(what) {
    const held = document.activeElement;
    const field = make("textarea", { value: "." });
    let done = false;
    const put = (event) => {
      TYPES.forEach((type) => event.clipboardData.setData(type, what[type]));
      event.preventDefault();
      done = true;
    };
    said.after(field);
    field.select();
    document.addEventListener("copy", put);
    document.execCommand("copy");
    document.removeEventListener("copy", put);
    field.remove();
    if (held) held.focus({ preventScroll: true });
    return done;
  }

  /* What a browser cleans in a document with our policy: it would complain of the styles. */
  function byClipboard(what) {
    const plain = { ...what, "text/html": what["text/html"].replace(/ style="[^"]*"/g, "") };
    const blobs = TYPES.map((type) => [type, new Blob([plain[type]], { type })]);
    return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  }

  function copy(tools) {
    const table = tableOf(tools);
    const what = taken(table);
    const done = () => tell(say("tools.copied", what), tools);
    const select = () => {
      getSelection().selectAllChildren(table);
      tell(say("tools.selected"), tools);
    };
    if (byCommand(what)) done();
    else if (navigator.clipboard && window.ClipboardItem) byClipboard(what).then(done, select);
    else select();
  }

  // ---- what was asked for ----

  /* The button that was pressed: [data-tool] in a line of tools. */
  window.disclosureTables = (pressed) => {
    const tools = pressed.parentElement;
    if (pressed.dataset.tool === "copy") return copy(tools);
    const list = rowsOf(tableOf(tools));
    styled.then(() => {
      if (list.tools.querySelector("[data-tool=filter]")) filterable(list);
      if (pressed.dataset.tool === "sort") {
        sortable(list);
        list.choice.focus();
      } else {
        unfold(list, list.form.hidden);
        narrow(list);
        if (!list.form.hidden) list.form.elements.text.focus();
      }
    });
  };

  const filter = document.querySelector("[data-tool=filter]");
  if (filter && location.search) {
    styled.then(() => restore(rowsOf(tableOf(filter.parentElement))));
  }
  // A page can be asked to search as well: ``?q=``, which search.js reads.
  if (new URLSearchParams(location.search).get("q")) {
    document.querySelector("[data-search]")?.click();
  }
})();
