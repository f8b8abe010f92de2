"use strict";

// Colours that the colour-blind tell apart, on white and on black; never the only difference.
const BLUE = "#2e86c9", ORANGE = "#d55e00", GREEN = "#009e73", PINK = "#cc79a7", GREY = "#8a8a8a";
const PALETTE = [BLUE, ORANGE, GREEN, PINK, "#b8860b", GREY];
const INK = "currentColor";
const DATA = JSON.parse(document.getElementById("data").textContent);

const THEME = {
  aria: false,
  background: "transparent",
  font: "system-ui, DejaVu Sans, sans-serif",
  range: { category: PALETTE },
  view: { stroke: null },
  axis: { labelColor: INK, titleColor: INK, domainColor: INK, tickColor: INK, gridColor: INK, gridOpacity: 0.15, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" },
  legend: { symbolType: "stroke", symbolSize: 250, labelColor: INK, titleColor: INK, orient: "top", title: null, labelFontSize: 12, symbolStrokeWidth: 2, symbolOpacity: 1 },
  header: { labelColor: INK, titleColor: INK, labelFontSize: 12 },
  line: { strokeWidth: 2 },
};

const LETTER = 7, LEGEND_LINE = 16;

/** A legend of these names in a chart so wide: as many in a row as there is room for, on several lines where one is too long. */
function legend(names, width) {
  const room = Math.max(100, width - 60), symbol = 35;
  const columns = Math.max(1, Math.floor(room / (LETTER * Math.max(...names.map(name => name.length)) + symbol)));
  const labelLimit = room - symbol;
  // What fits on a line, up to a space.
  const part = `(.{1,${Math.floor(labelLimit / LETTER)}})(?: |$)`;
  const lines = columns > 1 ? Math.ceil(names.length / columns)
    : names.reduce((sum, name) => sum + name.replace(new RegExp(part, "g"), "$1\n").trim().split("\n").length, 0);
  return { columns, lines, labelLimit, part };
}

/** Draws a chart of rows into the element of this id; null where there is no such element. */
async function draw(id, rows, spec) {
  const place = document.getElementById(id);
  if (!place) return null;
  if (rows.length === 0) {
    place.textContent = "Nothing to show yet.";
    return null;
  }
  const { columns, lines, labelLimit, part } = legend([...new Set(rows.map(row => row.series ?? row.phase ?? ""))], place.clientWidth);
  const config = { ...THEME, legend: { ...THEME.legend, columns, labelLimit } };
  const height = spec.facet ? undefined : (spec.height ?? 240) + LEGEND_LINE * (lines - 1);
  const full = { width: "container", autosize: { type: "fit", contains: "padding" }, ...spec, height, params: [...(spec.params ?? []), { name: "part", value: part }], data: { name: "rows", values: rows }, config };
  // The interpreter does without eval, which the page's policy forbids.
  const options = { ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: false, logLevel: vega.Error };
  const result = await vegaEmbed(place, full, options);
  return result.view;
}

// Where there are few numbers, Vega puts ticks between them too.
const between = "datum.value % 1 !== 0";
const whole = title => ({
  type: "quantitative", title,
  axis: {
    tickMinStep: 1, format: "d", labelExpr: `${between} ? '' : datum.label`,
    tickOpacity: { condition: { test: between, value: 0 }, value: 1 },
    gridOpacity: { condition: { test: between, value: 0 }, value: THEME.axis.gridOpacity },
  },
});
const UNITS = [["days", 86400], ["hours", 3600], ["minutes", 60], ["seconds", 1]];
/** The unit that suits times up to these seconds, as the texts of the page have it; a cost that is no time has its own. */
const unit = (most, cost) => {
  if (cost) return { name: cost, size: 1 };
  const [name, size] = UNITS.find(([, one]) => most >= 2 * one) ?? UNITS.at(-1);
  return { name, size };
};
/** Rows with these times, which are seconds, in a unit. */
const inUnit = (rows, { size }, ...fields) => rows.map(row => ({ ...row, ...Object.fromEntries(fields.map(field => [field, row[field] / size])) }));
const time = title => ({ type: "quantitative", title, axis: { format: ",~f" } });
const value = title => ({ type: "quantitative", title, scale: { zero: false } });

/** Colour and dashes of the series, by name, in this order; no two are alike in both. */
function told(names, colours) {
  const dashes = [[1, 0], [6, 3], [2, 2], [8, 2, 2, 2], [12, 4], [1, 3]];
  const label = { labelExpr: "split(trim(replace(datum.label, regexp(part, 'g'), '$1\\n')), '\\n')" };
  const dash = (_, i) => dashes[(i + Math.floor(i / dashes.length)) % dashes.length];
  return {
    color: { field: "series", type: "nominal", legend: label, scale: { domain: names, range: colours ?? names.map((_, i) => PALETTE[i % PALETTE.length]) } },
    strokeDash: { field: "series", type: "nominal", legend: label, scale: { domain: names, range: names.map(dash) } },
  };
}

/** Lets the headings of a table sort it. */
function sortable(table) {
  const headings = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  headings.forEach((heading, column) => heading.querySelector("button").addEventListener("click", () => {
    const ascending = heading.getAttribute("aria-sort") !== "ascending";
    headings.forEach(other => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    const text = row => row.cells[column].textContent.trim();
    // What a text tells in units of its own, or as a bound, has its number beside it.
    const number = row => parseFloat(row.cells[column].dataset.sort ?? text(row));
    body.append(...[...body.rows].sort((a, b) => {
      const [x, y] = [text(a), text(b)];
      // What is empty comes last either way.
      if (x === "" || y === "") return (x === "") - (y === "");
      const difference = number(a) - number(b);
      const order = isNaN(difference) ? x.localeCompare(y) : difference;
      return ascending ? order : -order;
    }));
  }));
}

document.querySelectorAll("table.sortable").forEach(sortable);

/** Lets a form show only those rows of its table that pass and have every word of its text; tells what is left. */
function filterable(form, passes, changed) {
  const rows = [...document.getElementById(form.dataset.table).tBodies[0].rows];
  const show = () => {
    const words = form.elements.text.value.toLowerCase().split(/\s+/);
    rows.forEach(row => { row.hidden = !passes(row) || !words.every(word => row.textContent.toLowerCase().includes(word)); });
    const shown = rows.filter(row => !row.hidden);
    form.querySelector("output").textContent = `${shown.length} of ${rows.length} ${form.dataset.rows}`;
    changed?.(shown);
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", event => event.preventDefault());
  show();
  return show;
}

// Paper cannot be opened.
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open], .licence)")];
  closed.forEach(one => { one.open = true; });
});
addEventListener("afterprint", () => closed.forEach(one => { one.open = false; }));
