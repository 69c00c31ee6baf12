import { execFileSync, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { Collector as Backend, type DecodedSpan } from "./delivery/collector.ts";
import { emit, names } from "./delivery/programs.ts";
import { freePort } from "./free-port.ts";
import { newFolder } from "./store/folder.ts";

/** A real OpenTelemetry Collector, built from its Go modules, between our sender and a backend of the tests'. */
const folder = join(import.meta.dirname, "compat/collector");
const collector = join(folder, "collector");

const go = spawnSync("go", ["version"], { encoding: "utf8" });
const canBuild = /go1\.(2[6-9]|[3-9]\d)/.test(go.stdout ?? "");
if (!canBuild)
  console.warn(
    `Tests of the OpenTelemetry Collector are skipped: they need Go 1.26, and there is ${go.stdout || "none"}`,
  );

interface Started {
  readonly endpoint: string;
  readonly backend: Backend;
}

/** Starts a Collector that takes OTLP over HTTP and hands it on to a backend. */
async function start(): Promise<Started> {
  const [backend, port] = [await Backend.start(), await freePort()];
  const configuration = {
    receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } },
    exporters: { otlp_http: { endpoint: backend.endpoint } },
    service: {
      telemetry: { metrics: { level: "none" } },
      pipelines: { traces: { receivers: ["otlp"], exporters: ["otlp_http"] } },
    },
  };
  const child = spawn(collector, ["--config", `yaml:${JSON.stringify(configuration)}`], { stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  const endpoint = `http://127.0.0.1:${port}`;
  await expect
    .poll(
      () =>
        fetch(endpoint).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 30_000 },
    )
    .toBe(404);
  return { endpoint, backend };
}

const PLACES = [
  ["from the store", () => ({ store: join(newFolder(), "traces.db") })],
  ["from memory", () => ({ store: false })],
] as const;

describe.skipIf(!canBuild)("the OpenTelemetry Collector", () => {
  beforeAll(() => {
    execFileSync("go", ["build", "-o", collector, "."], { cwd: folder, stdio: "inherit" });
  }, 600_000);

  test.each(PLACES)("takes spans %s once each, and hands them on whole", async (_, place) => {
    const { endpoint, backend } = await start();
    const options = { ...place(), otlp: { endpoint, compression: "gzip" }, resource: { "service.name": "shop" } };
    const { errors } = await emit(5000, "with its counts", options).ended;
    expect(errors).toBe("");
    await expect.poll(() => backend.taken.size, { timeout: 20_000 }).toBe(5000);
    expect(backend.names).toEqual(names(5000));
    expect(backend.repeated).toBe(0);
    const span = [...backend.taken.values()].map((taken) => taken.span).find(({ name }) => name === "s7");
    expect(attributesOf(span)).toMatchObject({ "mlflow.spanType": "UNKNOWN", "mlflow.spanOutputs": "7" });
    expect(span).toMatchObject({ kind: 1, flags: 0x101 });
  });

  test("is not where the endpoint says: the spans wait, and are not lost", async () => {
    const { endpoint, backend } = await start();
    const store = join(newFolder(), "traces.db");
    const wrong = { store, otlp: { endpoint: `${endpoint}/nowhere` } };
    const { errors } = await emit(3, "naturally", wrong).ended;
    expect(errors).toMatch(/answers 404.*its spans wait.*\[SW2205\]/);
    expect(backend.taken.size).toBe(0);
  });
});

function attributesOf(span: DecodedSpan | undefined): Record<string, unknown> {
  return Object.fromEntries((span?.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]]));
}
