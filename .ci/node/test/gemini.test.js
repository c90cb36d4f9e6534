import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ApiError, FunctionCallingConfigMode, GoogleGenAI } from '@google/genai';
import { expectCounted, expectGivenUp, key, url } from '../support/gateway.js';
import { describeImage, greeting, png, slowly, tooMany, useTheTool, weather } from '../support/prompts.js';

const model = 'gemini-2.0-flash';
const gemini = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: url } });
const ask = (contents, config) => ({ model, contents, config });
const output = { gen_ai_provider_name: 'gemini', gen_ai_request_model: model, kind: 'output' };
const { additionalProperties: unused, ...parameters } = weather.schema;
const tools = [{ functionDeclarations: [{ name: weather.name, description: weather.description, parametersJsonSchema: parameters }] }];

async function collect(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

describe('gemini: generateContent', () => {
  test('a plain call is answered and metered to the token', async () => {
    const call = () => gemini.models.generateContent(ask(greeting));
    const answer = await expectCounted('tollgate_tokens_total', output, call, (r) => r.usageMetadata.candidatesTokenCount);
    assert.match(answer.text, /\w+ \w+/);
    assert.equal(answer.sdkHttpResponse.headers['x-tollgate-provider'], 'gemini');
  });

  test('a stream says what the plain answer says, and is metered to the token', async () => {
    const plain = await gemini.models.generateContent(ask(greeting));
    const call = async () => collect(await gemini.models.generateContentStream(ask(greeting)));
    const chunks = await expectCounted('tollgate_tokens_total', output, call, (all) => all.at(-1).usageMetadata.candidatesTokenCount);
    assert.equal(chunks.map((chunk) => chunk.text ?? '').join(''), plain.text);
  });

  test('tokens are counted', async () => {
    const { totalTokens } = await gemini.models.countTokens({ model, contents: greeting });
    assert.ok(totalTokens > 5);
  });

  test('a tool is called', async () => {
    const toolConfig = { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY } };
    const answer = await gemini.models.generateContent(ask(useTheTool, { tools, toolConfig }));
    assert.equal(answer.functionCalls[0].name, weather.name);
    assert.equal(typeof answer.functionCalls[0].args.city, 'string');
  });

  test('a streamed tool call has whole arguments', async () => {
    const chunks = await collect(await gemini.models.generateContentStream(ask(useTheTool, { tools })));
    const [call] = chunks.flatMap((chunk) => chunk.functionCalls ?? []);
    assert.equal(typeof call.args.city, 'string');
  });

  test('an image arrives', async () => {
    const image = { inlineData: { mimeType: 'image/png', data: png } };
    const without = await gemini.models.generateContent(ask([{ text: describeImage }]));
    const withImage = await gemini.models.generateContent(ask([{ text: describeImage }, image]));
    assert.ok(withImage.usageMetadata.promptTokenCount > without.usageMetadata.promptTokenCount);
  });

  test('a caller that leaves is seen leaving', async () => {
    await expectGivenUp('gemini', async () => {
      const leaving = new AbortController();
      const stream = await gemini.models.generateContentStream(ask(slowly, { abortSignal: leaving.signal }));
      await assert.rejects(async () => {
        for await (const chunk of stream) {
          if (chunk.text) leaving.abort();
        }
      });
    });
  });
});

describe('gemini: errors', () => {
  const statusOf = async (call) => {
    const error = await call.catch((e) => e);
    assert.ok(error instanceof ApiError, String(error));
    return error.status;
  };

  test('an unknown key is a 401 of the gateway', async () => {
    const stranger = new GoogleGenAI({ apiKey: 'tg-unknown', httpOptions: { baseUrl: url } });
    const error = await stranger.models.generateContent(ask(greeting)).catch((e) => e);
    assert.equal(error.status, 401);
    assert.match(error.message, /UNAUTHENTICATED/);
  });

  test('the provider’s 404 and 429 keep their status, streamed or not', async () => {
    assert.equal(await statusOf(gemini.models.generateContent({ ...ask(greeting), model: 'gemini-no-such-model' })), 404);
    assert.equal(await statusOf(gemini.models.generateContent(ask(tooMany))), 429);
    assert.equal(await statusOf(gemini.models.generateContentStream(ask(tooMany))), 429);
  });
});
