/** A program as it is written against MLflow's TypeScript SDK; only its import is ours. */

import { expect } from "vitest";
import {
  flushTraces,
  getCurrentActiveSpan,
  getLastActiveTraceId,
  init,
  type LiveSpan,
  MlflowClient,
  SpanStatusCode,
  SpanType,
  startSpan,
  trace,
  updateCurrentTrace,
  withSpan,
} from "../../runtime/index.ts";

/** @param trackingUri of the server that it reads from; `undefined`: from the store */
export async function behavesAsThere(experimentId: string, trackingUri?: string): Promise<void> {
  const server = trackingUri === undefined ? {} : { trackingUri };
  init({ ...server, experimentId, trackingServerUsername: "me", trackingServerPassword: "secret" });
  const client = new MlflowClient({ ...server, host: "http://localhost:5000" });

  const embed = trace((text: string) => text.length, { name: "embed", spanType: SpanType.EMBEDDING });
  const answer = trace(
    async (question: string): Promise<string> => {
      updateCurrentTrace({
        tags: { fruit: "apple" },
        metadata: { build: "7" },
        clientRequestId: "c-1",
        responsePreview: "short",
      });
      const size = await withSpan(
        async (span: LiveSpan) => {
          span.setAttributes({ model: "small" });
          span.addEvent({ name: "asked", attributes: { n: 1 } });
          return embed(question);
        },
        { name: "lookup", spanType: SpanType.RETRIEVER, inputs: { question } },
      );
      const manual = startSpan({ name: "manual", parent: getCurrentActiveSpan() ?? undefined, attributes: { size } });
      manual.end({ outputs: "ok", status: SpanStatusCode.OK });
      expect([manual.status.statusCode, manual.getAttribute("size"), manual.outputs]).toEqual(["OK", 3, "ok"]);
      return question.toUpperCase();
    },
    { name: "answer" },
  );
  expect(await answer("why")).toBe("WHY");
  await flushTraces();

  const traceId = getLastActiveTraceId();
  const found = await client.getTrace(traceId ?? "");
  expect(found?.info).toMatchObject({
    state: "OK",
    experimentId,
    clientRequestId: "c-1",
    responsePreview: "short",
    tags: { fruit: "apple", "mlflow.traceName": "answer" },
    traceMetadata: { build: "7" },
  });
  const spans = found?.data.spans ?? [];
  expect(spans.map(({ name, spanType, status }) => [name, spanType, status.statusCode])).toEqual([
    ["embed", "EMBEDDING", "OK"],
    ["lookup", "RETRIEVER", "OK"],
    ["manual", "UNKNOWN", "OK"],
    ["answer", "UNKNOWN", "OK"],
  ]);
  expect(spans[1]?.inputs).toEqual({ question: "why" });
  expect(spans[1]?.getAttribute("model")).toBe("small");
  expect(spans[3]?.outputs).toBe("WHY");
}
