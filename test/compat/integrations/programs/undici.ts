import { registerInstrumentations } from "@opentelemetry/instrumentation";
import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici";

registerInstrumentations({ instrumentations: [new UndiciInstrumentation()] });

// @trace
async function load(url: string) {
  const response = await fetch(url, { method: "POST", body: "{}" });
  return response.status;
}

console.log(await load(`${process.env.OPENAI_BASE_URL}/embeddings`));
