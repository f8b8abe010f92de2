"use strict";

const MEAN = DATA.tasks.at(-1);
const PREDICTS = DATA.kind === "prediction";
const choices = document.getElementById("choices");

/** Fills a choice; hides it where there is nothing to choose. */
function offer(name, values) {
  const select = choices.elements[name];
  values.forEach(value => select.add(new Option(value)));
  select.parentElement.hidden = values.length < 2;
}

const distinct = values => [...new Set(values)];

offer("task", DATA.tasks.length < 2 ? [] : ["all", ...DATA.tasks]);
offer("arm", ["all", ...distinct(DATA.curves.map(curve => curve.arm))]);
offer("measure", DATA.measures);
// Where predictions are compared, each number of points is a line of its own.
offer("points", PREDICTS ? [] : distinct(DATA.curves.map(curve => curve.source_points)));
offer("guard", distinct(DATA.curves.map(curve => curve.guard_case)));

const TICKS = [0, 0.1, 0.3, 1, 3, 10, 30, 100, 300];

/** The values on the chosen scale: small regrets are told apart on the logarithmic one, which is linear from 0 to 0.1. */
function scaled(title, rows) {
  if (title !== "regret" || choices.elements.scale.value === "linear") return value(title);
  const most = Math.max(...rows.map(row => row.high));
  return { ...value(title), scale: { type: "symlog", constant: 0.1, domainMin: 0, clamp: true }, axis: { values: TICKS.filter(tick => tick <= most), format: "~r" } };
}

/** Whether a choice lets this one through, or one of these. */
const wanted = (name, ...values) => ["all", ...values].includes(choices.elements[name].value || "all");

/** The name before its transfer; of the network it may have commas of its own. */
function surrogate(arm) {
  return arm.slice(0, arm.lastIndexOf(", transfer "));
}

function series(curve) {
  return PREDICTS && curve.transfers ? `${curve.arm}, ${curve.source_points} points` : curve.arm;
}

/** The curves of a task that are chosen; what does not look at sources is there once. */
function chosen(task) {
  const { measure, points, guard } = choices.elements;
  const curves = DATA.curves.filter(curve => curve.task === task && curve.guard_case === guard.value &&
    (PREDICTS ? !curve.transfers || curve.source_points > 0 : String(curve.source_points) === points.value));
  const first = distinct(curves.map(series)).map(name => curves.find(curve => series(curve) === name));
  return first.map(curve => ({ curve, points: curve.points.map(point => ({ at: point.at, ...point.measures[measure.value] })).filter(point => point.mean !== null) }));
}

/** One standard deviation around the mean; no regret is below 0. */
function band({ mean, standard_deviation: deviation }) {
  const low = mean - (deviation ?? 0);
  return { low: choices.elements.measure.value.startsWith("regret") ? Math.max(0, low) : low, high: mean + (deviation ?? 0) };
}

async function curves(task, index) {
  const figure = document.getElementById("task" + index).closest("figure");
  figure.hidden = !wanted("task", task);
  if (figure.hidden) return;
  const chosenCurves = chosen(task);
  const names = chosenCurves.map(({ curve }) => series(curve));
  const rows = chosenCurves.flatMap(({ curve, points }) => points.map(point => ({
    series: series(curve), arm: curve.arm, at: point.at, seeds: point.seeds, mean: point.mean, deviation: point.standard_deviation,
    ...band(point),
  })));
  const title = choices.elements.measure.value.replaceAll("_", " ");
  const x = { field: "at", ...whole(DATA.along) };
  const y = scaled(title, rows);
  const { color, strokeDash } = told(names);
  const { arm } = choices.elements;
  const view = await draw("task" + index, rows, {
    height: 300,
    params: [{ name: "chosen", value: arm.value }],
    layer: [
      { mark: { type: "area", opacity: 0.1 }, encoding: { x, y: { field: "low", ...y }, y2: { field: "high" }, color } },
      { mark: { type: "line", tooltip: true }, encoding: { x, y: { field: "mean", ...y }, color, strokeDash, size: { condition: { test: "datum.arm === chosen", value: 5 }, value: THEME.line.strokeWidth } } },
      ...(PREDICTS ? [{ mark: { type: "point", filled: true, size: 30, opacity: 1, tooltip: true }, encoding: { x, y: { field: "mean", ...y }, color } }] : []),
    ],
  });
  view?.addEventListener("click", (event, item) => {
    if (!item?.datum?.arm) return;
    arm.value = item.datum.arm;
    choices.dispatchEvent(new Event("change"));
  });
}

async function map(arm, index) {
  const { measure, guard } = choices.elements;
  const learner = DATA.curves.filter(curve => curve.task === MEAN && curve.guard_case === guard.value && curve.arm === arm && curve.source_points > 0);
  const plain = DATA.curves.find(curve => curve.task === MEAN && !curve.transfers && surrogate(curve.arm) === surrogate(arm));
  const rows = [...(plain ? [{ ...plain, source_points: 0 }] : []), ...learner].flatMap(curve => curve.points.map(point => ({ source: curve.source_points, target: point.at, mean: point.measures[measure.value].mean }))).filter(cell => cell.mean !== null);
  const low = Math.min(...rows.map(row => row.mean)), high = Math.max(...rows.map(row => row.mean));
  // From here on black is told from viridis better than white is.
  const bright = low + 0.42 * (high - low);
  const x = { field: "target", type: "ordinal", title: "points of the target", axis: { labelAngle: 0 } };
  const y = { field: "source", type: "ordinal", title: "points of each source", sort: "descending" };
  await draw("map" + index, rows, {
    layer: [
      { mark: { type: "rect", tooltip: true }, encoding: { x, y, color: { field: "mean", type: "quantitative", scale: { scheme: "viridis" }, legend: null } } },
      { mark: { type: "text", fontSize: 11 }, encoding: { x, y, text: { field: "mean", type: "quantitative", format: ".2f" }, color: { condition: { test: `datum.mean > ${bright}`, value: "#000000" }, value: "#ffffff" } } },
    ],
  });
}

const tables = [...document.querySelectorAll("form[data-table]")]
  .map(form => filterable(form, row => wanted("task", row.dataset.task) && wanted("arm", ...row.dataset.arms.split("\n"))));

async function show() {
  choices.elements.scale.parentElement.hidden = choices.elements.measure.value !== "regret";
  tables.forEach(filter => filter());
  const learners = distinct(DATA.curves.filter(curve => curve.transfers).map(curve => curve.arm));
  await Promise.all([...DATA.tasks.map(curves), ...(PREDICTS ? learners.map(map) : [])]);
  document.documentElement.setAttribute("data-drawn", "");
}

choices.addEventListener("change", show);
show();
