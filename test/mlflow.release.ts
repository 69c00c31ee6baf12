import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { VALUES } from "./delivery/values.ts";
import { hasBrowser, launchBrowser } from "./edge/browser.ts";
import { type MlflowServer, python, startMlflow } from "./mlflow-server.ts";
import { workFolder } from "./programs.ts";

/** A real MLflow server on SQLite, and what its own Python client reads of the traces that were sent to it. */
const reader = join(import.meta.dirname, "compat/mlflow/read.py");
const folder = workFolder("mlflow");

interface ReadSpan {
  readonly name: string;
  readonly id: string;
  readonly parent: string | null;
  readonly [field: string]: unknown;
}

interface ReadTrace {
  readonly spans: readonly ReadSpan[];
  readonly [field: string]: unknown;
}

let server: MlflowServer;
let uri = "";

beforeAll(async () => {
  server = await startMlflow(folder);
  uri = server.uri;
}, 900_000);

afterAll(() => {
  server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the program that makes traces, and reads them back. */
async function traces(experimentName: string, options: object): Promise<Record<string, ReadTrace>> {
  const program = join(import.meta.dirname, "delivery/programs/mlflow.ts");
  const init = JSON.stringify({ ...options, mlflow: { trackingUri: uri, experimentName } });
  const { NODE_ENV: _, ...env } = process.env;
  const child = spawn(process.execPath, [program, init], { env, stdio: ["ignore", "inherit", "pipe"] });
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  const read = spawnSync(python, ["-W", "ignore", reader, uri, experimentName], { encoding: "utf8" });
  return JSON.parse(read.stdout);
}

describe.each([
  ["from the store", () => ({ store: join(folder, "traces.db") })],
  ["from memory", () => ({ store: false })],
])("traces sent %s", (name, place) => {
  let read: Record<string, ReadTrace>;
  beforeAll(async () => {
    read = await traces(`spanwright ${name}`, place());
  }, 120_000);

  test("have their tags, metadata and previews", () => {
    expect(read.values).toMatchObject({
      state: "OK",
      tags: { fruit: "apple", "mlflow.traceName": "values" },
      metadata: { who: "me", "mlflow.trace_schema.version": "3" },
      clientRequestId: "request-1",
      request: '{"question":"what?"}',
      response: '"done"',
    });
  });

  test("have their spans, with types, parents and every kind of value", () => {
    const spans = read.values?.spans ?? [];
    const root = spans.find(({ parent }) => parent === null);
    expect(root).toMatchObject({ name: "values", type: "AGENT", inputs: { question: "what?" }, outputs: "done" });
    for (const [number, value] of VALUES.entries()) {
      const span = spans.find(({ name }) => name === `value ${number}`);
      expect(span).toMatchObject({ parent: root?.id, type: "TOOL", status: "OK", inputs: { value } });
      // MLflow's client reads a text that is the JSON of an object as that object.
      expect(span?.outputs).toEqual(value === '{"x":1}' ? expect.anything() : value);
    }
  });

  test("have their failures and events", () => {
    expect(read.failure).toMatchObject({ state: "ERROR" });
    const [span] = read.failure?.spans ?? [];
    expect(span).toMatchObject({ status: "ERROR", message: "RangeError: too much" });
    expect(span?.events).toMatchObject([
      { name: "step", attributes: { number: 1 } },
      { name: "exception", attributes: { "exception.type": "RangeError", "exception.message": "too much" } },
    ]);
  });

  test("have their tokens counted once in each branch", () => {
    expect(read.tokens?.tokens).toEqual({ input_tokens: 1, output_tokens: 2, total_tokens: 3 });
  });

  test("have the spans that ended after their root", () => {
    expect(read.late?.spans.map(({ name }) => name).sort()).toEqual(["child", "late"]);
  });
});

test.skipIf(!hasBrowser)(
  "MLflow's own page shows a trace with its spans",
  async () => {
    const browser = await launchBrowser();
    try {
      const name = "spanwright on the page";
      await traces(name, { store: false });
      const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
      await page.goto(`${uri}/#/experiments/${await experimentId(name)}/traces`);
      const row = page.getByText('{"question":"what?"}').first();
      await row.waitFor({ timeout: 60_000 });
      // What the page says to newcomers lies above the rows.
      await page.getByText("Got it").first().click();
      await row.click();
      for (const shown of ["value 0", `value ${VALUES.length - 1}`, "what?", "done"]) {
        await page.getByText(shown, { exact: true }).first().waitFor({ timeout: 60_000 });
      }
      await page.screenshot({ path: artefact("mlflow.png") });
    } finally {
      await browser.close();
    }
  },
  180_000,
);

async function experimentId(name: string): Promise<string> {
  const query = `experiment_name=${encodeURIComponent(name)}`;
  const answer = await fetch(`${uri}/api/2.0/mlflow/experiments/get-by-name?${query}`);
  const { experiment } = await answer.json();
  return experiment.experiment_id;
}

/** Where a file goes that somebody may want to look at after the tests. */
function artefact(name: string): string {
  const place = process.env.SPANWRIGHT_ARTEFACTS ?? join(import.meta.dirname, ".tmp/artefacts");
  mkdirSync(place, { recursive: true });
  return join(place, name);
}
