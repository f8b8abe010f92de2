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
  legend: { symbolType: "stroke", symbolSize: 250, labelColor: INK, titleColor: INK, orient: "top", title: null, labelFontSize: 12, symbolStrokeWidth: 2, symbolOpacity: 1, columns: window.innerWidth < 600 ? 2 : 4, labelLimit: 260 },
  header: { labelColor: INK, titleColor: INK },
  line: { strokeWidth: 2 },
};

/** Draws a chart of rows into the element of this id; null where there is no such element. */
async function draw(id, rows, spec) {
  const place = document.getElementById(id);
  if (!place) return null;
  if (rows.length === 0) {
    place.textContent = "Nothing to show yet.";
    return null;
  }
  const full = { width: "container", height: 240, autosize: { type: "fit", contains: "padding" }, ...spec, data: { name: "rows", values: rows }, config: THEME };
  // The interpreter does without eval, which the page's policy forbids.
  const options = { ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: false, logLevel: vega.Error };
  const result = await vegaEmbed(place, full, options);
  return result.view;
}

const whole = title => ({ type: "quantitative", title, axis: { tickMinStep: 1, format: "d" } });
const seconds = title => ({ type: "quantitative", title, axis: { format: "~s" } });
const value = title => ({ type: "quantitative", title, scale: { zero: false } });

/** Colour and dashes of the series, by name, in this order. */
function told(names, colours) {
  const dashes = [[1, 0], [6, 3], [2, 2], [8, 2, 2, 2], [12, 4], [1, 3]];
  return {
    color: { field: "series", type: "nominal", scale: { domain: names, range: colours } },
    strokeDash: { field: "series", type: "nominal", scale: { domain: names, range: names.map((_, i) => dashes[i % dashes.length]) } },
  };
}
