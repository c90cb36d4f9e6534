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
