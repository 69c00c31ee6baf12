/** What `autolog` does with a version of the `openai` package, against a server that speaks the real protocol. */

import type OpenAIClass from "openai";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { init, SpanwrightError, withSpan } from "../../runtime/index.ts";
import { autolog } from "../../runtime/openai.ts";
import type { RecordedSpan } from "../../runtime/span.ts";
import { compiled } from "../conformance/compiled.ts";
import { type ModelServer, startModelServer } from "../model-server.ts";
import { record, statusOf, takeSpan, takeSpans } from "../runtime/recorded.ts";
import { OPENAI_APIS, WORDS } from "./answers.ts";

type OpenAI = typeof OpenAIClass;
type Client = InstanceType<OpenAI>;

const TEXT = WORDS.join("");
const USAGE = { input_tokens: 9, output_tokens: 3, total_tokens: 12 };
const messages = [{ role: "user" as const, content: "hi" }];

export function specify(OpenAI: OpenAI): void {
  let server: ModelServer;
  let client: Client;
  let undo: () => void;

  beforeAll(async () => {
    server = await startModelServer(OPENAI_APIS);
    client = new OpenAI({ apiKey: "none", baseURL: `${server.url}/v1`, maxRetries: 0 });
  });
  afterAll(() => server.close());
  beforeEach(() => {
    record();
    undo = autolog(OpenAI);
  });
  afterEach(() => undo());

  const complete = (model = "m", more = {}) => client.chat.completions.create({ model, messages, ...more });
  const stream = (model = "m", more = {}) =>
    client.chat.completions.create({ model, messages, stream: true, stream_options: { include_usage: true }, ...more });

  describe("a chat completion", () => {
    test("is a span with the request, the answer and the tokens", async () => {
      const answer = await complete("m", { temperature: 0.5 });
      const span = takeSpan();
      expect([span.name, span.spanType, statusOf(span)]).toEqual(["Completions", "CHAT_MODEL", "OK"]);
      expect(span.inputs).toEqual({ model: "m", messages, temperature: 0.5 });
      expect(span.outputs).toEqual(JSON.parse(JSON.stringify(answer)));
      expect(span.attributes).toMatchObject({ model: "m", temperature: 0.5, "mlflow.message.format": "openai" });
      expect(usageOf(span)).toEqual(USAGE);
    });

    test("keeps its tools as MLflow does", async () => {
      const tools = [{ type: "function" as const, function: { name: "weather", parameters: {} } }];
      await complete("tools", { tools });
      expect(JSON.parse(String(takeSpan().attributes["mlflow.chat.tools"]))).toEqual(tools);
    });

    test("is asked for once, whatever is asked of its promise", async () => {
      const before = server.asked.length;
      const promise = complete();
      await promise;
      await promise.then((value) => value);
      await promise.finally(() => {});
      expect([server.asked.length - before, takeSpans().length]).toEqual([1, 1]);
    });

    test("is returned as the promise that the package made", async () => {
      const seen = complete();
      undo();
      const bare = complete();
      expect([seen.constructor, Object.keys(seen)]).toEqual([bare.constructor, Object.keys(bare)]);
      await Promise.all([seen, bare]);
    });

    test("comes with its response through withResponse", async () => {
      const { data, response, request_id } = await complete().withResponse();
      expect([data.choices[0]?.message.content, response.status, request_id]).toEqual([TEXT, 200, "req_1"]);
      expect(takeSpan().outputs).toMatchObject({ choices: [{ message: { content: TEXT } }] });
    });

    test("that only its response is asked of has a span that says so", async () => {
      const response = await complete().asResponse();
      expect(await response.json()).toMatchObject({ object: "chat.completion" });
      const span = takeSpan();
      expect([span.outputs, span.attributes["spanwright.result.unobserved"]]).toEqual([undefined, true]);
    });

    test("that a helper parses is one span", async () => {
      const answer = await client.chat.completions.parse({ model: "parsed", messages });
      expect(answer.choices[0]?.message.content).toBe('{"answer":42}');
      expect(takeSpan().outputs).toMatchObject({ choices: [{ message: { content: '{"answer":42}' } }] });
    });

    test.each([
      ["refuses", "BadRequestError: 400 no such model"],
      ["busy", "RateLimitError: 429 slow down"],
    ])("that the server %s is a span with the error, which is thrown as it was", async (model, status) => {
      const failed = await complete(model).catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(OpenAI.APIError);
      const span = takeSpan();
      expect([statusOf(span), span.events.map(({ name }) => name)]).toEqual([`ERROR ${status}`, ["exception"]]);
    });

    test("that fails is thrown through withResponse, asResponse and helpers alike", async () => {
      const refused = expect.objectContaining({ status: 400 });
      await expect(complete("refuses").withResponse()).rejects.toEqual(refused);
      await expect(complete("refuses").asResponse()).rejects.toEqual(refused);
      await expect(client.chat.completions.parse({ model: "refuses", messages })).rejects.toEqual(refused);
      expect(takeSpans().map(statusOf)).toEqual(Array(3).fill("ERROR BadRequestError: 400 no such model"));
    });

    test("whose failure nobody handles is one unhandled rejection", async () => {
      const unhandled: unknown[] = [];
      const others = process.listeners("unhandledRejection");
      process.removeAllListeners("unhandledRejection").on("unhandledRejection", (reason) => unhandled.push(reason));
      try {
        void complete("refuses");
        while (unhandled.length === 0) await new Promise((resolve) => setImmediate(resolve));
        await new Promise((resolve) => setImmediate(resolve));
        expect(unhandled).toEqual([expect.objectContaining({ status: 400 })]);
      } finally {
        process.removeAllListeners("unhandledRejection");
        for (const listener of others) process.on("unhandledRejection", listener);
      }
    });

    test("that is aborted is a span with that error", async () => {
      const controller = new AbortController();
      const promise = client.chat.completions.create({ model: "m", messages }, { signal: controller.signal });
      controller.abort();
      await expect(promise).rejects.toThrow(OpenAI.APIUserAbortError);
      expect(statusOf(takeSpan())).toContain("ERROR APIUserAbortError");
    });

    test("that takes too long is a span with that error", async () => {
      const promise = client.chat.completions.create({ model: "silent", messages }, { timeout: 20 });
      await expect(promise).rejects.toThrow(OpenAI.APIConnectionTimeoutError);
      expect(statusOf(takeSpan())).toContain("ERROR APIConnectionTimeoutError");
    });

    test("that the package sends again is one span", async () => {
      const before = server.asked.length;
      await client.chat.completions.create({ model: "recovers", messages }, { maxRetries: 1 });
      expect([server.asked.length - before, statusOf(takeSpan())]).toEqual([2, "OK"]);
    });

    test("that nobody can be asked for is a span with that error", async () => {
      const lost = new OpenAI({ apiKey: "none", baseURL: "http://127.0.0.1:1", maxRetries: 0 });
      await expect(lost.chat.completions.create({ model: "m", messages })).rejects.toThrow(OpenAI.APIConnectionError);
      expect(statusOf(takeSpan())).toContain("ERROR APIConnectionError");
    });
  });

  describe("a streamed chat completion", () => {
    test("is a span with the assembled message, an event a chunk, and the tokens", async () => {
      const read = [];
      for await (const chunk of await stream()) read.push(chunk);
      const span = takeSpan();
      expect(span.outputs).toEqual({
        id: "chatcmpl-1",
        object: "chat.completion",
        created: 1,
        model: "m",
        choices: [
          { index: 0, message: { role: "assistant", content: TEXT, refusal: null }, logprobs: null, finish_reason: "stop" }, // biome-ignore format: one choice
        ],
        usage: { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 },
      });
      expect([chunksOf(span), usageOf(span)]).toEqual([read.length, USAGE]);
    });

    test("puts the pieces of calls of tools together", async () => {
      for await (const _ of await stream("tools"));
      const call = { id: "call_1", type: "function", function: { name: "weather", arguments: '{"city":"Paris"}' } };
      expect(takeSpan().outputs).toMatchObject({
        choices: [{ message: { content: null, tool_calls: [call] }, finish_reason: "tool_calls" }],
      });
    });

    test("is read no further than the program reads, and ends when that leaves it", async () => {
      for await (const chunk of await stream()) if (chunk.choices[0]?.delta.content === WORDS[0]) break;
      const span = takeSpan();
      expect([span.outputs, chunksOf(span)]).toEqual([
        expect.objectContaining({ choices: [expect.objectContaining({ message: { role: "assistant", content: WORDS[0], refusal: null } })] }), // biome-ignore format: one value
        2,
      ]);
    });

    test("that breaks is an error, after what came before", async () => {
      await expect(readAll(await stream("breaks"))).rejects.toThrow("overloaded");
      const span = takeSpan();
      expect([statusOf(span), chunksOf(span)]).toEqual(["ERROR APIError: overloaded", 2]);
    });

    test("that is aborted says so", async () => {
      const answer = await stream("hangs");
      for await (const chunk of answer) if (chunk.choices[0]?.delta.content === WORDS[0]) answer.controller.abort();
      const span = takeSpan();
      expect([span.attributes["spanwright.stream.aborted"], chunksOf(span)]).toEqual([true, 2]);
    });

    test("is seen through tee, toReadableStream and withResponse", async () => {
      const [left, right] = (await stream()).tee();
      expect([(await readAll(left)).length, (await readAll(right)).length]).toEqual([6, 6]);
      await new Response((await stream()).toReadableStream()).text();
      await readAll((await stream().withResponse()).data);
      expect(takeSpans().map((span) => [contentOf(span), chunksOf(span)])).toEqual(Array(3).fill([TEXT, 6]));
    });

    test("of the package's own helper is one span", async () => {
      const helper = client.chat.completions.stream({ model: "m", messages });
      expect((await helper.finalChatCompletion()).choices[0]?.message.content).toBe(TEXT);
      expect(contentOf(takeSpan())).toBe(TEXT);
    });
  });

  describe("a response", () => {
    test("is a span with the request, the answer and the tokens", async () => {
      const answer = await client.responses.create({ model: "m", input: "hi", instructions: "be brief" });
      const span = takeSpan();
      expect([span.name, span.spanType, answer.output_text]).toEqual(["Responses", "CHAT_MODEL", TEXT]);
      expect(span.inputs).toEqual({ model: "m", input: "hi", instructions: "be brief" });
      expect(span.outputs).toMatchObject({ id: "resp_1", output: [{ content: [{ text: TEXT }] }] });
      expect(usageOf(span)).toEqual(USAGE);
    });

    test("that failed is an error, though it came", async () => {
      await client.responses.create({ model: "fails", input: "hi" });
      expect(statusOf(takeSpan())).toBe("ERROR out of order");
    });

    test("that is streamed has the final response as outputs", async () => {
      const events = await readAll(await client.responses.create({ model: "m", input: "hi", stream: true }));
      const span = takeSpan();
      expect(span.outputs).toMatchObject({ status: "completed", output: [{ content: [{ text: TEXT }] }] });
      expect([chunksOf(span), usageOf(span)]).toEqual([events.length, USAGE]);
    });

    test("that is left half streamed has what came", async () => {
      const answer = await client.responses.create({ model: "m", input: "hi", stream: true });
      for await (const event of answer) if (event.type === "response.output_text.delta") break;
      expect(takeSpan().outputs).toMatchObject({ id: "resp_1", status: "in_progress", output_text: WORDS[0] });
    });

    test("of the package's own helper is one span", async () => {
      const helper = client.responses.stream({ model: "m", input: "hi" });
      expect((await helper.finalResponse()).output_text).toBe(TEXT);
      expect(takeSpan().outputs).toMatchObject({ status: "completed" });
    });
  });

  describe("embeddings", () => {
    test.each([undefined, "float" as const])("are a span with the numbers, in the encoding %s", async (format) => {
      const given = { model: "m", input: ["a", "b"], ...(format !== undefined && { encoding_format: format }) };
      await client.embeddings.create(given);
      const span = takeSpan();
      expect([span.name, span.spanType, span.inputs]).toEqual(["Embeddings", "EMBEDDING", given]);
      expect(span.outputs).toMatchObject({ data: [{ embedding: [0.5, -0.25] }, { embedding: [0.5, -0.25] }] });
      expect(usageOf(span)).toEqual({ input_tokens: 2, output_tokens: 0, total_tokens: 2 });
    });
  });

  describe("in a trace", () => {
    test("the call is one span below the function that makes it, and that returns its promise", async () => {
      const { ask } = compiled(
        `// @trace\nfunction ask(client) { return client.chat.completions.create({ model: "m", messages: [] }); }\nmodule.exports = { ask };`,
      );
      await ask(client);
      const spans = takeSpans();
      expect(spans.map((span) => [span.name, nameOfParent(span, spans)])).toEqual([
        ["Completions", "ask"],
        ["ask", undefined],
      ]);
      const { data } = await ask(client).withResponse();
      expect(data.choices[0]?.message.content).toBe(TEXT);
      expect(takeSpans().filter(({ name }) => name === "Completions")).toHaveLength(1);
    });

    test("its stream is read below the function that returns it", async () => {
      await withSpan(async () => readAll(await withSpan(() => stream(), { name: "ask" })), { name: "root" });
      const spans = takeSpans();
      expect(spans.map((span) => [span.name, nameOfParent(span, spans), chunksOf(span)])).toEqual([
        ["Completions", "ask", 6],
        ["ask", "root", 6],
        ["root", undefined, 0],
      ]);
    });

    test("calls at once are spans of their own, below the same parent", async () => {
      await withSpan(() => Promise.all([complete("a"), complete("b"), complete("c")]), { name: "root" });
      const spans = takeSpans();
      const models = spans.filter(({ name }) => name === "Completions").map((span) => [span.attributes.model, nameOfParent(span, spans)]); // biome-ignore format: one chain
      expect(models.sort()).toEqual([["a", "root"], ["b", "root"], ["c", "root"]]); // biome-ignore format: one list
    });

    test("what its requests carry says which span they belong to", async () => {
      const seen: (string | undefined)[] = [];
      const own = new OpenAI({
        apiKey: "none",
        baseURL: `${server.url}/v1`,
        fetch: async (url, request) => {
          await Promise.resolve();
          const { getCurrentActiveSpan } = await import("../../runtime/index.ts");
          seen.push(getCurrentActiveSpan()?.name);
          return fetch(url, request);
        },
      });
      await own.chat.completions.create({ model: "m", messages });
      expect(seen).toEqual(["Completions"]);
    });
  });

  describe("autolog", () => {
    test("called twice makes one span a call", async () => {
      const again = autolog(OpenAI);
      await complete();
      expect(takeSpans()).toHaveLength(1);
      again();
      await complete();
      expect(takeSpans()).toHaveLength(1);
    });

    test("is undone by the function that it returns", async () => {
      const before = OpenAI.Chat.Completions.prototype.create;
      undo();
      expect(OpenAI.Chat.Completions.prototype.create).not.toBe(before);
      await complete();
      expect(takeSpans()).toEqual([]);
    });

    test("traces one client alone, and it once when its class is traced too", async () => {
      undo();
      const other = new OpenAI({ apiKey: "none", baseURL: `${server.url}/v1` });
      const undoOne = autolog(other);
      await complete();
      await other.chat.completions.create({ model: "m", messages });
      expect(takeSpans()).toHaveLength(1);
      const undoAll = autolog(OpenAI);
      await other.chat.completions.create({ model: "m", messages });
      expect(takeSpans()).toHaveLength(1);
      undoAll();
      undoOne();
      expect(Object.hasOwn(other.chat.completions, "create")).toBe(false);
    });

    test("leaves the method's name and length", () => {
      const traced = OpenAI.Chat.Completions.prototype.create;
      undo();
      const bare = OpenAI.Chat.Completions.prototype.create;
      expect([traced.name, traced.length]).toEqual([bare.name, bare.length]);
    });

    test("records nothing while tracing is off, and changes no result", async () => {
      init({ enabled: false });
      expect((await complete()).choices[0]?.message.content).toBe(TEXT);
      expect(takeSpans()).toEqual([]);
    });

    test("keeps a trace that is not sampled silent", async () => {
      record({ samplingRatio: 0 });
      expect((await complete()).choices[0]?.message.content).toBe(TEXT);
      await readAll(await stream());
      expect(takeSpans()).toEqual([]);
    });

    test("of anything else throws, and says what it takes", () => {
      const other: unknown = class {};
      expect(() => autolog(other as OpenAI)).toThrow(SpanwrightError);
      expect(() => autolog(other as OpenAI)).toThrow("SW2150");
    });
  });
}

async function readAll<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

function chunksOf(span: RecordedSpan): number {
  return span.events.filter(({ name }) => name.startsWith("mlflow.chunk.item.")).length;
}

function usageOf(span: RecordedSpan): unknown {
  return JSON.parse(String(span.attributes["mlflow.chat.tokenUsage"]));
}

function contentOf({ outputs }: RecordedSpan): unknown {
  const choices: unknown =
    typeof outputs === "object" && outputs !== null && "choices" in outputs ? outputs.choices : [];
  return Array.isArray(choices) ? choices[0]?.message?.content : undefined;
}

function nameOfParent({ parentId }: RecordedSpan, spans: readonly RecordedSpan[]): string | undefined {
  return spans.find(({ spanId }) => spanId === parentId)?.name;
}
