import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { createServer } from "node:https";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { newFolder } from "../store/folder.ts";
import { Collector, partialAnswer } from "./collector.ts";
import { emit } from "./programs.ts";

const SECRET = "s3cr3t-t0ken";
const PAIR = Buffer.from(`me:${SECRET}`).toString("base64");

/** Ways in which a program can be given a secret, for a server at an address. */
const GIVEN: Readonly<Record<string, (endpoint: string) => Record<string, string>>> = {
  "a header for OTLP": (endpoint) => ({
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${SECRET}`,
  }),
  "an address": (endpoint) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint.replace("://", `://me:${SECRET}@`) }),
  "a token of MLflow": (endpoint) => ({ MLFLOW_TRACKING_URI: endpoint, MLFLOW_TRACKING_TOKEN: SECRET }),
  "a password of MLflow": (endpoint) => ({
    MLFLOW_TRACKING_URI: endpoint,
    MLFLOW_TRACKING_USERNAME: "me",
    MLFLOW_TRACKING_PASSWORD: SECRET,
  }),
};

/** What servers say that repeat what they were given. */
const WORDS = (authorization: string) =>
  `${authorization} ${authorization.split(" ")[1]} me:${SECRET} ${SECRET} is not known`;

const ANSWERS: readonly (readonly [status: number, body: (authorization: string) => string | Uint8Array])[] = [
  [401, WORDS],
  [400, WORDS],
  [200, (authorization) => partialAnswer(1, WORDS(authorization))],
];

describe.each(Object.entries(GIVEN))("a secret given as %s", (_, given) => {
  test.each(ANSWERS)("shows nowhere when the server answers %i and repeats it", async (status, body) => {
    const collector = await Collector.start();
    collector.manner = (request, response) => {
      response.writeHead(status).end(body(request.headers.authorization ?? ""));
      return true;
    };
    const folder = newFolder();
    const env = { ...given(collector.endpoint), SPANWRIGHT_STORE: join(folder, "traces.db") };
    const { output, errors } = await emit(10, "naturally", {}, env).ended;
    expect(collector.requests[0]?.headers.authorization).toMatch(new RegExp(`${SECRET}|${PAIR}`));
    expect(errors).toMatch(/\[SW22\d\d\]/);
    const kept = globSync(join(folder, "*")).map((file) => readFileSync(file, "latin1"));
    expect(kept.join("")).toContain("s9");
    for (const text of [output, errors, ...kept]) expect(text).not.toMatch(new RegExp(`${SECRET}|${PAIR}`));
  });
});

test("a value under the key of a secret is in no file of the store, not even before it is sent", async () => {
  const folder = newFolder();
  await emit(0, "with a password among its inputs", { store: join(folder, "traces.db") }).ended;
  const kept = globSync(join(folder, "*")).map((file) => readFileSync(file, "latin1"));
  expect(kept.join("")).toContain("[redacted]");
  expect(kept.join("")).not.toContain(SECRET);
});

describe("a server with a certificate that nobody vouches for", () => {
  const begin = async () => {
    const folder = newFolder();
    const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    const files = ["-keyout", key, "-out", certificate];
    const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
    execFileSync("openssl", ["req", "-x509", "-nodes", "-days", "2", ...kind, ...subject, ...files], { stdio: "pipe" });
    let asked = 0;
    const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (request, response) => {
      asked += 1;
      request.resume().on("end", () => response.end());
    });
    await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    return { endpoint: `https://localhost:${port}`, certificate, asked: () => asked };
  };

  test.each([{}, { NODE_TLS_REJECT_UNAUTHORIZED: "0" }])("gets nothing, with %o", async (env) => {
    const { endpoint, asked } = await begin();
    const { errors } = await emit(5, "naturally", { store: false, otlp: { endpoint } }, env).ended;
    expect(errors).toMatch(/cannot be reached: DEPTH_ZERO_SELF_SIGNED_CERT.*\[SW2204\]/);
    expect(asked()).toBe(0);
  });

  test("gets the spans of who trusts it", async () => {
    const { endpoint, certificate, asked } = await begin();
    const { errors } = await emit(5, "naturally", { store: false, otlp: { endpoint, certificate } }).ended;
    expect(errors).toBe("");
    expect(asked()).toBe(1);
  });
});
