// Where the gateway is, which key it takes, and what it has counted. ../../node-sdks sets the environment.
import assert from 'node:assert/strict';

const named = (name) => process.env[name] ?? assert.fail(`${name} is not set: run .ci/node-sdks`);

export const url = named('TOLLGATE_URL');
export const key = named('TOLLGATE_KEY');
const admin = named('TOLLGATE_ADMIN_URL');

/** The sum of all series of a metric whose labels have these values. */
export async function counted(metric, labels) {
  const response = await fetch(`${admin}/metrics`);
  assert.equal(response.status, 200);
  const series = (await response.text()).split('\n').filter((line) => line.startsWith(`${metric}{`));
  return series
    .filter((line) => Object.entries(labels).every(([name, value]) => line.includes(`${name}="${value}"`)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

/** Does something and waits until a metric has grown by what the gateway should have counted for it. */
export async function expectCounted(metric, labels, call, growth) {
  const before = await counted(metric, labels);
  const result = await call();
  const expected = before + growth(result);
  let now = before;
  for (const deadline = Date.now() + 5000; now !== expected && Date.now() < deadline; ) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    now = await counted(metric, labels);
  }
  assert.equal(now, expected, `${metric} ${JSON.stringify(labels)}: was ${before} before the call`);
  return result;
}

/** A call that the caller gives up must be given up towards the provider too, and be counted as such. */
export const expectGivenUp = (provider, call) =>
  expectCounted('tollgate_requests_total', { gen_ai_provider_name: provider, end: 'client_gone' }, call, () => 1);
