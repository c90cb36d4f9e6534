// The page: what is looked at, what the API says to it, and the panels.

import { html, render, useCallback, useEffect, useMemo, useState } from './vendor/htm-preact.module.js';
import { NeedsToken, get, keepToken, live } from './api.js';
import { Chart } from './charts.js';
import { count, millis, second, usd } from './format.js';
import { Alerts, Breakdown, Budgets, Empty, Figures, Panel, Requests, Waste, Waterfall } from './panels.js';
import { FILTERS, GROUPS, PERIODS, question, read, write } from './state.js';

const NEWEST = 30;
const REFRESH_MILLIS = 15_000;

const WASTE_MILLIS = 60_000;

// One promise for each answer, so that a panel need not wait for another's.
function ask(state) {
  const over = more => question(state, more);
  return {
    series: get('usage', over({ bucket: PERIODS[state.period].bucket })),
    groups: get('usage', over({ by: state.by })).then(answer => ({ ...answer, by: state.by })),
    models: get('usage', over({ by: 'model' })),
    savings: get('savings', over()),
    requests: get('requests', over({ limit: NEWEST })),
    budgets: get('budgets'),
    alerts: get('alerts'),
  };
}

function fits(row, where) {
  return Object.entries(where).every(([name, value]) => {
    if (name === 'model') return (row.model_sent ?? row.model_asked) === value;
    return (row.tags[name] ?? row[name]) === value;
  });
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

function TokenDoor({ refused, onToken }) {
  return html`<main class="door">${refused && html`<p class="problem" role="alert">That is not admin.token.</p>`}
    <form onSubmit=${event => {
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
  const zone = series.timezone;
  const times = useMemo(() => rows.map(row => second(row.bucket, zone)), [series]);
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
    ${rows.length ? html`<${Chart} ...${{ title, times, series: drawn, span, format, stacked, theme, zone }}/>` : html`<${Empty}>No requests in this period.<//>`}<//>`;
  return html`${panel('Spend over time', spend, usd, true)}${panel('Tokens over time', tokens, count, true)}
    ${panel('Latency over time', latency, millis, false)}${panel('Errors and cache hits', health, count, false)}`;
}

function App() {
  const [state, setState] = useState(read);
  const [found, setFound] = useState({});
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
    let asking = false;
    const refresh = async () => {
      if (asking) return; // a gateway that is slow to answer is not asked again meanwhile
      asking = true;
      const answers = Object.entries(ask(state)).map(async ([name, promise]) => {
        const answer = await promise;
        if (!current) return;
        setFound(before => ({ ...before, [name]: answer }));
        if (name === 'requests') setRows(answer.rows);
      });
      const failed = (await Promise.allSettled(answers)).find(outcome => outcome.status === 'rejected');
      asking = false;
      if (current) setProblem(failed ? failed.reason : null);
    };
    refresh();
    const timer = setInterval(refresh, REFRESH_MILLIS);
    const stop = live(row => {
      if (!fits(row, state.where)) return;
      setRows(before => [row, ...before.filter(each => each.request_id !== row.request_id)].slice(0, NEWEST));
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

  // Looking for waste takes longest, and the filters do not apply to it.
  useEffect(() => {
    let current = true;
    const look = () => get('waste').then(waste => current && setFound(before => ({ ...before, waste })), () => {});
    look();
    const timer = setInterval(look, WASTE_MILLIS);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [token]);

  if (problem instanceof NeedsToken) {
    return html`<${TokenDoor} refused=${token > 0} onToken=${given => {
      keepToken(given);
      setProblem(null);
      setToken(token + 1);
    }}/>`;
  }
  const { series, groups, models, savings, requests, budgets, alerts, waste } = found;
  const values = { ...(groups && { [groups.by]: names(groups, groups.by) }), ...(models && { model: names(models, 'model') }) };
  const zone = series?.timezone ?? 'UTC';
  const pick = (dimension, value) => change({ where: { ...state.where, [dimension]: value } });
  const panel = (answer, content) => (answer === undefined ? html`<p class="loading">Loading …</p>` : content());
  return html`<a class="skip" href="#main">To the figures</a>
    <${Controls} ...${{ state, change, values, theme, setTheme, connected }}/>
    <main id="main" tabindex="-1">
      ${problem && html`<p class="problem" role="alert">${problem.message}</p>`}
      ${panel(series, () => html`<${Figures} total=${series.total} savings=${savings} recent=${rows}/>`)}
      <div class="grid">
        ${series && html`<${Charts} series=${series} theme=${theme}/>`}
        <${Panel} title="Cost">
          <div class="tabs" role="group" aria-label="Group the cost by">${GROUPS.map(name => html`<button type="button" aria-pressed=${name === state.by}
            onClick=${() => change({ by: name })}>${name}</button>`)}</div>
          ${panel(groups, () => html`<${Breakdown} label="Cost" rows=${groups.rows} dimension=${groups.by} figure=${row => row.cost_nanos}
            format=${{ name: 'Cost', write: usd }} onPick=${pick}/>`)}<//>
        <${Panel} title="Models">${panel(models, () => html`<${Breakdown} label="Models" rows=${models.rows} dimension="model"
          figure=${row => row.requests} format=${{ name: 'Calls', write: count }} onPick=${pick}/>`)}<//>
        <${Panel} title="Savings" note="what the traffic would have cost, less each lever">${panel(savings, () => html`<${Waterfall} savings=${savings}/>`)}<//>
        <${Panel} title="Budgets">${panel(budgets, () => html`<${Budgets} budgets=${budgets} zone=${zone}/>`)}<//>
        <${Panel} title="Top waste" note="last 30 days">${panel(waste, () => html`<${Waste} waste=${waste}/>`)}<//>
        <${Panel} title="Alerts">${panel(alerts, () => html`<${Alerts} alerts=${alerts} zone=${zone}/>`)}<//>
        <${Panel} title="Requests" wide note="newest first; a time opens the explanation">${panel(requests, () => html`<${Requests} rows=${rows} zone=${zone}/>`)}<//>
      </div>
      <footer>Times are in ${zone}. The same figures: <code>./tollgate report</code> and <a href="api/v1/openapi.json">the API</a>.</footer>
    </main>`;
}

function names(table, dimension) {
  return table.rows.map(row => row.group[dimension]).filter(Boolean);
}

const place = document.getElementById('app');
place.textContent = '';
render(html`<${App}/>`, place);
