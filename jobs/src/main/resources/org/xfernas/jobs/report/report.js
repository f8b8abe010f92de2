"use strict";
const searches = JSON.parse(document.getElementById("data").textContent);

// Told apart without colours too: by shape, by dashes, or by place.
const palette = ["#2e86c9", "#d55e00", "#009e73", "#cc79a7", "#8a8a8a"];
const ink = "currentColor";
const config = {
  background: "transparent",
  view: { stroke: null },
  font: "system-ui, DejaVu Sans, sans-serif",
  range: { category: palette },
  axis: { labelColor: ink, titleColor: ink, domainColor: ink, tickColor: ink, gridColor: ink, gridOpacity: 0.15 },
  legend: { labelColor: ink, titleColor: ink, orient: "top", title: null },
};

function draw(id, values, spec, table) {
  const place = document.getElementById(id);
  if (!place) return;
  if (values.length === 0) {
    place.textContent = "No data yet.";
    return;
  }
  const width = Math.max(180, Math.min(place.clientWidth, 900) - 70);
  const full = { width, height: 260, ...spec, data: { values }, config };
  const view = new vega.View(vega.parse(vegaLite.compile(full).spec), { renderer: "svg", container: place, hover: true });
  if (table) {
    view.addEventListener("click", (event, item) => {
      const row = item && item.datum && document.getElementById(table + "-" + item.datum.number);
      if (row) {
        row.hidden = false;
        row.scrollIntoView({ block: "center" });
        row.focus();
      }
    });
  }
  view.runAsync().catch(error => console.error(error));
}

const evaluation = { field: "number", type: "quantitative", title: "evaluation", axis: { tickMinStep: 1, format: "d" } };
const scale = { zero: false };

function series(candidates, fields) {
  return candidates.flatMap(one => fields
    .filter(([field]) => one[field] !== null)
    .map(([field, name]) => ({ number: one.number, series: name, value: one[field] })));
}

function lines(title, handOver) {
  const layer = [{
    mark: { type: "line", interpolate: "step-after", strokeWidth: 2, tooltip: true },
    encoding: {
      x: evaluation,
      y: { field: "value", type: "quantitative", title, scale },
      color: { field: "series", type: "nominal" },
      strokeDash: { field: "series", type: "nominal" },
    },
  }];
  if (handOver) {
    layer.push({ data: { values: [{ number: handOver }] }, mark: { type: "rule", stroke: ink, strokeDash: [2, 2] }, encoding: { x: evaluation } });
    layer.push({ data: { values: [{ number: handOver }] }, mark: { type: "text", text: "hand-over", fill: ink, align: "left", dx: 4, y: 8 }, encoding: { x: evaluation } });
  }
  return { layer };
}

searches.forEach((search, index) => {
  const all = search.candidates;
  const table = "candidates" + index;
  draw("best" + index, series(all, [["best", search.metric + ", best so far"], ["best_test", "test metric of the same"]]), lines("metric", search.hand_over));
  draw("shares" + index, series(all, [["universal", "from the sources"], ["residual", "target's own"]]), lines("share", search.hand_over));
  const phases = all.filter(one => one.started !== null).flatMap(one => [
    { number: one.number, phase: "waiting", from: one.launched, to: one.started },
    { number: one.number, phase: one.status === "failed" ? "failed" : "running", from: one.started, to: one.finished },
  ]).filter(phase => phase.to > phase.from || phase.phase === "failed");
  draw("timeline" + index, phases, {
    mark: { type: "rule", strokeWidth: 4, tooltip: true },
    encoding: {
      x: { field: "from", type: "quantitative", title: "seconds since the first launch" },
      x2: { field: "to" },
      y: { ...evaluation, title: "candidate", sort: "descending" },
      color: { field: "phase", type: "nominal", scale: { domain: ["waiting", "running", "failed"], range: [palette[4], palette[0], palette[1]] } },
    },
  }, table);
  draw("predicted" + index, all.filter(one => one.predicted !== null && one.accuracy !== null), {
    mark: { type: "point", size: 50, tooltip: true, color: palette[0] },
    encoding: {
      x: { field: "predicted", type: "quantitative", title: "predicted", scale },
      y: { field: "accuracy", type: "quantitative", title: "actual", scale },
    },
  }, table);
  draw("curves" + index, all.flatMap(one => one.curve.map(epoch => ({ number: one.number, ...epoch }))), {
    mark: { type: "line", point: true, opacity: 0.7, tooltip: true, color: palette[0] },
    encoding: {
      x: { field: "epoch", type: "quantitative", axis: { tickMinStep: 1, format: "d" } },
      y: { field: "validation_accuracy", type: "quantitative", title: "validation accuracy", scale },
      detail: { field: "number" },
    },
  }, table);
});
draw("compared", searches.flatMap(search => series(search.candidates, [["best", search.id]])), lines("best so far"));

for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => heading.querySelector("button").addEventListener("click", () => {
    const ascending = heading.getAttribute("aria-sort") !== "ascending";
    headings.forEach(other => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    const text = row => row.cells[column].textContent;
    const compare = (a, b) => {
      const [x, y] = [text(a), text(b)];
      if (x === "" || y === "") return (x === "") - (y === "");
      const [m, n] = [parseFloat(x), parseFloat(y)];
      const order = isNaN(m) || isNaN(n) ? x.localeCompare(y) : m - n;
      return ascending ? order : -order;
    };
    body.append(...[...body.rows].sort(compare));
  }));
  const filter = document.querySelector(`[data-filter="${table.id}"]`);
  const status = document.querySelector(`[data-status="${table.id}"]`);
  const count = document.querySelector(`[data-count="${table.id}"]`);
  const show = () => {
    const wanted = filter.value.toLowerCase();
    for (const row of body.rows) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted) ||
        (status.value !== "all" && row.dataset.is !== status.value);
    }
    count.textContent = [...body.rows].filter(row => !row.hidden).length + " of " + body.rows.length;
  };
  filter.addEventListener("input", show);
  status.addEventListener("change", show);
  show();
}
