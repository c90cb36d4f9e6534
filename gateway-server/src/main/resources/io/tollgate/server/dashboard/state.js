// What is looked at stands in the URL, so that it can be shared and the back button works.

export const PERIODS = {
  '1h': { name: 'Last hour', hours: 1, bucket: 'hour' },
  '24h': { name: 'Last 24 hours', hours: 24, bucket: 'hour' },
  '7d': { name: 'Last 7 days', hours: 168, bucket: 'day' },
  '30d': { name: 'Last 30 days', hours: 720, bucket: 'day' },
  '365d': { name: 'Last 12 months', hours: 8760, bucket: 'month' },
};
export const FILTERS = ['team', 'feature', 'environment', 'user', 'key', 'provider', 'model', 'task'];
export const GROUPS = ['team', 'feature', 'model', 'user'];

export function read() {
  const query = new URLSearchParams(location.search);
  const where = {};
  for (const name of FILTERS) if (query.get(name)) where[name] = query.get(name);
  return {
    period: PERIODS[query.get('period')] ? query.get('period') : '24h',
    by: GROUPS.includes(query.get('by')) ? query.get('by') : 'team',
    where,
  };
}

export function write(state) {
  const query = new URLSearchParams();
  if (state.period !== '24h') query.set('period', state.period);
  if (state.by !== 'team') query.set('by', state.by);
  for (const [name, value] of Object.entries(state.where)) if (value) query.set(name, value);
  const text = query.toString();
  history.pushState(null, '', text ? '?' + text : location.pathname);
}

/** The parameters of a question about usage. */
export function question(state, more = {}) {
  const { hours } = PERIODS[state.period];
  // Whole minutes: the roll-ups answer those, and the same question is asked again.
  const to = Math.ceil(Date.now() / 60_000) * 60_000;
  return new URLSearchParams({
    from: new Date(to - hours * 3_600_000).toISOString(),
    to: new Date(to).toISOString(),
    ...state.where,
    ...more,
  });
}
