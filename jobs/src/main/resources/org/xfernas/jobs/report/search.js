"use strict";

const BEST = "best so far", EACH = "each evaluation", WITHOUT = "best without sources", MEAN = "mean without sources";

/** The unit of what these runs go along. */
const unitAlong = (field, runs, cost) => field === "gpu" ? unit(Math.max(0, ...runs.flat().map(one => one.gpu)), cost) : { name: "", size: 1 };

const along = (field, spent) => field === "gpu"
  ? { ...time(`${spent.name} of evaluation`), scale: { domainMin: 0 } }
  : { ...whole("evaluation"), scale: { domainMin: 1, nice: false } };

function bestSoFar(candidates, field, series, run) {
  return candidates.filter(one => one.best !== null).map(one => ({ number: one.number, run, series, at: field === "gpu" ? one.gpu : one.number, value: one.best }));
}

function progress(search, field) {
  const points = search.candidates.filter(one => one.accuracy !== null)
    .map(one => ({ number: one.number, run: 0, series: EACH, at: field === "gpu" ? one.gpu : one.number, value: one.accuracy }));
  const rows = [
    ...bestSoFar(search.candidates, field, BEST, 0),
    ...points,
    ...search.without.flatMap((other, run) => bestSoFar(other, field, WITHOUT, run + 1)),
  ];
  return inUnit(rows, unitAlong(field, [search.candidates, ...search.without], search.cost), "at");
}

/** Mean and spread of the best without sources, over the seeds, from where all have one to where the first ends. */
function spread(search, field) {
  const runs = search.without.map(other => bestSoFar(other, field, MEAN, 0));
  if (runs.length < 2 || runs.some(run => run.length === 0)) return [];
  const from = Math.max(...runs.map(run => run[0].at)), to = Math.min(...runs.map(run => run.at(-1).at));
  const places = [...new Set(runs.flatMap(run => run.map(one => one.at)))].filter(at => at >= from && at <= to);
  return places.sort((a, b) => a - b).map(at => {
    const values = runs.map(run => run.filter(one => one.at <= at).at(-1).value);
    const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (values.length - 1));
    return { series: MEAN, at, mean, low: mean - deviation, high: mean + deviation };
  });
}

/** Where the lines are, and three of four evaluations: some are so bad that nothing else would be seen. */
function range(search) {
  const each = search.candidates.map(one => one.accuracy).filter(accuracy => accuracy !== null).sort((a, b) => a - b);
  const best = [search.candidates, ...search.without].flatMap(run => run.map(one => one.best)).filter(one => one !== null);
  if (each.length === 0) return {};
  const rest = search.minimize ? each.slice(0, Math.ceil(each.length * 0.75)) : each.slice(Math.floor(each.length * 0.25));
  const low = Math.min(...best, ...rest), high = Math.max(...best, ...rest);
  const room = 0.05 * (high - low || 1);
  return { domain: [low - room, high + room], nice: false };
}

function progressSpec(search, field) {
  const spent = unitAlong(field, [search.candidates, ...search.without], search.cost);
  const mean = inUnit(spread(search, field), spent, "at");
  const names = [BEST, EACH, ...(search.without.length > 0 ? [WITHOUT] : []), ...(mean.length > 0 ? [MEAN] : [])];
  const x = { field: "at", ...along(field, spent) };
  const seen = range(search);
  const y = { field: "value", ...value(search.metric), scale: { zero: false, ...seen } };
  const lines = told(names, [BLUE, GREY, ORANGE, PINK]);
  // Evaluations are dots, in the legend too; dots have no dashes.
  lines.strokeDash.scale.range[names.indexOf(EACH)] = [1, 0];
  lines.color.legend.encode = { symbols: { update: { size: { signal: `datum.value === '${EACH}' ? 40 : ${THEME.legend.symbolSize}` } } } };
  const shape = { ...lines.color, scale: { domain: names, range: names.map(name => name === EACH ? "circle" : "stroke") } };
  const layer = [
    ...(mean.length === 0 ? [] : [
      { data: { values: mean }, mark: { type: "area", interpolate: "step-after", clip: true, opacity: 0.15, color: PINK }, encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" } } },
      { data: { values: mean }, mark: { type: "line", interpolate: "step-after", tooltip: true }, encoding: { x, y: { ...y, field: "mean" }, ...lines } },
    ]),
    { transform: [{ filter: `datum.series !== '${EACH}'` }], mark: { type: "line", interpolate: "step-after", tooltip: true }, encoding: { x, y, ...lines, detail: { field: "run" } } },
    { transform: [{ filter: `datum.series === '${EACH}'` }, { filter: { field: "value", range: seen.domain ?? [null, null] } }], mark: { type: "point", filled: true, size: 30, tooltip: true }, encoding: { x, y, color: lines.color, shape, ...picked("size", 160, 30) } },
  ];
  return { params: PICKED, layer: [...layer, ...handOver(search, field, spent)] };
}

/** A line where the target's own trials begin to outweigh the sources. */
function handOver(search, field, { size }) {
  const from = search.candidates.find(one => one.number === search.hand_over);
  const at = from && (field === "gpu" ? from.gpu : from.number) / size;
  if (!at) return [];
  const data = { values: [{ at }] };
  return [
    { data, mark: { type: "rule", stroke: INK, strokeDash: [2, 2] }, encoding: { x: { field: "at", type: "quantitative" } } },
    { data, mark: { type: "text", text: "hand-over", fill: INK, align: "left", dx: 4, y: 8 }, encoding: { x: { field: "at", type: "quantitative" } } },
  ];
}

// The candidate whose row or mark was chosen last.
const PICKED = [{ name: "picked", value: 0 }];
const picked = (channel, chosen, other) => ({ [channel]: { condition: { test: "datum.number === picked", value: chosen }, value: other } });

const lasted = candidates => Math.max(0, ...candidates.map(one => one.finished));

function timeline(candidates, cost) {
  const end = lasted(candidates);
  const phases = candidates.flatMap(one => one.started === null
    ? [{ number: one.number, phase: "open", from: end, to: end }]
    : [
      { number: one.number, phase: "waiting", from: one.launched, to: one.started },
      { number: one.number, phase: one.status === "failed" ? "failed" : "running", from: one.started, to: one.finished },
    ]).filter(phase => phase.phase !== "waiting" || phase.to > phase.from);
  return inUnit(phases, unit(end, cost), "from", "to");
}

function timelineSpec(candidates, cost) {
  const x = { field: "from", ...time(`${unit(lasted(candidates), cost).name} since the first launch`) };
  const y = { field: "number", ...whole("candidate"), scale: { reverse: true, zero: false, nice: false, padding: 10 } };
  const color = { field: "phase", type: "nominal", scale: { domain: ["waiting", "running", "failed", "open"], range: [GREY, BLUE, ORANGE, PINK] } };
  return {
    height: Math.min(600, Math.max(160, 9 * candidates.length)),
    params: PICKED,
    layer: [
      { mark: { type: "rule", tooltip: true }, encoding: { x, x2: { field: "to" }, y, color, strokeWidth: { condition: [{ test: "datum.number === picked", value: 8 }, { test: "datum.phase === 'waiting'", value: 1.5 }], value: 4 } } },
      { transform: [{ filter: "datum.phase === 'failed'" }], mark: { type: "point", shape: "cross", filled: true, size: 60, tooltip: true }, encoding: { x: { field: "to", type: "quantitative" }, y, color } },
      { transform: [{ filter: "datum.phase === 'open'" }], mark: { type: "point", shape: "diamond", filled: true, size: 60, tooltip: true }, encoding: { x, y, color } },
    ],
  };
}

function predictedSpec(candidates) {
  const all = candidates.flatMap(one => [one.accuracy, one.predicted]);
  const ends = [Math.min(...all), Math.max(...all)].map(end => ({ predicted: end, accuracy: end }));
  const scale = { zero: false, padding: 10 };
  const x = { field: "predicted", ...value("predicted"), scale };
  const y = { field: "accuracy", ...value("actual"), scale };
  return {
    params: PICKED,
    layer: [
      { data: { values: ends }, mark: { type: "line", color: INK, opacity: 0.4, strokeWidth: 1 }, encoding: { x, y } },
      { transform: [{ calculate: "datum.predicted - datum.deviation", as: "low" }, { calculate: "datum.predicted + datum.deviation", as: "high" }], mark: { type: "rule", color: GREY, opacity: 0.5 }, encoding: { x: { field: "low", type: "quantitative", title: "predicted" }, x2: { field: "high" }, y } },
      { mark: { type: "point", filled: true, color: BLUE, tooltip: true }, encoding: { x, y, ...picked("size", 200, 50) } },
    ],
  };
}

function curvesSpec(best) {
  const x = { field: "epoch", ...whole("epoch") };
  const y = { field: "validation_accuracy", ...value("validation accuracy") };
  const width = { condition: { test: `datum.number === picked || datum.number === ${best}`, value: 4 }, value: 1.2 };
  return {
    params: PICKED,
    layer: [
      { mark: { type: "line", tooltip: true, color: BLUE }, encoding: { x, y, detail: { field: "number" }, size: width } },
      { mark: { type: "point", filled: true, size: 25, tooltip: true, color: BLUE }, encoding: { x, y } },
    ],
  };
}

function shares(candidates) {
  return candidates.filter(one => one.universal !== null).flatMap(one => [
    { number: one.number, at: one.number, series: "sources", value: one.universal },
    { number: one.number, at: one.number, series: "own trials", value: one.residual },
  ]);
}

function similarities(candidates) {
  return candidates.flatMap(one => one.sources.map(source => ({
    number: one.number, at: one.number, series: source.task, value: source.similarity,
    low: Math.max(-1, source.similarity - source.uncertainty), high: Math.min(1, source.similarity + source.uncertainty),
  })));
}

function seriesSpec(search, names, title, band) {
  const x = { field: "at", ...along("number") };
  const { color, strokeDash } = told(names);
  const lines = { mark: { type: "line", tooltip: true, point: true }, encoding: { x, y: { field: "value", type: "quantitative", title }, color, strokeDash } };
  const bands = { mark: { type: "area", opacity: 0.15 }, encoding: { x, y: { field: "low", type: "quantitative", title }, y2: { field: "high" }, color } };
  return { layer: [...(band ? [bands] : []), lines, ...handOver(search, "number", unitAlong("number", []))] };
}

/** Joins the charts of a search with its table: what is filtered or picked there is so in all. */
function link(index, charts) {
  const table = document.getElementById("candidates" + index);
  const form = document.querySelector(`form[data-table="${table.id}"]`);
  const rows = [...table.tBodies[0].rows];

  const pick = number => {
    charts.forEach(({ view }) => view.signal("picked", number).runAsync());
    rows.forEach(row => row.toggleAttribute("data-picked", Number(row.dataset.number) === number));
  };
  charts.forEach(({ view }) => view.addEventListener("click", (event, item) => {
    const row = document.getElementById(`${table.id}-${item?.datum?.number}`);
    if (!row) return;
    pick(item.datum.number);
    row.scrollIntoView({ block: "center" });
    row.focus({ preventScroll: true });
  }));
  table.tBodies[0].addEventListener("click", event => pick(Number(event.target.closest("tr").dataset.number)));

  const { status } = form.elements;
  filterable(form, row => status.value === "all" || row.dataset.status === status.value, left => {
    const shown = new Set(left.map(row => Number(row.dataset.number)));
    document.querySelectorAll(`details[id^="card${index}-"]`).forEach(card => { card.hidden = !shown.has(Number(card.dataset.number)); });
    charts.filter(chart => chart.filtered).forEach(({ view, all }) => view.data("rows", all.filter(row => shown.has(row.number))).runAsync());
  });
}

/** The pictures of a search's cells, as SVG by their texts. */
async function pictures(search) {
  const bytes = Uint8Array.from(atob(search.cells), letter => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

/** A small chart, whose caption says what it shows. */
function epochsSpec(field) {
  const encoding = { x: { field: "epoch", ...whole("epoch") }, y: { field, ...value(null) } };
  return { height: 140, mark: { type: "line", color: BLUE, point: { color: BLUE }, tooltip: true }, encoding };
}

/** Draws what a card shows: cells and learning curve; there may be too many cards to draw all at once. */
async function drawCard(card) {
  const [index, number] = card.id.slice("card".length).split("-").map(Number);
  const search = DATA[index];
  const { curve } = search.candidates.find(one => one.number === number);
  for (const [name, field] of [["accuracy", "validation_accuracy"], ["loss", "training_loss"]]) {
    await draw(`${name}${index}-${number}`, curve.filter(epoch => Number.isFinite(epoch[field])), epochsSpec(field));
  }
  search.pictures ??= pictures(search);
  const svg = await search.pictures;
  card.querySelectorAll("[data-cell]").forEach(place => {
    const picture = new Image();
    picture.alt = place.dataset.cell;
    picture.src = "data:image/svg+xml," + encodeURIComponent(svg[place.dataset.cell]);
    place.replaceChildren(picture);
  });
  card.setAttribute("data-drawn", "");
}

document.addEventListener("toggle", ({ target }) => {
  if (target.matches("details.card[open]:not([data-drawn])")) drawCard(target);
}, true);

/** Opens the card that the address names. */
function openCard() {
  const card = document.getElementById(location.hash.slice(1));
  if (card?.matches("details.card")) card.open = true;
}

async function show(search, index) {
  const all = search.candidates;
  const expected = all.filter(one => one.predicted !== null && one.accuracy !== null);
  const curves = all.flatMap(one => one.curve.map(epoch => ({ number: one.number, ...epoch })));
  const best = all.find(one => one.accuracy !== null && one.accuracy === all.filter(other => other.best !== null).at(-1)?.best);
  const charts = [
    ["best", false, progress(search, "number"), progressSpec(search, "number")],
    ["bestTime", false, progress(search, "gpu"), progressSpec(search, "gpu")],
    ["timeline", true, timeline(all, search.cost), timelineSpec(all, search.cost)],
    ["predicted", true, expected, predictedSpec(expected)],
    ["curves", true, curves, curvesSpec(best?.number ?? 0)],
  ];
  const tasks = [...new Set(all.flatMap(one => one.sources.map(source => source.task)))];
  await draw("shares" + index, shares(all), seriesSpec(search, ["sources", "own trials"], "share", false));
  await draw("similarity" + index, similarities(all), seriesSpec(search, tasks, "similarity", true));
  const drawn = await Promise.all(charts.map(async ([name, filtered, rows, spec]) => ({ filtered, all: rows, view: await draw(name + index, rows, spec) })));
  link(index, drawn.filter(chart => chart.view));
}

async function compare() {
  const names = DATA.map(search => search.id);
  const costs = [...new Set(DATA.map(search => search.cost ?? "seconds"))];
  const cost = costs.every(one => one === "seconds") ? null : costs.join(" or ");
  for (const [id, field] of [["compared", "number"], ["comparedTime", "gpu"]]) {
    const spent = unitAlong(field, DATA.map(search => search.candidates), cost);
    const rows = DATA.flatMap((search, run) => bestSoFar(search.candidates, field, search.id, run));
    const encoding = { x: { field: "at", ...along(field, spent) }, y: { field: "value", ...value("best so far") }, ...told(names) };
    await draw(id, inUnit(rows, spent, "at"), { mark: { type: "line", interpolate: "step-after", tooltip: true }, encoding });
  }
}

window.addEventListener("hashchange", openCard);
openCard();
Promise.all([compare(), ...DATA.map(show)]).then(() => document.documentElement.setAttribute("data-drawn", ""));
