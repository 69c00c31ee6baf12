import Anthropic from "@anthropic-ai/sdk";
import { countUnhandled, readEach, returns, returnsLater, settleEach } from "./kinds.js";
import { sendEvents, sendJson, startServer } from "./llm-server.js";

const words = ["Hel", "lo", "!"];
const message = {
  id: "1",
  type: "message",
  role: "assistant",
  model: "m",
  content: [],
  stop_reason: null,
  stop_sequence: null,
  usage: { input_tokens: 1, output_tokens: 1 },
};
const events = [
  { type: "message_start", message },
  { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
  ...words.map((text) => ({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } })),
  { type: "content_block_stop", index: 0 },
  { type: "message_delta", delta: { stop_reason: "end_turn", stop_sequence: null }, usage: { output_tokens: 3 } },
  { type: "message_stop" },
];
const wire = (event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
const { url, asked, server } = await startServer((_, { model, stream }, response) => {
  if (model === "refuses")
    return sendJson(
      response,
      { type: "error", error: { type: "invalid_request_error", message: "no such model" } },
      400,
    );
  if (!stream)
    return sendJson(response, {
      ...message,
      content: [{ type: "text", text: words.join("") }],
      stop_reason: "end_turn",
    });
  if (model === "breaks")
    return sendEvents(response, [
      ...events.slice(0, 2).map(wire),
      wire({ type: "error", error: { type: "overloaded_error", message: "overloaded" } }),
    ]);
  return sendEvents(response, (model === "hangs" ? events.slice(0, 3) : events).map(wire), model === "hangs");
});
const client = new Anthropic({ apiKey: "none", baseURL: url, maxRetries: 0 });
const create = (model, more) =>
  client.messages.create({ model, max_tokens: 9, messages: [{ role: "user", content: "hi" }], ...more });
const requests = (model) => () => `asked ${asked[model]}`;

await settleEach("a message", () => create("message"), requests("message"));
await settleEach("an error", () => create("refuses"), requests("refuses"));
const { data, response } = await returns(() => create("both")).withResponse();
console.log("withResponse", data.content[0].text, response.headers.get("x-answer"), requests("both")());
console.log("asResponse", (await returns(() => create("both")).asResponse()).status, requests("both")());
await readEach("a stream", async () => create("stream", { stream: true }), requests("stream"));
for (const kind of [returns, returnsLater]) {
  const types = [];
  for await (const event of await kind(() => create("promised", { stream: true }))) types.push(event.type);
  console.log("a promised stream", types.join(), requests("promised")());
  const aborted = await kind(() => create("hangs", { stream: true }));
  for await (const event of aborted) if (event.type === "content_block_delta") aborted.controller.abort();
  console.log("abort", aborted.controller.signal.aborted);
  try {
    for await (const event of await kind(() => create("breaks", { stream: true })))
      console.log("before the break", event.type);
  } catch (error) {
    console.log("break", error.constructor.name, error.message);
  }
  const helper = await kind(() => client.messages.stream({ model: "helper", max_tokens: 9, messages: [] }));
  let text = "";
  for await (const event of helper) if (event.type === "content_block_delta") text += event.delta.text;
  console.log("helper", text, (await helper.finalMessage()).content[0].text, requests("helper")());
}
const refusing = new Anthropic({
  apiKey: "none",
  maxRetries: 0,
  fetch: async () =>
    Response.json({ type: "error", error: { type: "invalid_request_error", message: "no" } }, { status: 400 }),
});
await countUnhandled("an error", () => refusing.messages.create({ model: "refuses", max_tokens: 9, messages: [] }));
server.closeAllConnections();
server.close();
