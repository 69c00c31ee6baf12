import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { newFolder } from "../store/folder.ts";
import { Collector } from "./collector.ts";
import { emit, instrumented } from "./programs.ts";

test("a token shows nowhere, not even when the server repeats it", async () => {
  const collector = await Collector.start();
  collector.manner = (request, response) => {
    response.writeHead(401).end(`${request.headers.authorization} is not known`);
    return true;
  };
  const otlp = { endpoint: collector.endpoint, headers: { authorization: "Bearer s3cr3t-token" } };
  const { errors } = await emit(10, "naturally", { store: join(newFolder(), "traces.db"), otlp }).ended;
  expect(collector.requests[0]?.headers.authorization).toBe("Bearer s3cr3t-token");
  expect(errors).toMatch(/401 \(\[redacted\] is not known\); its spans wait.*\[SW2205\]/);
  expect(errors).not.toContain("s3cr3t");
});

test("a server that closes a connection it kept is no outage: the spans go by another, and nothing is said", async () => {
  const collector = await Collector.start();
  const used = new WeakSet<object>();
  let closed = 0;
  collector.manner = ({ socket }) => {
    const closes = used.has(socket) && closed === 0;
    used.add(socket);
    if (!closes) return false;
    closed += 1;
    socket.resetAndDestroy();
    return true;
  };
  const otlp = { endpoint: collector.endpoint };
  const { errors } = await emit(10_000, "with its counts", { store: false, otlp }).ended;
  expect([closed, collector.taken.size, errors]).toEqual([1, 10_000, ""]);
});

test("a redirect is not followed", async () => {
  const collector = await Collector.start();
  collector.manner = (_request, response) => {
    response.writeHead(307, { location: "http://127.0.0.1:1/" }).end();
    return true;
  };
  const { errors } = await emit(1, "naturally", {
    store: join(newFolder(), "traces.db"),
    otlp: { endpoint: collector.endpoint },
  }).ended;
  expect(errors).toMatch(/answers 307.*redirects are not followed.*\[SW2205\]/);
});

test("our own requests are not traced by those who trace a program's requests", async () => {
  const collector = await Collector.start();
  const { code, errors } = await instrumented({ store: false, otlp: { endpoint: collector.endpoint } }).ended;
  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  expect([...collector.taken.values()].map(({ span }) => span.name)).toEqual(["inner", "outer"]);
});

describe("OpenTelemetry's variables", () => {
  test("say where, with what headers, as whom and how", async () => {
    const collector = await Collector.start();
    await emit(
      5,
      "naturally",
      { store: false },
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.endpoint}/base`,
        OTEL_EXPORTER_OTLP_HEADERS: "x-one=1,x-two=a%20b",
        OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: "gzip",
      },
    ).ended;
    expect(collector.taken.size).toBe(5);
    expect(collector.requests[0]?.headers).toMatchObject({
      "x-one": "1",
      "x-two": "a b",
      "content-encoding": "gzip",
      "content-type": "application/x-protobuf",
    });
  });

  test("that name grpc are answered with what to set instead", async () => {
    const { errors } = await emit(
      1,
      "naturally",
      { store: false },
      {
        OTEL_TRACES_EXPORTER: "otlp",
        OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
      },
    ).ended;
    expect(errors).toMatch(/grpc.*http\/protobuf.*4318.*\[SW2203\]/);
  });

  test("that name the console print a line for each span", async () => {
    const { output } = await emit(2, "by process.exit", { store: false }, { OTEL_TRACES_EXPORTER: "console" }).ended;
    const lines = output
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).name);
    expect(lines).toEqual(["s0", "s1"]);
  });
});
