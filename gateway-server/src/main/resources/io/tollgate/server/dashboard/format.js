// How figures are written. Money comes as integer nano-dollars.

const LOCALE = 'en-US';

export function usd(nanos) {
  const dollars = nanos / 1e9;
  const size = Math.abs(dollars);
  const digits = size === 0 || size >= 1 ? 2 : size >= 0.01 ? 4 : 6;
  return (dollars < 0 ? '−' : '') + '$' + size.toLocaleString(LOCALE, { minimumFractionDigits: 2, maximumFractionDigits: digits });
}

export function count(value) {
  return Math.abs(value) < 10_000
    ? value.toLocaleString(LOCALE)
    : Intl.NumberFormat(LOCALE, { notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

export function percent(part, whole) {
  return whole > 0 ? ((100 * part) / whole).toFixed(1) + ' %' : '–';
}

export function millis(value) {
  if (value === null || value === undefined) return '–';
  return value < 10 ? value.toFixed(2) + ' ms' : value < 1000 ? Math.round(value) + ' ms' : (value / 1000).toFixed(2) + ' s';
}

export function moment(text, zone) {
  return text ? new Date(text).toLocaleString(LOCALE, { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' }) : '–';
}

export function clock(text, zone) {
  return new Date(text).toLocaleTimeString(LOCALE, { timeZone: zone, hour12: false });
}

/** The second at which a bucket begins: an hour with its offset, or a day or a month of the zone. */
export function second(bucket, zone) {
  if (bucket.includes('T')) return Date.parse(bucket) / 1000;
  const wanted = Date.parse(bucket.length === 7 ? bucket + '-01' : bucket);
  // Asked twice, for the offset may change between the first guess and the answer.
  return (wanted - offset(wanted - offset(wanted, zone), zone)) / 1000;
}

// What the zone's clocks show, taken for UTC, less the time it is.
function offset(at, zone) {
  const shown = { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' };
  const of = Object.fromEntries(new Intl.DateTimeFormat(LOCALE, shown).formatToParts(at).map(part => [part.type, Number(part.value)]));
  return Date.UTC(of.year, of.month - 1, of.day, of.hour, of.minute) - Math.floor(at / 60_000) * 60_000;
}
