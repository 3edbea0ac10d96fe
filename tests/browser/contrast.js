/* The contrast of text and what stands behind it, by WCAG 2: [selector, ratio, bright ground?].
   Evaluated by test_reading.py with a list of selectors. */
(selectors) => {
  const parse = (text) => {
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].map((n) => n / 255);
  };
  const over = (top, bottom) => top.slice(0, 3).map((n, i) => n * top[3] + bottom[i] * (1 - top[3]));
  const light = (c) => c.map((n) => (n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4))
    .reduce((sum, n, i) => sum + n * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) layers.push(parse(getComputedStyle(e).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [1, 1, 1]);
  };
  return selectors.flatMap((selector) => [...document.querySelectorAll(selector)].slice(0, 3).map((element) => {
    const back = ground(element), front = over(parse(getComputedStyle(element).color), back);
    const [a, b] = [light(front), light(back)].sort((x, y) => y - x);
    return [selector, Math.round((a + 0.05) / (b + 0.05) * 100) / 100, light(back) > 0.5];
  }));
}
