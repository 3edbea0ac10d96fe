/* What is wrong with the element that has the focus; null at the end of the page.
   Evaluated by accessible.py after each Tab. */
() => {
  const e = document.activeElement;
  if (!e || e === document.body || window.stopped.has(e)) return null;
  window.stopped.add(e);
  document.getAnimations().forEach((motion) => motion.finish());
  const wrong = [], name = e.outerHTML.slice(0, 90), style = getComputedStyle(e);
  // A link of many lines has a box for each; the focus may show in any of them.
  const boxes = [...e.getClientRects()].filter((r) => r.width && r.height);
  if (!boxes.length) return [`no size: ${name}`];
  if (!(style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)) wrong.push(`focus not shown: ${name}`);
  const inside = boxes.filter((r) => r.right >= 1 && r.left <= innerWidth - 1 && r.bottom >= 1 && r.top <= innerHeight - 1);
  if (!inside.length) return [...wrong, `not in the window: ${name}`];
  const points = inside.flatMap((r) => [.1, .5, .9].flatMap((x) => [.1, .5, .9].map((y) => [r.left + x * r.width, r.top + y * r.height])));
  const hit = ([x, y]) => { const top = document.elementFromPoint(x, y); return top && (e.contains(top) || top.contains(e)); };
  if (!points.some(hit)) {
    const above = document.elementFromPoint(...points[4]);
    wrong.push(`hidden behind ${above && above.outerHTML.slice(0, 60)}: ${name} at ${Math.round(inside[0].top)} of ${innerHeight}`);
  }
  return wrong;
}
