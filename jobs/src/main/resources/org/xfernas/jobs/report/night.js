"use strict";

const ROW = 34;

function costsSpec(rows, title) {
  return {
    height: Math.max(80, ROW * rows.length),
    mark: { type: "bar", color: BLUE, tooltip: true },
    encoding: {
      x: { field: "seconds", ...time(title), axis: { format: ",~f", tickCount: 5 } },
      y: { field: "task", type: "nominal", title: null, sort: null },
    },
  };
}

/** Each task on its own scale: a row each, from the best before to the best after. */
function progressRows() {
  return DATA.progress.flatMap(({ task, metric, before, after }) => [
    ...(before === null ? [] : [{ task, metric, series: "before", value: before, other: after }]),
    { task, metric, series: "after", value: after, other: before ?? after },
  ]);
}

function progressSpec(rows) {
  const x = { field: "value", ...value(null), scale: { zero: false, padding: 60 }, axis: { labels: false, ticks: false, grid: false } };
  const color = { ...told(["before", "after"], [ORANGE, BLUE]).color, legend: null };
  const shape = { field: "series", type: "nominal", scale: { domain: ["before", "after"], range: ["circle", "diamond"] }, legend: null };
  const text = { field: "value", type: "quantitative", format: ".4~g" };
  const number = { type: "text", fill: INK, fontSize: 12 };
  const left = "datum.value < datum.other || (datum.value === datum.other && datum.series === 'before')";
  return {
    // Of each row, not of the whole.
    width: undefined, autosize: "pad",
    facet: { row: { field: "task", type: "nominal", title: null, sort: null, header: { labelAngle: 0, labelAlign: "left" } } },
    resolve: { scale: { x: "independent" } },
    spec: {
      width: Math.max(120, document.getElementById("progress").clientWidth - 120),
      height: ROW,
      layer: [
        { mark: { type: "rule", stroke: INK, opacity: 0.4 }, encoding: { x, x2: { field: "other" } } },
        { mark: { type: "point", filled: true, size: 90, tooltip: true }, encoding: { x, color, shape } },
        // Each number on the side away from the other; of equal ones, before and after.
        { transform: [{ filter: left }], mark: { ...number, align: "right", dx: -9 }, encoding: { x, text } },
        { transform: [{ filter: `!(${left})` }], mark: { ...number, align: "left", dx: 9 }, encoding: { x, text } },
      ],
    },
  };
}

async function show() {
  const spent = unit(Math.max(...DATA.costs.map(cost => cost.seconds)));
  await draw("costs", inUnit(DATA.costs, spent, "seconds"), costsSpec(DATA.costs, spent.name));
  const rows = progressRows();
  if (rows.length > 0) await draw("progress", rows, progressSpec(rows));
  document.documentElement.setAttribute("data-drawn", "");
}

show();
