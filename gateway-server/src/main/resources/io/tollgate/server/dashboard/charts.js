// Figures over time, drawn by uPlot; the same figures stand in a table for those who cannot see or want to copy them.

import { html, useEffect, useRef } from './vendor/htm-preact.module.js';
import { moment } from './format.js';
import uPlot from './vendor/uPlot.esm.js';

const HEIGHT = 190;

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function options(series, span, format, width, stacked, zone) {
  const axis = { stroke: colour('--muted'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } };
  return {
    width,
    height: HEIGHT,
    tzDate: time => uPlot.tzDate(new Date(time * 1000), zone),
    legend: { live: true },
    cursor: { points: { size: 6 } },
    scales: { x: { range: () => span }, y: { range: (plot, low, high) => [0, high > 0 ? high * 1.1 : 1] } },
    axes: [axis, { ...axis, size: 70, values: (plot, ticks) => ticks.map(format) }],
    series: [
      {},
      ...series.map((each, i) => ({
        label: each.name,
        stroke: colour(each.colour),
        fill: stacked ? colour(each.colour) : colour(each.colour) + '22',
        width: 2,
        paths: stacked ? uPlot.paths.bars({ size: [0.7, 60] }) : undefined,
        points: { show: !stacked },
        value: (plot, value, s, at) => (at === null || value === null ? '–' : format(each.values[at])),
      })),
    ],
  };
}

// Bars that stand on one another are drawn from the top one down, each as high as all below it together.
function data(times, series, stacked) {
  const sums = times.map(() => 0);
  const columns = series.map(each => each.values.map((value, at) => (stacked ? (sums[at] += value ?? 0) : value)));
  return [times, ...columns];
}

/** {@code series}: name, colour (a CSS variable), values, one per time; {@code span}: the first and last second shown. */
export function Chart({ title, times, series, span, format, stacked, theme, zone }) {
  const place = useRef(null);
  useEffect(() => {
    const drawn = stacked ? [...series].reverse() : series;
    const columns = data(times, series, stacked);
    const ordered = stacked ? [columns[0], ...columns.slice(1).reverse()] : columns;
    const plot = new uPlot(options(drawn, span, format, place.current.clientWidth || 300, stacked, zone), ordered, place.current);
    const fit = new ResizeObserver(() => plot.setSize({ width: place.current.clientWidth, height: HEIGHT }));
    fit.observe(place.current);
    return () => {
      fit.disconnect();
      plot.destroy();
    };
  }, [times, series, theme]);
  return html`<figure>
    <div ref=${place} role="img" aria-label=${title + ', as a chart; the table below holds the same figures'}></div>
    <details>
      <summary>Figures</summary>
      <div class="scroll" tabindex="0" role="region" aria-label=${title + ', figures'}>
        <table>
          <thead><tr><th scope="col">Time</th>${series.map(each => html`<th scope="col" class="number">${each.name}</th>`)}</tr></thead>
          <tbody>${times.map((time, at) => html`<tr>
            <th scope="row">${moment(time * 1000, zone)}</th>
            ${series.map(each => html`<td class="number">${each.values[at] == null ? '–' : format(each.values[at])}</td>`)}
          </tr>`)}</tbody>
        </table>
      </div>
    </details>
  </figure>`;
}
