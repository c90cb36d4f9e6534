// The page: what is looked at, what the API says to it, and the panels.

import { html, render, useCallback, useEffect, useMemo, useState } from './vendor/htm-preact.module.js';
import { NeedsToken, get, keepToken, live } from './api.js';
import { Chart } from './charts.js';
import { count, millis, usd } from './format.js';
import { Alerts, Breakdown, Budgets, Empty, Figures, Panel, Requests, Waste, Waterfall } from './panels.js';
import { FILTERS, GROUPS, PERIODS, question, read, write } from './state.js';

const NEWEST = 30;
const REFRESH_MILLIS = 15_000;

async function load(state) {
  const over = more => question(state, more);
  const [series, groups, models, savings, requests, budgets, alerts, waste] = await Promise.all([
    get('usage', over({ bucket: PERIODS[state.period].bucket })),
    get('usage', over({ by: state.by })),
    get('usage', over({ by: 'model' })),
    get('savings', over()),
    get('requests', over({ limit: NEWEST })),
    get('budgets'),
    get('alerts'),
    get('waste'),
  ]);
  return { series, groups, models, savings, requests, budgets, alerts, waste };
}

function Controls({ state, change, values, theme, setTheme, connected }) {
  const where = Object.entries(state.where);
  return html`<header>
    <h1><img src="dashboard/icon.svg" alt="" width="26" height="26"/> Tollgate</h1>
    <form class="controls" role="search" onSubmit=${event => event.preventDefault()}>
      <label>Period <select value=${state.period} onChange=${event => change({ period: event.target.value })}>
        ${Object.entries(PERIODS).map(([id, period]) => html`<option value=${id} selected=${id === state.period}>${period.name}</option>`)}</select></label>
      ${FILTERS.slice(0, 4).concat('model').map(name => html`<label>${name}
        <input name=${name} value=${state.where[name] ?? ''} placeholder="all" list=${'values-' + name} autocomplete="off"
          onChange=${event => change({ where: { ...state.where, [name]: event.target.value.trim() } })}/>
        <datalist id=${'values-' + name}>${(values[name] ?? []).map(value => html`<option value=${value}/>`)}</datalist></label>`)}
      ${where.some(([, value]) => value) && html`<button type="button" onClick=${() => change({ where: {} })}>Clear filters</button>`}
    </form>
    <p class="status" role="status"><span class=${connected ? 'dot on' : 'dot'}></span>${connected ? 'Live' : 'Not live'}</p>
    <button type="button" class="theme" onClick=${() => setTheme(theme === 'dark' ? 'light' : 'dark')}>${theme === 'dark' ? 'Light' : 'Dark'} mode</button>
  </header>`;
}

function TokenDoor({ onToken }) {
  return html`<main class="door"><form onSubmit=${event => {
    event.preventDefault();
    onToken(new FormData(event.target).get('token'));
  }}><h1>Tollgate</h1><label>Admin token <input name="token" type="password" autofocus required/></label><button>Open</button>
    <p class="muted">It is <code>admin.token</code> of the configuration, and is kept for this tab only.</p></form></main>`;
}

function useTheme() {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const [theme, setTheme] = useState(localStorage.getItem('tollgate-theme') ?? (dark ? 'dark' : 'light'));
  document.documentElement.dataset.theme = theme;
  return [theme, chosen => {
    localStorage.setItem('tollgate-theme', chosen);
    setTheme(chosen);
  }];
}

function Charts({ series, theme }) {
  const rows = series.rows;
  const times = useMemo(() => rows.map(row => Date.parse(row.bucket.length === 7 ? row.bucket + '-01' : row.bucket) / 1000), [series]);
  const span = useMemo(() => [Date.parse(series.from) / 1000, Date.parse(series.to) / 1000], [series]);
  const of = (name, colour, value) => ({ name, colour, values: rows.map(value) });
  const spend = useMemo(() => [of('cost', '--blue', row => row.cost_nanos), of('saved', '--green', row => Math.max(0, row.baseline_nanos - row.cost_nanos))], [series]);
  const tokens = useMemo(() => [
    of('input', '--blue', row => row.usage.input + row.usage.cache_write_5m + row.usage.cache_write_1h),
    of('cached input', '--teal', row => row.usage.cache_read),
    of('output', '--orange', row => row.usage.output),
  ], [series]);
  const latency = useMemo(() => [of('p50', '--blue', row => row.latency_ms.p50), of('p95', '--orange', row => row.latency_ms.p95)], [series]);
  const health = useMemo(() => [of('errors', '--red', row => row.errors), of('cache hits', '--green', row => row.cache_hits)], [series]);
  const panel = (title, drawn, format, stacked) => html`<${Panel} title=${title}>
    ${rows.length ? html`<${Chart} ...${{ title, times, series: drawn, span, format, stacked, theme }}/>` : html`<${Empty}>No requests in this period.<//>`}<//>`;
  return html`${panel('Spend over time', spend, usd, true)}${panel('Tokens over time', tokens, count, true)}
    ${panel('Latency over time', latency, millis, false)}${panel('Errors and cache hits', health, count, false)}`;
}

function App() {
  const [state, setState] = useState(read);
  const [found, setFound] = useState(null);
  const [problem, setProblem] = useState(null);
  const [rows, setRows] = useState([]);
  const [connected, setConnected] = useState(false);
  const [token, setToken] = useState(0);
  const [theme, setTheme] = useTheme();

  const change = useCallback(part => {
    const next = { ...state, ...part };
    next.where = Object.fromEntries(Object.entries(next.where).filter(([, value]) => value));
    write(next);
    setState(next);
  }, [state]);

  useEffect(() => {
    const back = () => setState(read());
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);

  useEffect(() => {
    let current = true;
    let soon = 0;
    const refresh = async () => {
      try {
        const loaded = await load(state);
        if (!current) return;
        setFound(loaded);
        setRows(loaded.requests.rows);
        setProblem(null);
      } catch (failure) {
        if (current) setProblem(failure);
      }
    };
    refresh();
    const timer = setInterval(refresh, REFRESH_MILLIS);
    const stop = live(row => {
      const fits = FILTERS.every(name => !state.where[name] || [row.tags[name], row[name], row.model_sent].includes(state.where[name]));
      if (!fits) return;
      setRows(before => [row, ...before].slice(0, NEWEST));
      // The sums follow, but at most every two seconds.
      soon ||= setTimeout(() => {
        soon = 0;
        refresh();
      }, 2000);
    }, setConnected);
    return () => {
      current = false;
      clearInterval(timer);
      clearTimeout(soon);
      stop();
    };
  }, [state, token]);

  if (problem instanceof NeedsToken) {
    return html`<${TokenDoor} onToken=${given => {
      keepToken(given);
      setProblem(null);
      setToken(token + 1);
    }}/>`;
  }
  const values = found ? { [state.by]: names(found.groups, state.by), model: names(found.models, 'model') } : {};
  const zone = found?.series.timezone ?? 'UTC';
  const pick = (dimension, value) => change({ where: { ...state.where, [dimension]: value } });
  return html`<a class="skip" href="#main">To the figures</a>
    <${Controls} ...${{ state, change, values, theme, setTheme, connected }}/>
    <main id="main">
      ${problem && html`<p class="problem" role="alert">${problem.message}</p>`}
      ${!found ? html`<p class="loading">Loading …</p>` : html`
        <${Figures} total=${found.series.total} savings=${found.savings} recent=${rows}/>
        <div class="grid">
          <${Charts} series=${found.series} theme=${theme}/>
          <${Panel} title="Cost">
            <div class="tabs" role="group" aria-label="Group the cost by">${GROUPS.map(name => html`<button type="button" aria-pressed=${name === state.by}
              onClick=${() => change({ by: name })}>${name}</button>`)}</div>
            <${Breakdown} rows=${found.groups.rows} dimension=${state.by} figure=${row => row.cost_nanos} format=${{ name: 'Cost', write: usd }} onPick=${pick}/><//>
          <${Panel} title="Models"><${Breakdown} rows=${found.models.rows} dimension="model" figure=${row => row.requests}
            format=${{ name: 'Calls', write: count }} onPick=${pick}/><//>
          <${Panel} title="Savings" note="what the traffic would have cost, less each lever"><${Waterfall} savings=${found.savings}/><//>
          <${Panel} title="Budgets"><${Budgets} budgets=${found.budgets} zone=${zone}/><//>
          <${Panel} title="Top waste" note="last 30 days"><${Waste} waste=${found.waste}/><//>
          <${Panel} title="Alerts"><${Alerts} alerts=${found.alerts} zone=${zone}/><//>
          <${Panel} title="Requests" wide note="newest first; a time opens the explanation"><${Requests} rows=${rows} zone=${zone}/><//>
        </div>
        <footer>Times are in ${zone}. The same figures: <code>./tollgate report</code> and <a href="api/v1/openapi.json">the API</a>.</footer>`}
    </main>`;
}

function names(table, dimension) {
  return table.rows.map(row => row.group[dimension]).filter(Boolean);
}

const place = document.getElementById('app');
place.textContent = '';
render(html`<${App}/>`, place);
