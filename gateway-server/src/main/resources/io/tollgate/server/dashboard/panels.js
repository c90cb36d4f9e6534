// The panels. Each is given what the API answered, or null where it has no such thing.

import { html, useState } from './vendor/htm-preact.module.js';
import { get } from './api.js';
import { clock, count, millis, moment, percent, usd } from './format.js';

export function Panel({ title, wide, note, children }) {
  const id = 'panel-' + title.toLowerCase().replace(/\W+/g, '-');
  return html`<section class=${wide ? 'panel wide' : 'panel'} id=${id} aria-labelledby=${id + '-title'}>
    <h2><span id=${id + '-title'}>${title}</span>${note && html`<small>${note}</small>`}</h2>
    ${children}
  </section>`;
}

export const Empty = ({ children }) => html`<p class="empty">${children}</p>`;

function input(usage) {
  return usage.input + usage.cache_read + usage.cache_write_5m + usage.cache_write_1h;
}

export function Figures({ total, savings, recent }) {
  const gateway = recent.map(row => row.latency_ms.gateway).filter(value => value !== null).sort((a, b) => a - b);
  const saved = savings ? savings.total.saved_nanos : 0;
  const tiles = [
    ['Spend', usd(total.cost_nanos), count(total.requests) + (total.requests === 1 ? ' request' : ' requests')],
    ['Saved', usd(saved), percent(saved, savings ? savings.total.baseline_nanos : 0) + ' of the baseline'],
    ['Tokens', count(input(total.usage) + total.usage.output), count(input(total.usage)) + ' in, ' + count(total.usage.output) + ' out'],
    ['Cache hits', percent(total.cache_hits, total.requests), count(total.cache_hits) + ' answers not bought'],
    ['Errors', percent(total.errors, total.requests), count(total.errors) + ' failed, ' + count(total.refused) + ' refused'],
    ['Latency p95', millis(total.latency_ms.p95), 'p50 ' + millis(total.latency_ms.p50)
      + (gateway.length ? ', gateway ' + millis(gateway[gateway.length >> 1]) : '')],
  ];
  return html`<section class="tiles" aria-label="Key figures">
    ${tiles.map(([name, value, more]) => html`<div class="tile"><h2>${name}</h2><p class="value">${value}</p><p>${more}</p></div>`)}
  </section>`;
}

/** Bars with figures; each name picks its rows. */
export function Breakdown({ label, rows, dimension, figure, format, onPick }) {
  const sorted = [...rows].sort((a, b) => figure(b) - figure(a));
  const most = Math.max(1, ...sorted.map(figure));
  const all = sorted.reduce((sum, row) => sum + figure(row), 0);
  if (!sorted.length) return html`<${Empty}>No requests in this period.<//>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${label + ' by ' + dimension}><table>
    <thead><tr><th scope="col">${dimension}</th><th scope="col" class="number">${format.name}</th><th scope="col" class="number">Share</th><th scope="col" class="number">Requests</th></tr></thead>
    <tbody>${sorted.slice(0, 12).map(row => {
      const name = row.group[dimension];
      return html`<tr>
        <th scope="row">${name === null || name === undefined || name === ''
          ? html`<em>none</em>`
          : html`<button class="link" onClick=${() => onPick(dimension, name)} title=${'Show only ' + name}>${name}</button>`}
          <span class="bar" style=${{ width: (100 * Math.max(0, figure(row))) / most + '%' }}></span></th>
        <td class="number">${format.write(figure(row))}</td>
        <td class="number">${percent(figure(row), all)}</td>
        <td class="number">${count(row.requests)}</td>
      </tr>`;
    })}</tbody>
  </table></div>`;
}

export function Waterfall({ savings }) {
  if (!savings || !savings.total.requests) return html`<${Empty}>Nothing to compare yet.<//>`;
  const { baseline_nanos: baseline, cost_nanos: cost, levers } = savings.total;
  const scale = Math.max(1, baseline, cost);
  let left = baseline;
  const steps = levers.filter(lever => lever.saved_nanos !== 0).map(lever => {
    const from = Math.min(left, left - lever.saved_nanos);
    left -= lever.saved_nanos;
    return { ...lever, from };
  });
  const row = (name, from, size, kind, text) => html`<tr class=${kind}>
    <th scope="row">${name}</th>
    <td class="track"><span style=${{ marginLeft: (100 * from) / scale + '%', width: Math.max(0.4, (100 * size) / scale) + '%' }}></span></td>
    <td class="number">${text}</td></tr>`;
  return html`<table class="waterfall"><tbody>
    ${row('Without Tollgate', 0, baseline, 'whole', usd(baseline))}
    ${steps.map(step => row(step.title + (step.estimate ? ' (estimate)' : ''), step.from, Math.abs(step.saved_nanos),
      step.saved_nanos < 0 ? 'lost' : 'saved', (step.saved_nanos < 0 ? '+' : '−') + usd(Math.abs(step.saved_nanos))))}
    ${row('Cost', 0, cost, 'whole', usd(cost))}
  </tbody></table>
  ${!steps.length && html`<${Empty}>No lever has saved anything yet: switch on the cache, routing or output caps in the configuration.<//>`}`;
}

function limit(budget) {
  const money = budget.limit.usd !== null;
  return money ? ['usd', value => '$' + value.toLocaleString('en-US', { maximumFractionDigits: 2 })] : ['tokens', value => count(value) + ' tokens'];
}

export function Budgets({ budgets, zone }) {
  if (!budgets || !budgets.rows.length) return html`<${Empty}>No budgets are configured. A budget with a <code>block</code> step holds before money is spent.<//>`;
  return html`<ul class="budgets">${budgets.rows.map(budget => {
    const [unit, write] = limit(budget);
    const spent = budget.spent[unit] ?? 0;
    const held = budget.held[unit] ?? 0;
    const most = budget.limit[unit];
    const share = most > 0 ? spent / most : 0;
    const each = Object.entries(budget.each ?? {}).map(([name, value]) => name + '=' + value).join(', ');
    const forecast = budget.forecast;
    return html`<li>
      <p><strong>${budget.name}</strong> ${each} <span class="muted">per ${budget.period}</span>
        <span class="right">${write(spent)} of ${write(most)}</span></p>
      <div class="meter" role="meter" aria-label=${budget.name} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.min(100, Math.round(100 * share))}>
        <span class=${share >= 0.9 ? 'high' : share >= 0.75 ? 'raised' : ''} style=${{ width: Math.min(100, 100 * share) + '%' }}></span>
        <span class="held" style=${{ width: Math.min(100 - Math.min(100, 100 * share), most > 0 ? (100 * held) / most : 0) + '%' }}></span>
        ${budget.rungs.map(rung => html`<i class=${rung.reached_at ? 'reached' : ''} style=${{ left: Math.min(100, 100 * rung.at) + '%' }}
          title=${Math.round(100 * rung.at) + ' %: ' + rung.do + (rung.reached_at ? ', reached ' + moment(rung.reached_at, zone) : '')}></i>`)}
      </div>
      <p class="muted">${budget.rungs.map(rung => (rung.reached_at ? '● ' : '○ ') + Math.round(100 * rung.at) + ' % ' + rung.do).join('   ')}</p>
      <p class="muted">${forecast && forecast.runs_out_at ? 'At this pace it runs out ' + moment(forecast.runs_out_at, zone) + '.'
        : forecast ? 'At this pace it lasts until the period ends.' : ''} ${budget.to ? 'Resets ' + moment(budget.to, zone) + '.' : ''}</p>
    </li>`;
  })}</ul>`;
}

export function Waste({ waste }) {
  if (!waste) return html`<${Empty}>Not available on this gateway.<//>`;
  if (!waste.rows.length) return html`<${Empty}>No waste found in the last 30 days.<//>`;
  return html`<ol class="waste">${waste.rows.slice(0, 8).map(row => html`<li>
    <p><strong>${row.title}</strong><span class="right">${usd(row.usd_month_nanos)} a month</span></p>
    <p>${row.detail}</p>${row.setting && html`<p><code>${row.setting}</code></p>`}
    ${row.examples && row.examples.length > 0 && html`<p class="muted">e.g. ${row.examples.slice(0, 3).join(', ')}</p>`}
  </li>`)}</ol>`;
}

export function Alerts({ alerts, zone }) {
  if (!alerts || !alerts.rows.length) return html`<${Empty}>No alert has fired.<//>`;
  return html`<ul class="alerts">${alerts.rows.slice(0, 10).map(row => html`<li class=${row.severity}>
    <p><strong>${row.title}</strong><span class="right muted">${moment(row.at, zone)}</span></p><p>${row.text}</p>
    <p class="muted">${(row.deliveries ?? []).map(sent => sent.channel + ' ' + sent.state).join(', ') || 'no receiver is configured'}</p>
  </li>`)}</ul>`;
}

export function Requests({ rows, zone }) {
  const [open, setOpen] = useState(null);
  const show = async id => setOpen(open && open.id === id ? null : { id, found: await get('requests/' + encodeURIComponent(id)) });
  if (!rows.length) return html`<${Empty}>No request has come yet. Point an SDK's base URL at the traffic port.<//>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Newest requests"><table class="requests">
    <thead><tr><th scope="col">Time</th><th scope="col">Team · feature</th><th scope="col">Model</th><th scope="col">Route, cache</th>
      <th scope="col" class="number">Tokens in / out</th><th scope="col" class="number">Cost</th><th scope="col" class="number">Took</th><th scope="col">End</th></tr></thead>
    <tbody>${rows.map(row => html`<tr key=${row.request_id + row.attempt} class=${row.status >= 400 ? 'failed' : ''}>
        <td><button class="link" aria-expanded=${!!open && open.id === row.request_id} onClick=${() => show(row.request_id)}>${clock(row.at, zone)}</button></td>
        <td>${[row.tags.team, row.tags.feature].filter(Boolean).join(' · ') || '–'}</td>
        <td>${row.model_sent ?? '–'}${row.model_asked && row.model_asked !== row.model_sent ? html` <span class="muted">for ${row.model_asked}</span>` : ''}</td>
        <td>${row.route.rule ?? '–'}${row.cache ? ' · ' + row.cache : ''}</td>
        <td class="number">${count(input(row.usage))} / ${count(row.usage.output)}</td>
        <td class="number">${row.unpriced ? 'unpriced' : usd(row.cost_nanos)}</td>
        <td class="number">${millis(row.latency_ms.total)}</td>
        <td>${row.status || ''} ${row.end.replaceAll('_', ' ')}</td>
      </tr>
      ${open && open.id === row.request_id && html`<tr class="explained"><td colspan="8"><p class="muted">${row.request_id}</p>
        <dl>${(open.found?.explained ?? []).map(each => html`<div><dt>${each.decision}</dt><dd>${each.text}</dd></div>`)}</dl></td></tr>`}`)}</tbody>
  </table></div>`;
}
