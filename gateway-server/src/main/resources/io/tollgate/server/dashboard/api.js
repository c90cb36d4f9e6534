// The admin API. With admin.token configured, the token is asked for once and kept for this tab.

const KEPT = 'tollgate-admin-token';

export class NeedsToken extends Error {}

function headers() {
  const token = sessionStorage.getItem(KEPT);
  return token ? { authorization: 'Bearer ' + token } : {};
}

export function keepToken(token) {
  sessionStorage.setItem(KEPT, token);
}

/** The JSON of a path, or null where this gateway has no such thing. */
export async function get(path, query) {
  const response = await fetch('api/v1/' + path + (query ? '?' + query : ''), { headers: headers() });
  if (response.status === 401) throw new NeedsToken();
  if (response.status === 404) return null;
  const body = await response.json();
  if (!response.ok) throw new Error(body.detail || response.statusText);
  return body;
}

/** Calls {@code onRow} with each request as it ends, and {@code onState} with whether that works; returns how to stop. */
export function live(onRow, onState) {
  const stop = new AbortController();
  (async () => {
    while (!stop.signal.aborted) {
      try {
        await follow(stop.signal, onRow, onState);
      } catch {
        // told by onState; tried again below
      }
      onState(false);
      await new Promise(resolve => setTimeout(resolve, 3000));
    }
  })();
  return () => stop.abort();
}

// Not EventSource: that cannot send the token.
async function follow(signal, onRow, onState) {
  const response = await fetch('api/v1/live', { headers: headers(), signal });
  if (!response.ok) return;
  onState(true);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    const events = text.split('\n\n');
    text = events.pop();
    for (const event of events) {
      const data = event.split('\n').find(line => line.startsWith('data: '));
      if (data && event.startsWith('event: request')) onRow(JSON.parse(data.slice(6)));
    }
  }
}
