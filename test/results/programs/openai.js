import OpenAI from "openai";
import { countUnhandled, readEach, returns, returnsLater, settleEach } from "./kinds.js";
import { sendEvents, sendJson, startServer } from "./llm-server.js";

const words = ["Hel", "lo", "!"];
const chunk = (content, finish = null) => ({
  id: "1",
  object: "chat.completion.chunk",
  created: 1,
  model: "m",
  choices: [{ index: 0, delta: content === undefined ? {} : { role: "assistant", content }, finish_reason: finish }],
});
const { url, asked, server } = await startServer((_, { model, stream }, response) => {
  if (model === "refuses")
    return sendJson(
      response,
      { error: { message: "no such model", type: "invalid_request_error", code: "model_not_found" } },
      400,
    );
  if (!stream)
    return sendJson(response, {
      id: "1",
      object: "chat.completion",
      created: 1,
      model,
      choices: [{ index: 0, message: { role: "assistant", content: words.join("") }, finish_reason: "stop" }],
    });
  const events = [...words.map((word) => chunk(word)), chunk(undefined, "stop")].map(
    (event) => `data: ${JSON.stringify(event)}\n\n`,
  );
  if (model === "breaks")
    return sendEvents(response, [events[0], `data: ${JSON.stringify({ error: { message: "overloaded" } })}\n\n`]);
  return sendEvents(
    response,
    model === "hangs" ? events.slice(0, 1) : [...events, "data: [DONE]\n\n"],
    model === "hangs",
  );
});
const client = new OpenAI({ apiKey: "none", baseURL: `${url}/v1`, maxRetries: 0 });
const create = (model, more) =>
  client.chat.completions.create({ model, messages: [{ role: "user", content: "hi" }], ...more });
const text = (answer) => answer.choices[0].message.content;
const delta = (event) => event.choices[0].delta.content ?? "";
const requests = (model) => () => `asked ${asked[model]}`;

await settleEach("a completion", () => create("completion"), requests("completion"));
await settleEach("an error", () => create("refuses"), requests("refuses"));
const { data, response } = await returns(() => create("ways")).withResponse();
console.log("withResponse", text(data), response.headers.get("x-answer"), requests("ways")());
console.log("asResponse", (await returns(() => create("ways")).asResponse()).status, requests("ways")());
const both = returns(() => create("ways"));
console.log("both", text(await both), (await both.asResponse()).status, requests("ways")());
console.log("methods", typeof both.parse, both instanceof Promise, Object.keys(returns(() => both)).join());
for (const kind of [returns, returnsLater])
  console.log("inside", text((await kind(() => create("ways").withResponse())).data), requests("ways")());

const streamed = (model) => create(model, { stream: true });
await readEach("a stream", async () => streamed("stream"), requests("stream"));
for (const kind of [returns, returnsLater]) {
  const items = [];
  for await (const event of await kind(() => streamed("promised"))) items.push(delta(event));
  console.log("a promised stream", items.join("|"), requests("promised")());
  const [left, right] = (await kind(() => streamed("teed"))).tee();
  const read = async (branch) => {
    let all = "";
    for await (const event of branch) all += delta(event);
    return all;
  };
  console.log("tee", await Promise.all([read(left), read(right)]), requests("teed")());
  const stream = await kind(() => streamed("readable"));
  console.log(
    "toReadableStream",
    (await new Response(stream.toReadableStream()).text()).length,
    requests("readable")(),
  );
  const aborted = await kind(() => streamed("hangs"));
  let seen = 0;
  for await (const _ of aborted) {
    seen += 1;
    aborted.controller.abort();
  }
  console.log("abort", seen, aborted.controller.signal.aborted);
  try {
    for await (const event of await kind(() => streamed("breaks"))) console.log("before the break", delta(event));
  } catch (error) {
    console.log("break", error.constructor.name, error.message);
  }
}
const controller = new AbortController();
const cut = returns(() =>
  client.chat.completions.create({ model: "cut", messages: [] }, { signal: controller.signal }),
);
controller.abort();
await cut.catch((error) => console.log("cut", error.constructor.name));
const helper = returns(() => client.chat.completions.stream({ model: "helper", messages: [] }));
let deltas = "";
helper.on("content", (part) => {
  deltas += part;
});
console.log("helper", text(await helper.finalChatCompletion()), deltas);
const refusing = new OpenAI({
  apiKey: "none",
  maxRetries: 0,
  fetch: async () => Response.json({ error: { message: "no" } }, { status: 400 }),
});
await countUnhandled("an error", () => refusing.chat.completions.create({ model: "refuses", messages: [] }));
server.closeAllConnections();
server.close();
