/* What a page looks like as it stands: how wide it is, what is cut off, its cards, its regions.
   Evaluated by test_every_page.py; what is folded is opened first, nothing else is changed. */
() => {
  document.querySelectorAll("article details").forEach((folded) => { folded.open = true; });
  const root = document.documentElement, width = root.clientWidth;
  const name = (e) => `<${e.tagName.toLowerCase()} class="${e.className}"> ${e.textContent.trim().slice(0, 40)}`;
  const box = (e) => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom].map(Math.round); };
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
  const inScroller = (e) => e.closest(".d-table[tabindex], .md-sidebar, .d-hidden, [hidden]");
  const wide = [...document.querySelectorAll(".md-header *, article *, .md-footer *")].filter((e) => {
    const r = e.getBoundingClientRect();
    return r.width > 1 && (r.right > width + 1 || r.left < -1) && shown(e) && !inScroller(e);
  });
  const cut = [...document.querySelectorAll("article :is(p, li, dd, dt, td, th, h1, h2, h3, caption, strong)")].filter(
    (e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1 && shown(e)
      && !["inline", "contents"].includes(getComputedStyle(e).display) && !e.closest(".d-table[tabindex], .d-hidden")
      && (e.closest("thead") || root).clientWidth > 2);
  const label = (cell) => {
    const style = getComputedStyle(cell, "::before");
    return { text: style.content.replace(/^"|"$/g, ""), wanted: cell.dataset.label || "", size: parseFloat(style.fontSize),
      seen: style.display !== "none" && style.visibility === "visible" && style.content !== "none" };
  };
  return {
    title: document.title,
    scrollWidth: root.scrollWidth, clientWidth: width,
    wide: wide.slice(0, 5).map(name), cut: cut.slice(0, 5).map(name),
    unloaded: [...document.images].filter((image) => !image.naturalWidth).map((image) => image.src),
    cards: [...document.querySelectorAll(".d-table--cards")].map((table) => ({
      id: table.querySelector("table").id,
      head: shown(table.querySelector("thead")) && table.querySelector("thead").getBoundingClientRect().width > 2,
      rows: [...table.querySelectorAll("tbody tr")].map((row) => ({
        box: box(row),
        cells: [...row.cells].map((cell) => ({ tag: cell.tagName, box: box(cell), shown: shown(cell),
          text: cell.textContent.trim(), label: cell.tagName === "TD" ? label(cell) : null })),
      })),
    })),
    regions: [...document.querySelectorAll(".d-table--wide")].map((region) => ({
      tabIndex: region.tabIndex, role: region.getAttribute("role"), name: region.getAttribute("aria-label"),
      box: box(region), inner: region.scrollWidth, outer: region.clientWidth,
      overflow: getComputedStyle(region).overflowX,
    })),
    targets: [...document.querySelectorAll(".md-header :is(a, button, label), .d-neighbour")].filter(shown)
      .map((e) => [name(e), Math.round(e.getBoundingClientRect().height)]),
  };
}
