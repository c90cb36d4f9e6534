import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import OpenAI from 'openai';
import { expectCounted, expectGivenUp, key, url } from '../support/gateway.js';
import { describeImage, greeting, png, slowly, tooMany, useTheTool, weather } from '../support/prompts.js';

const model = 'gpt-4o-mini';
const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0 });
const ask = (content) => ({ model, messages: [{ role: 'user', content }] });
const output = { gen_ai_provider_name: 'openai', gen_ai_request_model: model, kind: 'output' };
const tools = [{ type: 'function', function: { name: weather.name, parameters: weather.schema } }];

async function collect(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}
const textOf = (chunks) => chunks.map((chunk) => chunk.choices[0]?.delta?.content ?? '').join('');

describe('openai: chat completions', () => {
  test('a plain call is answered and metered to the token', async () => {
    const call = () => openai.chat.completions.create(ask(greeting)).withResponse();
    const { data, response } = await expectCounted('tollgate_tokens_total', output, call, (r) => r.data.usage.completion_tokens);
    assert.match(data.choices[0].message.content, /\w+ \w+/);
    assert.equal(response.headers.get('x-tollgate-provider'), 'openai');
    assert.equal(response.headers.get('x-tollgate-model'), model);
    assert.ok(Number(response.headers.get('x-tollgate-cost-usd')) > 0);
  });

  test('a stream says what the plain answer says, and shows no usage that was not asked for', async () => {
    const plain = await openai.chat.completions.create(ask(greeting));
    const call = async () => collect(await openai.chat.completions.create({ ...ask(greeting), stream: true }));
    const chunks = await expectCounted('tollgate_tokens_total', output, call, () => plain.usage.completion_tokens);
    assert.equal(textOf(chunks), plain.choices[0].message.content);
    assert.ok(chunks.every((chunk) => chunk.choices.length === 1 && chunk.usage == null));
  });

  test('a stream ends with the usage that was asked for', async () => {
    const request = { ...ask(greeting), stream: true, stream_options: { include_usage: true } };
    const last = (await collect(await openai.chat.completions.create(request))).at(-1);
    assert.deepEqual(last.choices, []);
    assert.ok(last.usage.completion_tokens > 0);
  });

  test('the streaming helper puts the message together', async () => {
    const final = await openai.chat.completions.stream(ask(greeting)).finalChatCompletion();
    assert.equal(final.choices[0].finish_reason, 'stop');
    assert.match(final.choices[0].message.content, /\w+ \w+/);
  });

  test('a tool is called, and its result answered', async () => {
    const question = { role: 'user', content: useTheTool };
    const first = await openai.chat.completions.create({ model, tools, messages: [question] });
    const [call] = first.choices[0].message.tool_calls;
    assert.equal(call.function.name, weather.name);
    assert.equal(typeof JSON.parse(call.function.arguments).city, 'string');
    const result = { role: 'tool', tool_call_id: call.id, content: 'sunny' };
    const second = await openai.chat.completions.create({ model, tools, messages: [question, first.choices[0].message, result] });
    assert.equal(second.choices[0].finish_reason, 'stop');
  });

  test('a streamed tool call has whole arguments', async () => {
    const final = await openai.chat.completions.stream({ ...ask(useTheTool), tools }).finalChatCompletion();
    const [call] = final.choices[0].message.tool_calls;
    assert.equal(typeof JSON.parse(call.function.arguments).city, 'string');
  });

  test('an image arrives', async () => {
    const text = { type: 'text', text: describeImage };
    const image = { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } };
    const without = await openai.chat.completions.create(ask([text]));
    const withImage = await openai.chat.completions.create(ask([text, image]));
    assert.ok(withImage.usage.prompt_tokens > without.usage.prompt_tokens);
  });

  test('a caller that leaves is seen leaving', async () => {
    await expectGivenUp('openai', async () => {
      const stream = await openai.chat.completions.create({ ...ask(slowly), stream: true });
      for await (const chunk of stream) {
        if (chunk.choices[0]?.delta?.content) break; // leaving the loop aborts the call
      }
    });
  });
});

describe('openai: responses and embeddings', () => {
  test('a plain response is answered', async () => {
    const response = await openai.responses.create({ model, input: greeting });
    assert.equal(response.status, 'completed');
    assert.match(response.output_text, /\w+ \w+/);
    assert.ok(response.usage.output_tokens > 0);
  });

  test('a streamed response ends in response.completed and is metered', async () => {
    const call = async () => collect(await openai.responses.create({ model, input: greeting, stream: true }));
    const events = await expectCounted('tollgate_tokens_total', output, call, (all) => all.at(-1).response.usage.output_tokens);
    assert.equal(events.at(-1).type, 'response.completed');
    const deltas = events.filter((event) => event.type === 'response.output_text.delta');
    assert.equal(deltas.map((event) => event.delta).join(''), events.at(-1).response.output[0].content[0].text);
  });

  test('a response calls a tool', async () => {
    const tool = { type: 'function', name: weather.name, parameters: weather.schema, strict: true };
    const response = await openai.responses.create({ model, input: useTheTool, tools: [tool] });
    const call = response.output.find((item) => item.type === 'function_call');
    assert.equal(call.name, weather.name);
    assert.equal(typeof JSON.parse(call.arguments).city, 'string');
  });

  test('embeddings come in the SDK’s own encoding', async () => {
    const { data } = await openai.embeddings.create({ model: 'text-embedding-3-small', input: ['one', 'two'] });
    assert.deepEqual(data.map((entry) => entry.embedding.length), [1536, 1536]);
    assert.ok(data[0].embedding.some((value) => value !== 0));
  });
});

describe('openai: errors', () => {
  test('an unknown key is an AuthenticationError of the gateway', async () => {
    const stranger = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'tg-unknown', maxRetries: 0 });
    const error = await stranger.chat.completions.create(ask(greeting)).catch((e) => e);
    assert.ok(error instanceof OpenAI.AuthenticationError, String(error));
    assert.equal(error.code, 'invalid_api_key');
    assert.ok(error.headers.get('x-tollgate-request-id'));
  });

  test('the provider’s 404 is a NotFoundError', async () => {
    const error = await openai.chat.completions.create({ ...ask(greeting), model: 'gpt-no-such-model' }).catch((e) => e);
    assert.ok(error instanceof OpenAI.NotFoundError, String(error));
    assert.equal(error.code, 'model_not_found');
  });

  test('a path that nobody serves is a NotFoundError of the gateway', async () => {
    const lost = new OpenAI({ baseURL: `${url}/nobody/v1`, apiKey: key, maxRetries: 0 });
    const error = await lost.chat.completions.create(ask(greeting)).catch((e) => e);
    assert.ok(error instanceof OpenAI.NotFoundError, String(error));
    assert.match(error.message, /nobody/);
  });

  test('the provider’s 429 is a RateLimitError, streamed or not', async () => {
    for (const stream of [false, true]) {
      const error = await openai.chat.completions.create({ ...ask(tooMany), stream }).catch((e) => e);
      assert.ok(error instanceof OpenAI.RateLimitError, String(error));
    }
  });
});
