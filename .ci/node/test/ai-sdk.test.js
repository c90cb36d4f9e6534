import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import { expectCounted, expectGivenUp, key, url } from '../support/gateway.js';
import { describeImage, greeting, png, slowly, tooMany, useTheTool, weather } from '../support/prompts.js';

/** The adapters, each made for a key so that a stranger's can be tried too. */
const adapters = {
  'openai, responses': {
    provider: 'openai', id: 'gpt-4o-mini', make: (apiKey) => createOpenAI({ baseURL: `${url}/v1`, apiKey }),
  },
  'openai, chat': {
    provider: 'openai', id: 'gpt-4o-mini', make: (apiKey) => createOpenAI({ baseURL: `${url}/v1`, apiKey }).chat,
  },
  'openai-compatible': {
    provider: 'openai', id: 'gpt-4o-mini', make: (apiKey) => createOpenAICompatible({ name: 'tollgate', baseURL: `${url}/v1`, apiKey }),
  },
  anthropic: {
    provider: 'anthropic', id: 'claude-haiku-4-5', make: (apiKey) => createAnthropic({ baseURL: `${url}/v1`, apiKey }),
  },
  google: {
    provider: 'gemini', id: 'gemini-2.0-flash', make: (apiKey) => createGoogleGenerativeAI({ baseURL: `${url}/v1beta`, apiKey }),
  },
};

for (const [name, { provider, id, make }] of Object.entries(adapters)) {
  describe(`ai: ${name}`, () => {
    const model = make(key)(id);
    const once = { model, maxRetries: 0, maxOutputTokens: 1024 };
    const output = { gen_ai_provider_name: provider, gen_ai_request_model: id, kind: 'output' };

    test('a plain call is answered and metered to the token', async () => {
      const call = () => generateText({ ...once, prompt: greeting });
      const { text, response } = await expectCounted('tollgate_tokens_total', output, call, (r) => r.usage.outputTokens);
      assert.match(text, /\w+ \w+/);
      assert.equal(response.headers['x-tollgate-provider'], provider);
    });

    test('a stream says what the plain answer says', async () => {
      const plain = await generateText({ ...once, prompt: greeting });
      const stream = streamText({ ...once, prompt: greeting, onError: () => {} });
      let text = '';
      for await (const part of stream.textStream) text += part;
      assert.equal(text, plain.text);
      assert.equal(await stream.finishReason, 'stop');
    });

    test('a tool is run and its result answered', async () => {
      const asked = [];
      const get_weather = tool({
        description: weather.description,
        inputSchema: jsonSchema(weather.schema),
        execute: async ({ city }) => {
          asked.push(city);
          return 'sunny';
        },
      });
      const answer = await generateText({ ...once, prompt: useTheTool, tools: { get_weather }, stopWhen: stepCountIs(3) });
      assert.equal(asked.length, 1);
      assert.equal(typeof asked[0], 'string');
      assert.equal(answer.finishReason, 'stop');
    });

    test('an image arrives', async () => {
      const text = { type: 'text', text: describeImage };
      const image = { type: 'image', image: Buffer.from(png, 'base64'), mediaType: 'image/png' };
      const without = await generateText({ ...once, messages: [{ role: 'user', content: [text] }] });
      const withImage = await generateText({ ...once, messages: [{ role: 'user', content: [text, image] }] });
      assert.ok(withImage.usage.inputTokens > without.usage.inputTokens);
    });

    test('errors keep their status', async () => {
      const status = async (call) => {
        const error = await call.catch((e) => e);
        assert.ok(APICallError.isInstance(error), String(error));
        return error.statusCode;
      };
      assert.equal(await status(generateText({ ...once, model: make('tg-unknown')(id), prompt: greeting })), 401);
      const unknown = make(key)(id.replace(/-.*/, '-no-such-model'));
      assert.equal(await status(generateText({ ...once, model: unknown, prompt: greeting })), 404);
      assert.equal(await status(generateText({ ...once, prompt: tooMany })), 429);
    });

    test('a caller that leaves is seen leaving', async () => {
      await expectGivenUp(provider, async () => {
        const leaving = new AbortController();
        const stream = streamText({ ...once, prompt: slowly, abortSignal: leaving.signal, onError: () => {} });
        for await (const part of stream.fullStream) {
          if (part.type === 'text-delta') leaving.abort();
        }
      });
    });
  });
}
