"use strict";

const MOST = 100; // rows that are added at a time: all at once would make the page slow

/** The text behind base64 of gzip. */
async function unpacked(base64) {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

/** An element with a text. */
function made(name, text, className) {
  const element = document.createElement(name);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}

/** What a cell is sorted by: numbers by their value, what is absent last. */
function sortKey(text, numeric) {
  if (!numeric) return text;
  if (text === "infinite") return Infinity;
  const number = parseFloat(text.replace(/[,<]/g, ""));
  return Number.isNaN(number) ? null : number;
}

function compare(a, b) {
  if (a === null || b === null) return null;
  return typeof a === "number" ? a - b : a.localeCompare(b, "en", { numeric: true });
}

/** The table of a document: sorted, filtered, and as long as one likes. */
class Rows {
  constructor(section, data) {
    Object.assign(this, { columns: data.columns, all: data.rows, shown: MOST, filter: "", sorted: null, current: null });
    this.best = section.dataset.best === "" ? null : Number(section.dataset.best);
    this.order = this.all.map((_, row) => row);
    const points = section.querySelector(".points");
    this.body = points.querySelector("tbody");
    this.heads = [...points.querySelectorAll("th")];
    this.more = points.querySelector(".left-out");
    this.count = points.querySelector(".count");
    this.heads.forEach((head, column) => {
      const button = made("button", head.textContent);
      button.type = "button";
      button.addEventListener("click", () => this.sort(column));
      head.replaceChildren(button);
    });
    const field = points.querySelector(".filter");
    field.addEventListener("input", () => { this.filter = field.value.toLowerCase(); this.shown = MOST; this.show(); });
    points.querySelector(".tools").hidden = this.all.length < 8;
    const button = points.querySelector(".show-more");
    if (button) {
      button.hidden = false;
      button.addEventListener("click", () => { this.shown += MOST; this.show(); });
    }
    this.show();
  }

  sort(column) {
    const up = !(this.sorted === column && this.heads[column].getAttribute("aria-sort") === "ascending");
    this.heads.forEach((head) => head.removeAttribute("aria-sort"));
    this.heads[column].setAttribute("aria-sort", up ? "ascending" : "descending");
    this.sorted = column;
    const keys = this.all.map((row) => sortKey(row[column], this.columns[column].numeric));
    this.order.sort((a, b) => {
      const difference = compare(keys[a], keys[b]);
      if (difference === null) return (keys[a] === null) - (keys[b] === null) || a - b;
      return (up ? difference : -difference) || a - b;
    });
    this.show();
  }

  show() {
    const found = this.order.filter((row) => this.all[row].some((cell) => cell.toLowerCase().includes(this.filter)));
    this.body.replaceChildren(...found.slice(0, this.shown).map((row) => this.line(row)));
    this.count.textContent = found.length === this.all.length ? `${found.length} rows` : `${found.length} of ${this.all.length} rows`;
    if (this.more) {
      const rest = Math.max(found.length - this.shown, 0);
      this.more.hidden = rest === 0;
      this.more.firstChild.textContent = `${rest} more rows are not shown. `;
    }
  }

  line(row) {
    const line = document.createElement("tr");
    line.classList.toggle("best", row === this.best);
    line.classList.toggle("current", row === this.current);
    this.all[row].forEach((cell, column) => line.append(made("td", cell, this.columns[column].numeric ? "n" : "")));
    return line;
  }
}

/** Name and parameters of a strategy's spec. */
function parsed(spec) {
  const [name, ...parts] = spec.split(":");
  return { name, values: new Map(parts.map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)])) };
}

const WORDS = { law: "Law", name: "Strategy", workers: "Workers (m)" };

/** Chooses a point by its law, its strategy, its number of workers and its strategy's parameters. */
class Explorer {
  constructor(section, rows) {
    this.rows = rows;
    this.figures = [...section.querySelectorAll("figure[data-row]")];
    this.panel = section.querySelector(".explorer");
    this.form = this.panel.querySelector(".choices");
    const places = JSON.parse(this.panel.dataset.columns);
    this.points = rows.all.map((row) => {
      const strategy = parsed(places.strategy === undefined ? "" : row[places.strategy]);
      const point = new Map([["law", places.law === undefined ? "" : row[places.law]], ["name", strategy.name],
        ["workers", places.workers === undefined ? "" : row[places.workers]]]);
      strategy.values.forEach((value, key) => point.set(key, value));
      return point;
    });
    this.chosen = rows.best === null ? 0 : rows.best;
    this.panel.hidden = this.points.length < 2 && this.figures.length === 0;
    this.panel.querySelector(".panel").hidden = false;
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.fill();
  }

  /** Keys by which points that agree in all keys before still differ. */
  fill() {
    const controls = [], chosen = this.points[this.chosen];
    let left = this.points.map((_, row) => row);
    for (const key of ["law", "name", "workers", ...[...chosen.keys()].slice(3)]) {
      const values = [...new Set(left.map((row) => this.points[row].get(key)).filter((value) => value !== undefined))];
      const numbers = values.every((value) => /^[0-9.]+%?$/.test(value));
      if (numbers) values.sort((a, b) => parseFloat(a) - parseFloat(b));
      if (values.length > 1) controls.push(this.control(key, values, chosen.get(key), numbers));
      left = left.filter((row) => this.points[row].get(key) === chosen.get(key));
    }
    this.form.replaceChildren(...controls);
    this.say();
  }

  control(key, values, value, numbers) {
    const word = WORDS[key] || key, label = made("label", numbers ? `${word}: ${value}` : word);
    const field = document.createElement(numbers ? "input" : "select");
    field.name = key;
    if (numbers) {
      Object.assign(field, { type: "range", min: 0, max: values.length - 1, step: 1, value: values.indexOf(value) });
      field.setAttribute("aria-label", word);
      field.setAttribute("aria-valuetext", value);
      field.addEventListener("input", () => this.choose(key, values[field.value]));
    } else {
      values.forEach((each) => field.append(new Option(each, each, false, each === value)));
      field.addEventListener("change", () => this.choose(key, field.value));
    }
    label.append(field);
    return label;
  }

  /** The point with this value that agrees with the chosen one in as many keys as can be, the first of them first. */
  choose(key, value) {
    const before = this.points[this.chosen], keys = ["law", "name", "workers", ...[...before.keys()].slice(3)];
    const until = keys.indexOf(key);
    const agreement = (point) => keys.map((each, i) => (i < until ? 4 : 1) * (each !== key && point.get(each) === before.get(each)))
      .reduce((a, b) => a + b, 0);
    let best = -1;
    this.points.forEach((point, row) => {
      if (point.get(key) !== value) return;
      if (best < 0 || agreement(point) > agreement(this.points[best])) best = row;
    });
    this.chosen = best;
    this.fill();
    this.form.elements[key]?.focus();
  }

  say() {
    const list = document.createElement("dl");
    list.className = "facts";
    this.rows.all[this.chosen].forEach((cell, column) => {
      if (cell === "") return;
      const pair = document.createElement("div");
      pair.append(made("dt", this.rows.columns[column].label), made("dd", cell));
      list.append(pair);
    });
    this.panel.querySelector(".chosen").replaceChildren(list);
    if (this.figures.some((figure) => Number(figure.dataset.row) === this.chosen))
      this.figures.forEach((figure) => { figure.hidden = Number(figure.dataset.row) !== this.chosen; });
    this.rows.current = this.chosen;
    this.rows.show();
  }
}

function offerCopy(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.previousElementSibling.textContent);
    button.textContent = "Copied";
  });
}

/** The document as it was given, in place of its compressed form. */
function offerDownload(link) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    const text = await unpacked(link.href.slice(link.href.indexOf(",") + 1));
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const other = made("a", "");
    Object.assign(other, { href: address, download: link.dataset.name });
    other.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  });
}

async function start() {
  document.querySelectorAll(".copy").forEach(offerCopy);
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((each) => { each.open = true; }));
  if (!window.DecompressionStream) return; // an old browser shows what stands in the page, and loads .json.gz
  document.querySelectorAll(".download").forEach(offerDownload);
  for (const section of document.querySelectorAll("section.document")) {
    const script = section.querySelector("script.rows");
    if (!script) continue;
    const rows = new Rows(section, JSON.parse(await unpacked(script.textContent)));
    if (section.querySelector(".explorer")) new Explorer(section, rows);
  }
  document.documentElement.dataset.ready = "yes";
}

start();
