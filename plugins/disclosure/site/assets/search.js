/* Search without a server. plugins/disclosure/search builds the index and folds text as fold() does;
   tests/browser/test_search_engine.py compares the two. All data is set as text, never as markup. */
(() => {
  "use strict";

  // ---- text ----

  const UNITS = "%<>‰≤≥≦≧\\u1100-\\u11ff\\u2e80-\\u2fdf\\u3005-\\u3007\\u3021-\\u3029\\u3031-\\u3035" +
    "\\u3038-\\u303b\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3105-\\u312f" +
    "\\u3131-\\u318e\\u31a0-\\u31bf\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\ua960-\\ua97c" +
    "\\uac00-\\ud7fb\\uf900-\\ufaff\\u{20000}-\\u{3fffd}";
  const LETTER = `[^${UNITS} \\n.]`;
  const UNIT = new RegExp(`^[${UNITS}]`, "u");
  const TOKEN = new RegExp(`[${UNITS}]|\\.?${LETTER}+|[ \\n.]`, "gu");
  const WORD = new RegExp(`${LETTER}+`, "gu");
  const CUT = new RegExp(`(?:${LETTER}|\\.)$`, "u");
  const KEY = new RegExp(`^(?:[${UNITS}](?:[${UNITS}]|${LETTER}+)?|(?:(?![0-9])${LETTER}){3}|${LETTER}+)`, "u");
  const DASHED = /^(?=.*[0-9])[-\u2010-\u2015\u2212\uff0d]?[0-9a-z]+(?:[-\u2010-\u2015\u2212\uff0d][0-9a-z]*)+$/i;
  const CODE = /^(?=[a-z]*[0-9])[0-9a-z]{6,}$/;
  const isUnit = (token) => UNIT.test(token);
  const isWord = (token) => Boolean(token) && !" \n.".includes(token) && !isUnit(token);
  const isDigit = (char) => char >= "0" && char <= "9";

  const known = new Map();
  function plain(char) {
    // Nearly all of a text: an ideograph folds to itself.
    if (char >= "\u4e00" && char <= "\u9fff") return char;
    if (!known.has(char)) {
      let folded = "";
      for (const c of char.normalize("NFKD").toLowerCase()) {
        if (isUnit(c) || /[\p{L}\p{N}.,]/u.test(c)) folded += c;
        else if (!/[\p{M}\p{Cf}]/u.test(c)) folded += ";:!?、。".includes(c) ? "\n" : " ";
      }
      known.set(char, folded);
    }
    return known.get(char);
  }

  /* The folded text, and for each of its code units where its source starts and ends. */
  function fold(source) {
    const blanked = source.replace(
      /([\])〕】）］][ \u00a0\u3000]*)(no\.?)(?=[ \u00a0\u3000]*[0-9０-９])/gi,
      (_, before, word) => before + " ".repeat(word.length));
    const list = [], starts = [], ends = [];
    let place = 0, text = "", gap = "", last = "";
    for (const char of blanked) {
      const folded = plain(char), end = place + char.length;
      for (const c of folded) { list.push(c); starts.push(place); ends.push(end); }
      if (!folded && list.length) ends[list.length - 1] = end;
      place = end;
    }
    const at = [], to = [];
    const put = (c, from, end) => {
      text += c;
      for (let n = 0; n < c.length; n++) { at.push(from); to.push(end); }
    };
    const digit = (i) => i >= 0 && i < list.length && isDigit(list[i]);
    for (let i = 0; i < list.length; i++) {
      let c = list[i];
      if (c === ",") {
        if ([-1, 1, 2, 3].every((n) => digit(i + n)) && !digit(i + 4)) continue;
        c = "\n";
      }
      if (c === "." && !(digit(i - 1) && digit(i + 1))) c = "\n";
      if (c === " " || c === "\n") {
        if (gap !== "\n") gap = c;
        continue;
      }
      if (last && gap && (gap === "\n" || !(isUnit(last) || isUnit(c)))) put(gap, starts[i], starts[i]);
      put(c, starts[i], ends[i]);
      gap = "";
      last = c;
    }
    return { text, at, to };
  }

  const tokens = (folded) => folded.match(TOKEN) || [];
  const shardKey = (term) => (KEY.exec(term.replace(/^[#.]+/, "")) || [""])[0];

  function hash(text) {
    let value = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
    return value >>> 0;
  }

  // ---- query ----

  /* An English word with its singular and plurals; all share its first three letters. */
  function forms(word, english) {
    const found = [word];
    if (english && /^[a-z]{4,}$/.test(word)) {
      if (/(s|x|z|ch|sh)$/.test(word)) found.push(`${word}es`);
      if (!/s$/.test(word)) found.push(`${word}s`);
      if (/[^aeiou]y$/.test(word)) found.push(`${word.slice(0, -1)}ies`);
      if (/.{3}ies$/.test(word)) found.push(`${word.slice(0, -3)}y`);
      else if (/.{2}(s|x|z|ch|sh)es$/.test(word)) found.push(word.slice(0, -2));
      if (/[^sui]s$/.test(word)) found.push(word.slice(0, -1));
    }
    return found.sort((a, b) => b.length - a.length);
  }

  /* The parts of a query, all of which a page must have. Words in quotation marks are one part;
     "[2023] No. 141" and "141 号" are one part also without them. */
  function parse(query, english) {
    const tidy = query
      .replace(/([0-9０-９]\s*[\])〕】）］])\s*(?:no\.?\s*)?(?=[0-9０-９])/gi, "$1")
      .replace(new RegExp(`([0-9０-９])\\s+(?=[${UNITS}](?:\\s|$))`, "gu"), "$1");
    const found = new Map();
    for (const match of tidy.matchAll(/["“]([^"“”]+)["”](?=\s|$)|\S+/g)) {
      const { text } = fold(match[1] || match[0]), joined = text.replace(/[ .]/g, "");
      if (DASHED.test(match[0]) && joined.length > 3) {
        found.set(text, dashed(text, joined));
        continue;
      }
      const typing = !match[1] && match.index + match[0].length === tidy.length;
      if (text && !found.has(text)) found.set(text, part(text, typing, english));
    }
    return [...found.values()];
  }

  /* The first and the last piece of a code. */
  function ends(code, last = true) {
    const size = code.length < 8 ? 4 : 8;
    return [...new Set([0, last ? code.length - size : 0])].map((n) => `#${code.substr(n, size)}`);
  }

  /* A part of a code with hyphens, FIC23-CUL-001, which folding takes for words. */
  const dashed = (text, joined) => ({
    text, groups: [{ terms: [], pieces: ends(joined) }], pattern: new RegExp(text.replace(/\./g, "\\."), "g"),
  });

  /* One part: the groups of index terms a page must have (one term of each), and the pattern that
     its text must match. The last word may be the beginning of one while it is being typed. */
  function part(text, typing, english) {
    const list = tokens(text), end = list.length - 1, groups = [];
    const open = typing && /^\p{L}{3}/u.test(list[end]) && isWord(list[end]) ? end : -1;
    const code = end === 0 && /^[0-9a-z]{4,}$/.test(text) ? text : "";
    const pattern = list.map((token, i) => {
      const before = list[i - 1], next = list[i + 1];
      if (isUnit(token)) {
        const pair = next && isUnit(next) ? token + next : "", third = list[i + 2];
        if (pair) groups.push({ terms: [pair], triple: third && isUnit(third) ? pair + third : "" });
        else if (isWord(next) && i + 1 !== open) groups.push({ terms: [token + next] });
        else if (!isWord(before) && !(before && isUnit(before))) groups.push({ terms: [token], single: true });
      } else if (isWord(token)) {
        const any = forms(token, english);
        const joined = isUnit(next || "") || (isUnit(before || "") && i !== open);
        const year = (one) => /^(19|20)[0-9]{2}$/.test(one), number = (one) => /^[0-9]+$/.test(one);
        const numbered = before === " " && year(list[i - 2]) && number(token);
        if (isUnit(next || "")) groups.push({ terms: [token + next] });
        if (numbered) groups.push({ terms: [`${list[i - 2]} ${token}`], numbered: true });
        // A word that a longer term of the same text contains need not be looked up by itself.
        if (!joined && !numbered && !(next === " " && year(token) && number(list[i + 2])))
          groups.push({ terms: any, word: token, prefix: i === open ? token : "", pieces: code && ends(code, /[0-9]/.test(code)) });
        return `(?:${any.join("|").replace(/\./g, "\\.")})${i === open ? `${LETTER}*` : `(?!${LETTER})`}`;
      }
      return token;
    });
    return { text, groups, code, word: isWord(list[0]) && text[0] !== ".", pattern: new RegExp(pattern.join(""), "gu") };
  }

  /* Where a folded text has the part: [[start, end], …] */
  function find(wanted, text) {
    const found = [];
    wanted.pattern.lastIndex = 0;
    for (let m; (m = wanted.pattern.exec(text));) {
      const cut = wanted.word && CUT.test(text.slice(Math.max(0, m.index - 2), m.index));
      if (cut) wanted.pattern.lastIndex = m.index + 1;
      else found.push([m.index, m.index + m[0].length]);
    }
    if (!found.length && wanted.code && text.includes(wanted.code)) {
      for (const m of text.matchAll(WORD)) {
        const start = m.index + m[0].indexOf(wanted.code), end = m.index + m[0].length;
        if (start >= m.index && CODE.test(m[0]) && text[m.index - 1] !== "." && text[end] !== ".")
          found.push([start, start + wanted.code.length]);
      }
    }
    return found;
  }

  // ---- index ----

  const waiting = new Map(), cache = new Map();
  let fresh = "";

  const put = (lang, name, version, data) => (waiting.get(`${lang}/${name}`) || Boolean)(version, data);

  function load(config, name, version) {
    const key = config.index + name;
    if (!cache.has(key)) {
      cache.set(key, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        waiting.set(`${config.lang.slice(0, 2)}/${name}`, (found, data) => {
          if (version && found !== version) reject(new Error("stale"));
          else resolve({ data });
        });
        // Rejecting does nothing after a script that has registered its data.
        script.onload = script.onerror = () => { script.remove(); reject(new Error("failed")); };
        script.src = `${key}.js${version || fresh ? `?v=${version || fresh}` : ""}`;
        document.head.append(script);
      }));
      cache.get(key).catch(() => cache.delete(key));
    }
    return cache.get(key);
  }

  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUES = new Uint8Array(128);
  for (let i = 0; i < 64; i++) VALUES[ALPHABET.charCodeAt(i)] = i;
  const encode = (n) => (n < 32 ? ALPHABET[n] : ALPHABET[32 | n & 31] + encode(Math.floor(n / 32)));

  function numbers(text) {
    const found = [];
    let number = 0, scale = 1;
    for (let i = 0; i < text.length; i++) {
      const value = VALUES[text.charCodeAt(i)];
      number += (value & 31) * scale;
      scale *= 32;
      if (value < 32) { found.push(number); number = 0; scale = 1; }
    }
    return found;
  }

  function decode(text) {
    const found = [];
    if (text[0] === "*") {
      for (let i = 1; i < text.length; i++) {
        const value = VALUES[text.charCodeAt(i)];
        for (let bit = 0; bit < 6; bit++) if (value >> bit & 1) found.push((i - 1) * 6 + bit);
      }
    } else {
      let next = 0;
      for (const gap of numbers(text)) { found.push(next + gap); next += gap + 1; }
    }
    return found;
  }

  /* A posting is "anywhere!title~heading", the last two only where there are any. */
  const FIELDS = { anywhere: /^([^!~]*)/, title: /!([^~]*)/, heading: /~(.*)/ };
  const field = (posting, name) => decode((FIELDS[name].exec(posting) || ["", ""])[1]);

  async function openIndex(config) {
    const loaded = await load(config, "meta"), meta = loaded.data;
    if (loaded.index) return loaded.index;
    const head = Uint32Array.from({ length: meta.parts }, (_, i) => i), starts = decode(meta.blocks);
    for (const i of decode(meta.continued)) head[i] = head[i - 1];
    // Each file says what it was made of; meta.js has what it should be, six digits a file.
    const read = (family, number, place) => load(config, family + number, meta.versions[family].substr(place * 6, 6));
    const shard = async (family, count, key) => {
      const number = hash(key) % count, file = await read(family, number, number);
      if (!file.terms) {
        file.terms = new Map();
        for (let i = 0; i < file.data.length; i += 2) file.terms.set(file.data[i], file.data[i + 1]);
      }
      return file.terms;
    };
    loaded.index = {
      head,
      english: config.lang.startsWith("en"),
      facets: meta.facets.map(([name, list]) => facet(name, list, meta.parts)),
      terms: (key, single) => (single ? shard("u", meta.singles, key) : shard("s", meta.shards, key)),
      // A small index is one file of each family, which need not wait for the first key.
      ready: () => Promise.all([meta.shards === 1 && shard("s", 1, ""), meta.singles === 1 && shard("u", 1, "")]),
      record: async (i) => {
        let block = starts.findIndex((start) => start > i);
        block = (block < 0 ? starts.length : block) - 1;
        return (await read("t", starts[block], Math.floor(i / meta.stretch))).data[i - starts[block]];
      },
    };
    return loaded.index;
  }

  /* A filter: its values, and for every part of the index which of them it has, counted from 1. */
  function facet(name, list, parts) {
    const values = list.filter((_, i) => i % 2 === 0), of = new Uint16Array(parts);
    values.forEach((_, v) => {
      const runs = numbers(list[2 * v + 1]);
      for (let n = 0, i = 0; n < runs.length; n += 2) {
        i += runs[n] + runs[n + 1] + 1;
        of.fill(v + 1, i - runs[n + 1] - 1, i);
      }
    });
    return { name, values, of };
  }

  const fits = ({ facets }, chosen, page, but) =>
    facets.every(({ of }, f) => f === but || !chosen[f] || of[page] === chosen[f]);

  /* How many pages each value of each filter would leave, the other filters staying as they are. */
  function tally(run) {
    return run.index.facets.map(({ of, values }, f) => {
      const counts = new Array(values.length + 1).fill(0);
      for (const page of run.met) {
        if (run.wrong.has(page) || !fits(run.index, run.chosen, page, f)) continue;
        counts[0]++;
        if (of[page]) counts[of[page]]++;
      }
      return counts;
    });
  }

  const SHARDS = 6, OF_ONE = 4; // files of the index for a query; for a query of one part
  const BODY = 2, HEADING = 6, TITLE = 12, SAME_HEADING = 8, SAME_TITLE = 99; // odd: the word itself

  /* The pages (by their first part) that may have all parts of the query, best first; `chosen` has
     the number of the value of each filter, 0 for all. */
  async function search(index, query, chosen) {
    const parts = parse(query, index.english), size = index.head.length;
    const share = Math.min(OF_ONE, Math.max(1, Math.floor(SHARDS / parts.length))), shards = new Map();
    let sure = true;
    parts.forEach((p, n) => {
      // A long part is told by its beginning; its text is compared before a page is shown.
      // A year with its number tells most of a policy's name.
      p.used = n < SHARDS ? [...p.groups].sort((a, b) => Boolean(b.numbered) - Boolean(a.numbered)).slice(0, share) : [];
      sure = sure && p.groups.length === 1 && !p.code;
      for (const group of p.used)
        for (const term of [...group.terms.slice(0, 1), ...(group.pieces || [])])
          shards.set((group.single ? " " : "") + shardKey(term), null);
    });
    await Promise.all([...shards.keys()].map(async (key) => shards.set(key, await index.terms(key.trim(), key[0] === " "))));
    const posting = (term, key) => (shards.get(key || shardKey(term)) || new Map()).get(term);

    const score = new Uint16Array(size), have = new Uint8Array(size);
    for (const p of parts) {
      p.hits = hits(p, size, posting, shards);
      const page = new Uint8Array(size);
      for (let i = 0; i < size; i++) if (p.hits[i] > page[index.head[i]]) page[index.head[i]] = p.hits[i];
      for (let i = 0; i < size; i++) if (page[i]) { have[i]++; score[i] += page[i]; }
    }
    const whole = fold(query).text, same = posting(`=${encode(hash(whole))}`, shardKey(whole)) || "";
    for (const i of field(same, "title")) score[i] += SAME_TITLE;
    const headings = field(same, "heading");
    // A heading that few pages have is where a thing is explained; a common one is part of a form.
    if (headings.length < 4) for (const i of headings) score[index.head[i]] += SAME_HEADING;
    const met = [];
    have.forEach((count, i) => { if (parts.length && count === parts.length) met.push(i); });
    const pages = met.filter((i) => fits(index, chosen, i)).sort((a, b) => score[b] - score[a] || a - b);
    return { index, parts, chosen, sure, met, pages, next: 0, wrong: new Set() };
  }

  /* For every part of the index how well it answers one part of the query, 0 for not at all. */
  function hits(wanted, size, posting, shards) {
    const lowest = new Uint8Array(size).fill(255);
    for (const group of wanted.used) {
      const best = new Uint8Array(size);
      const raise = (text, bonus) => [["anywhere", BODY], ["heading", HEADING], ["title", TITLE]].forEach(([mark, level]) => {
        for (const i of field(text, mark)) best[i] = Math.max(best[i], level + bonus);
      });
      const triple = group.triple && posting(group.triple);
      for (const term of group.terms) {
        const text = triple || posting(term, (group.single ? " " : "") + shardKey(term));
        if (text) raise(text, !group.word || term === group.word ? 1 : 0);
      }
      if (group.prefix)
        for (const [term, text] of shards.get(shardKey(group.prefix))) if (term.startsWith(group.prefix)) raise(text, 0);
      if (group.pieces) {
        const [first, last] = [group.pieces[0], group.pieces[group.pieces.length - 1]].map((piece) => posting(piece) || "");
        for (const [mark, level] of [["anywhere", BODY], ["title", TITLE]]) {
          const both = new Set(field(last, mark));
          for (const i of field(first, mark)) if (both.has(i)) best[i] = Math.max(best[i], level);
        }
      }
      for (let i = 0; i < size; i++) if (best[i] < lowest[i]) lowest[i] = best[i];
    }
    return lowest;
  }

  // ---- results ----

  const STEP = 10, PATIENCE = 20, CHEAP = 30;

  /* Compares all pages of a short list, so that their number is exact. */
  async function settle(run) {
    if (run.sure || run.pages.length > CHEAP) return;
    const rest = await Promise.all(run.pages.slice(run.next).map((page) => result(run, page)));
    run.pages.slice(run.next).forEach((page, i) => { if (!rest[i]) run.wrong.add(page); });
    run.pages = run.pages.filter((page) => !run.wrong.has(page));
    run.next = run.pages.length - rest.filter(Boolean).length;
    run.sure = true;
  }

  /* The next results, each compared with the text of its page. */
  async function more(run, step = STEP) {
    const found = [];
    for (let tried = 0; found.length < step && tried < PATIENCE && run.next < run.pages.length;) {
      // Where the very first is wrong, the next are read together.
      const size = step === 1 ? Math.min(STEP, tried || 1) : step - found.length;
      const batch = run.pages.slice(run.next, run.next + size);
      const checked = await Promise.all(batch.map((page) => result(run, page)));
      run.next += batch.length;
      tried += batch.length;
      checked.forEach((one, i) => { if (!one) run.wrong.add(batch[i]); });
      found.push(...checked.filter(Boolean));
    }
    return found;
  }

  async function result({ index, parts }, page) {
    const wanted = new Set([page]);
    for (const p of parts) {
      let room = 3;
      for (let i = page; index.head[i] === page && room; i++) if (p.hits[i]) { wanted.add(i); room--; }
    }
    const records = await Promise.all([...wanted].sort((a, b) => a - b).map(index.record));
    const [url, title, kind, codes, facets] = records[0];
    const look = (text) => {
      const folded = fold(text), marks = parts.map((p) => find(p, folded.text));
      return { text, has: marks.map((list) => list.length > 0), marks: marks.flat().map(([a, b]) => [folded.at[a], folded.to[b - 1]]) };
    };
    const count = (one) => one.has.filter(Boolean).length;
    const add = (a, b) => a.map((value, i) => value || b[i]);
    const name = look(title), codesSeen = codes.map(look);
    const top = codesSeen.reduce((has, one) => add(has, one.has), name.has);
    let all = top, best = null;
    const told = [];
    for (const [anchor, heading, cells] of records.flatMap((record) => record[5])) {
      const head = look(heading), seen = cells.map(look);
      const has = seen.reduce((sum, one) => add(sum, one.has), head.has);
      const worth = has.filter(Boolean).length * 4 + count(head);
      const most = Math.max(0, ...seen.map(count)), place = Math.max(0, seen.findIndex((one) => count(one) === most));
      if (!best || worth > best.worth) best = { anchor, head, from: told.length + place, worth };
      told.push(...seen.map((one) => ({ ...one, anchor })));
      all = add(all, has);
    }
    if (!all.every(Boolean)) return null;
    const atTop = top.every(Boolean) || !best;
    return {
      url: url + (atTop || !best.anchor ? "" : `#${best.anchor}`),
      // Whose name has all the words is told from its beginning: how much, or what a term means.
      title: name, heading: best && best.worth && !atTop ? best.head : null, excerpt: best && together(told, atTop ? 0 : best.from, atTop),
      // A label that all pages share says nothing.
      labels: [kind, ...facets.filter((value) => index.facets.some((facet) => facet.values.includes(value)))].filter(Boolean), codes: codesSeen.filter(count),
    };
  }

  const ENOUGH = 200;

  /* A cell and what follows it in its section, as one text: the rest of a table's row, or the first
     lines below a heading that has the words itself. */
  function together(told, from, whole) {
    const all = { text: "", marks: [], whole };
    for (let i = from; i < told.length && all.text.length < ENOUGH; i++) {
      if (all.text && told[i].anchor !== told[from].anchor) break;
      if (all.text) all.text += " · ";
      all.marks.push(...told[i].marks.map((mark) => mark.map((place) => place + all.text.length)));
      all.text += told[i].text;
    }
    return all.text ? all : null;
  }

  // ---- dialog ----

  function el(tag, props, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
      if (name in element) element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  /* The text around its first mark (or, `whole`, from its beginning), at most `room` characters,
     with all marks in it. */
  function marked(tag, className, { text, marks, whole }, room = Infinity) {
    const sorted = marks.slice().sort((a, b) => a[0] - b[0]);
    let start = sorted.length && !whole ? Math.max(0, sorted[0][0] - Math.floor(room / 3)) : 0;
    if (start) {
      const space = text.slice(start, sorted[0][0]).search(/\s\S/);
      start += space >= 0 && space < 20 ? space + 1 : /^[\udc00-\udfff]/.test(text.slice(start)) ? 1 : 0;
    }
    let stop = Math.min(text.length, start + room);
    if (stop < text.length && /[\ud800-\udbff]/.test(text[stop - 1])) stop--;
    const element = el(tag, { className }, start ? "…" : "");
    let place = start;
    for (const [from, to] of sorted) {
      if (to <= place || from >= stop) continue;
      element.append(text.slice(place, Math.max(place, from)), el("mark", {}, text.slice(Math.max(place, from), Math.min(to, stop))));
      place = Math.min(to, stop);
    }
    element.append(text.slice(place, stop), stop < text.length ? "…" : "");
    return element;
  }

  const PAUSE = 40; // milliseconds between keys that are typed in a row
  const dialogs = new Map();

  function build(config) {
    const say = (key, values = {}) => (config.strings[key] || "").replace(/\{(\w+)\}/g, (_, name) => values[name]);
    const id = "disclosure-search";
    const input = el("input", { type: "search", id: `${id}-input`, className: "ds-input", autocomplete: "off",
      spellcheck: false, enterKeyHint: "search", maxLength: 200, placeholder: say("placeholder") });
    const close = el("button", { type: "button", className: "ds-close", "aria-label": say("close"), textContent: "×" });
    const status = el("p", { className: "ds-status", role: "status", "aria-live": "polite" });
    const filters = el("div", { className: "ds-filters", hidden: true, role: "group", "aria-label": say("filters") });
    const clear = el("button", { type: "button", className: "ds-clear", hidden: true, textContent: say("clear") });
    const list = el("ol", { className: "ds-list", "aria-label": say("results") });
    const next = el("button", { type: "button", className: "ds-more", hidden: true });
    const form = el("form", { className: "ds-bar", role: "search" },
      el("h2", { className: "ds-title", id: `${id}-title`, textContent: say("title") }),
      el("label", { className: "ds-label", htmlFor: input.id, textContent: say("label") }), input, close);
    const dialog = el("dialog", { className: "ds", lang: config.lang, "aria-labelledby": `${id}-title` }, el("div", { className: "ds-panel" },
      form, el("div", { className: "ds-body" }, filters, status, clear, list, next)));
    let turn = 0, timer = 0, slow = 0, typed = -PAUSE, run = null, asked = null;

    const links = () => [...list.querySelectorAll("a")];
    const key = () => JSON.stringify([input.value.replace(/\s+$/, " "), chosen()]);
    const selects = () => [...filters.querySelectorAll("select")];
    const chosen = () => selects().map((select) => Number(select.value));
    const narrowed = () => chosen().some(Boolean);

    function fail(error) {
      clearTimeout(slow);
      list.setAttribute("aria-busy", "false");
      status.textContent = say(error.message === "stale" ? "stale" : "failed");
      next.textContent = say("retry");
      next.hidden = false;
      run = asked = null;
    }

    async function ask(again) {
      clearTimeout(timer);
      clearTimeout(slow);
      if (asked === key()) return;
      asked = key();
      const mine = ++turn;
      try {
        if (!fold(input.value).text) {
          list.replaceChildren();
          next.hidden = clear.hidden = true;
          status.textContent = say("hint");
          tell([]);
          return;
        }
        // A quick answer need not be announced beforehand.
        slow = setTimeout(() => { status.textContent = say("loading"); }, 400);
        const index = await openIndex(config);
        if (!filters.children.length) offer(index);
        const found = await search(index, input.value.replace(/^\s+/, ""), chosen());
        // The first result is shown at once, the others of the first ten as soon as they are read.
        const first = await more(found, 1);
        if (mine !== turn) return;
        clearTimeout(slow);
        list.setAttribute("aria-busy", "true");
        // Who has gone down into the last results goes on from the first of these.
        const within = list.contains(document.activeElement);
        list.replaceChildren(...first.map(row));
        if (within) (links()[0] || input).focus();
        // Not before it is painted (a page in the background paints nothing).
        await new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); setTimeout(done, 200); });
        if (mine !== turn) return;
        const others = await more(found, STEP - first.length);
        await settle(found);
        if (mine !== turn) return;
        run = found;
        show(others);
      } catch (error) {
        if (mine !== turn) return;
        if (!again) {
          // The site may have changed after its index was loaded: take the new one, once.
          cache.clear();
          filters.replaceChildren();
          fresh = String(Date.now());
          asked = null;
          await ask(true);
        } else fail(error);
      }
    }

    function show(results) {
      list.append(...results.map(row));
      const shown = list.children.length, rest = run.next < run.pages.length;
      const count = run.pages.length - run.pages.filter((page) => run.wrong.has(page)).length;
      const exact = !rest || run.sure;
      next.hidden = !rest;
      next.textContent = say("more");
      const values = { count, shown, query: input.value.trim() };
      clear.hidden = !narrowed();
      status.textContent = !shown && !rest ? say(narrowed() ? "none_filtered" : "none", values)
        : say(!exact ? "about" : rest ? "some" : count === 1 ? "one" : "many", values);
      list.setAttribute("aria-busy", "false");
      tell(tally(run));
    }

    function row(found) {
      const link = marked("a", "ds-link", found.title);
      link.href = config.base + found.url;
      const labels = found.labels.map((label) => el("span", { className: "ds-tag", textContent: label }));
      return el("li", { className: "ds-item" }, link,
        el("span", { className: "ds-tags" }, ...labels, ...found.codes.map((code) => marked("span", "ds-tag", code))),
        found.heading && found.heading.text ? marked("span", "ds-heading", found.heading, 80) : null,
        found.excerpt ? marked("span", "ds-excerpt", found.excerpt, config.lang.startsWith("en") ? 170 : 96) : null);
    }

    /* The address may choose, by the words of the filter: ``?q=…&kind=…``. */
    function offer(index) {
      const wanted = new URLSearchParams(location.search);
      for (const { name, values } of index.facets) {
        const label = say(`filter_${name}`) || name;
        filters.append(el("label", { className: "ds-filter" }, el("span", { className: "ds-label", textContent: label }),
          el("select", {}, ...[say(`all_${name}`) || label, ...values].map((value, i) => {
            const option = new Option(value, i, false, wanted.has("q") && wanted.get(name) === value);
            option.dataset.name = value;
            return option;
          }))));
      }
      filters.hidden = !index.facets.length;
    }

    /* Says at every choice how many results it would leave, if that is known. */
    function tell(counts) {
      selects().forEach((select, f) => [...select.options].forEach((option, v) => {
        const value = option.dataset.name, number = counts[f] && counts[f][v];
        option.textContent = v && counts[f] ? say("value_count", { value, count: number }) : value;
        option.disabled = v > 0 && number === 0 && !option.selected;
      }));
    }

    // A key after a pause is asked for at once, keys in a row when they pause.
    const soon = () => {
      clearTimeout(timer);
      const now = performance.now();
      timer = setTimeout(ask, now - typed > PAUSE ? 0 : PAUSE);
      typed = now;
    };
    input.addEventListener("input", (event) => { if (event.isComposing) clearTimeout(timer); else soon(); });
    input.addEventListener("compositionend", soon);
    filters.addEventListener("change", () => ask());
    clear.addEventListener("click", async () => {
      selects().forEach((select) => { select.value = 0; });
      input.focus();
      await ask();
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await ask();
      if (links().length) links()[0].focus();
    });
    next.addEventListener("click", async () => {
      if (!run) { await ask(); return; }
      const mine = turn, before = links().length;
      next.disabled = true;
      try {
        const results = await more(run);
        if (mine === turn) {
          show(results);
          (links()[before] || input).focus();
        }
      } catch (error) { fail(error); }
      next.disabled = false;
    });
    dialog.addEventListener("keydown", (event) => {
      if (event.isComposing || !["ArrowDown", "ArrowUp", "Home", "End", "Escape"].includes(event.key)) return;
      if (event.key === "Escape") {
        // A search field would take the first Escape to empty itself.
        event.preventDefault();
        dialog.close();
        return;
      }
      const stops = [input, ...links(), ...(next.hidden ? [] : [next])], at = stops.indexOf(document.activeElement);
      const ends = { Home: 1, End: links().length }, to = ends[event.key];
      // In the field, Home and End move within the words.
      if (at < 0 || (to !== undefined && !at)) return;
      event.preventDefault();
      stops[to !== undefined ? to : Math.min(stops.length - 1, Math.max(0, at + (event.key === "ArrowDown" ? 1 : -1)))].focus();
    });
    dialog.addEventListener("click", (event) => {
      const same = !(event.ctrlKey || event.metaKey || event.shiftKey);
      if (event.target === dialog || event.target === close || (event.target.closest("a") && same)) dialog.close();
    });
    dialog.addEventListener("close", () => document.documentElement.classList.remove("ds-open"));
    status.textContent = say("hint");
    document.body.append(dialog);
    openIndex(config).then((index) => {
      if (!filters.children.length) offer(index);
      // What only the first use compiles is used once before the reader has typed.
      for (const p of parse("2024年 budgets “预算 a1b2c3d4”", index.english)) find(p, fold("预算 Budget，2024年").text);
      return index.ready();
    }).catch(Boolean);
    return { dialog, input, ask };
  }

  const styled = new Map();
  function style(href) {
    if (href && !styled.has(href)) {
      styled.set(href, new Promise((done) => {
        document.head.append(el("link", { rel: "stylesheet", href, onload: done, onerror: done }));
      }));
    }
    return styled.get(href);
  }

  /* Opens the dialog; config: {index, base, lang, strings, style}. Resolves when it stands open. */
  async function open(config) {
    const opener = document.activeElement;
    await style(config.style);
    if (!dialogs.has(config.index)) {
      const made = build(config);
      dialogs.set(config.index, made);
      made.dialog.addEventListener("close", () => {
        if (made.opener && made.opener !== document.body) made.opener.focus({ preventScroll: true });
      });
    }
    const { dialog, input, ask } = dialogs.get(config.index);
    if (dialog.open) return;
    // The address may ask once: a term page leads here with what it does not list itself.
    const asked = new URLSearchParams(location.search).get("q");
    if (asked && !input.value) {
      input.value = asked;
      ask();
    }
    dialogs.get(config.index).opener = opener;
    document.documentElement.classList.add("ds-open");
    dialog.showModal();
    input.focus();
    input.select();
  }

  window.disclosureSearch = { open, put, engine: { fold, part, shardKey, hash, openIndex, search, more, settle } };
})();
