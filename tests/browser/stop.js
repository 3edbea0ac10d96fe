/* What is wrong with the element that has the focus; null at the end of the page.
   Evaluated by accessible.py after each Tab. */
() => {
  const e = document.activeElement;
  if (!e || e === document.body || window.stopped.has(e)) return null;
  window.stopped.add(e);
  document.getAnimations().forEach((motion) => motion.finish());
  const wrong = [], name = e.outerHTML.slice(0, 90), style = getComputedStyle(e);
  const box = [...e.getClientRects()].find((r) => r.width && r.height);
  if (!box) return [`no size: ${name}`];
  if (!(style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)) wrong.push(`focus not shown: ${name}`);
  if (box.right < 1 || box.left > innerWidth - 1 || box.bottom < 1 || box.top > innerHeight - 1)
    return [...wrong, `not in the window: ${name}`];
  const points = [.1, .5, .9].flatMap((x) => [.1, .5, .9].map((y) => [box.left + x * box.width, box.top + y * box.height]));
  const hit = ([x, y]) => { const top = document.elementFromPoint(x, y); return top && (e.contains(top) || top.contains(e)); };
  if (!points.some(hit)) {
    const above = document.elementFromPoint(...points[4]);
    wrong.push(`hidden behind ${above && above.outerHTML.slice(0, 60)}: ${name} at ${Math.round(box.top)} of ${innerHeight}`);
  }
  return wrong;
}
