import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { expectCounted, expectGivenUp, key, url } from '../support/gateway.js';
import { describeImage, greeting, png, slowly, tooMany, useTheTool, weather } from '../support/prompts.js';

const model = 'claude-haiku-4-5';
const anthropic = new Anthropic({ baseURL: url, apiKey: key, maxRetries: 0 });
const ask = (content) => ({ model, max_tokens: 1024, messages: [{ role: 'user', content }] });
const output = { gen_ai_provider_name: 'anthropic', gen_ai_request_model: model, kind: 'output' };
const tools = [{ name: weather.name, description: weather.description, input_schema: weather.schema }];

describe('anthropic: messages', () => {
  test('a plain call is answered and metered to the token', async () => {
    const call = () => anthropic.messages.create(ask(greeting)).withResponse();
    const { data, response } = await expectCounted('tollgate_tokens_total', output, call, (r) => r.data.usage.output_tokens);
    assert.match(data.content[0].text, /\w+ \w+/);
    assert.equal(response.headers.get('x-tollgate-provider'), 'anthropic');
    assert.ok(Number(response.headers.get('x-tollgate-cost-usd')) > 0);
  });

  test('a stream says what the plain answer says, and is metered to the token', async () => {
    const plain = await anthropic.messages.create(ask(greeting));
    const call = () => anthropic.messages.stream(ask(greeting)).finalMessage();
    const streamed = await expectCounted('tollgate_tokens_total', output, call, (m) => m.usage.output_tokens);
    assert.equal(streamed.content[0].text, plain.content[0].text);
    assert.equal(streamed.stop_reason, 'end_turn');
  });

  test('a cap ends the answer', async () => {
    const message = await anthropic.messages.create({ ...ask(greeting), max_tokens: 3 });
    assert.equal(message.stop_reason, 'max_tokens');
    assert.equal(message.usage.output_tokens, 3);
  });

  test('tokens are counted', async () => {
    const { max_tokens: unused, ...question } = ask(greeting);
    const { input_tokens: tokens } = await anthropic.messages.countTokens(question);
    assert.ok(tokens > 5);
  });

  test('a tool is called, and its result answered', async () => {
    const first = await anthropic.messages.create({ ...ask(useTheTool), tools });
    const call = first.content.find((block) => block.type === 'tool_use');
    assert.equal(first.stop_reason, 'tool_use');
    assert.equal(typeof call.input.city, 'string');
    const messages = [
      { role: 'user', content: useTheTool },
      { role: 'assistant', content: first.content },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: 'sunny' }] },
    ];
    const second = await anthropic.messages.create({ model, max_tokens: 1024, tools, messages });
    assert.equal(second.stop_reason, 'end_turn');
  });

  test('a streamed tool call has whole arguments', async () => {
    const message = await anthropic.messages.stream({ ...ask(useTheTool), tools }).finalMessage();
    const call = message.content.find((block) => block.type === 'tool_use');
    assert.equal(typeof call.input.city, 'string');
  });

  test('an image arrives', async () => {
    const text = { type: 'text', text: describeImage };
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } };
    const without = await anthropic.messages.create(ask([text]));
    const withImage = await anthropic.messages.create(ask([image, text]));
    assert.ok(withImage.usage.input_tokens > without.usage.input_tokens);
  });

  test('a caller that leaves is seen leaving', async () => {
    await expectGivenUp('anthropic', async () => {
      const stream = await anthropic.messages.create({ ...ask(slowly), stream: true });
      for await (const event of stream) {
        if (event.type === 'content_block_delta') break; // leaving the loop aborts the call
      }
    });
  });
});

describe('anthropic: errors', () => {
  test('an unknown key is an AuthenticationError of the gateway', async () => {
    const stranger = new Anthropic({ baseURL: url, apiKey: 'tg-unknown', maxRetries: 0 });
    const error = await stranger.messages.create(ask(greeting)).catch((e) => e);
    assert.ok(error instanceof Anthropic.AuthenticationError, String(error));
    assert.equal(error.error.error.type, 'authentication_error');
  });

  test('the provider’s 404 is a NotFoundError', async () => {
    const error = await anthropic.messages.create({ ...ask(greeting), model: 'claude-no-such-model' }).catch((e) => e);
    assert.ok(error instanceof Anthropic.NotFoundError, String(error));
    assert.equal(error.error.error.type, 'not_found_error');
  });

  test('the provider’s 429 is a RateLimitError, streamed or not', async () => {
    for (const stream of [false, true]) {
      const error = await anthropic.messages.create({ ...ask(tooMany), stream }).catch((e) => e);
      assert.ok(error instanceof Anthropic.RateLimitError, String(error));
    }
  });
});
