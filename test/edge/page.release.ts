import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Collector } from "../delivery/collector.ts";
import { type Browser, hasBrowser, launchBrowser, type Page } from "./browser.ts";
import { bundle, loadedWith, type Output } from "./bundle.ts";
import { families, traceCount } from "./spans.ts";

let outputs: readonly Output[];
beforeAll(async () => {
  outputs = await bundle("page.ts", ["browser"]);
}, 300_000);

/** What the page loads to trace and to send. */
function loaded(): readonly Output[] {
  const [entry] = outputs;
  return entry === undefined ? [] : [...loadedWith(entry, outputs)];
}

describe("the bundle of a page", () => {
  test("names none of Node's modules but by way of getBuiltinModule, and has nothing of the store", () => {
    const code = outputs.map(({ bytes }) => Buffer.from(bytes).toString("utf8")).join("\n");
    expect(code.match(/(from|import)\s*\(?\s*["']node:|CREATE TABLE|node:sqlite|node:http/)?.[0]).toBeUndefined();
  });

  test("is as large as the README says, or smaller", () => {
    const kilobytes = loaded().reduce((sum, { bytes }) => sum + gzipSync(bytes).length, 0) / 1000;
    const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
    const [, promised] = /([\d.]+) kB, minified and in gzip/.exec(readme) ?? [];
    expect(kilobytes).toBeLessThan(Number(promised));
    // A promise that is much too large is none.
    expect(kilobytes).toBeGreaterThan(Number(promised) - 3);
  });
});

describe.skipIf(!hasBrowser)("a page in Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(() => browser.close());

  /** Opens the page; its spans go to a collector. */
  async function open(crossOrigin = false): Promise<{ page: Page; collector: Collector }> {
    const [site, collector] = [await Collector.start(), await Collector.start()];
    site.manner = collector.manner = (request, response) => {
      response.setHeader("access-control-allow-origin", "*");
      response.setHeader("access-control-allow-headers", "content-type");
      if (request.method === "POST") return false;
      const file = outputs.find(({ name }) => request.url === `/${name}`);
      if (file !== undefined) response.setHeader("content-type", "text/javascript").end(file.bytes);
      else if (request.url?.startsWith("/page")) {
        response
          .setHeader("content-type", "text/html")
          .end('<!doctype html><script type="module" src="/main.js"></script>');
      } else response.end("data");
      return true;
    };
    const page = await browser.newPage();
    await page.goto(`${site.endpoint}/page${crossOrigin ? `?collector=${collector.endpoint}` : ""}`);
    return { page, collector: crossOrigin ? collector : site };
  }

  test("keeps the context across await, and says who it is", async () => {
    const { page, collector } = await open();
    expect(await page.evaluate("page.load('/data')")).toBe("<p>data</p>");
    await page.evaluate("page.flushTraces()");
    expect(families(collector)).toEqual(["load", "render < load"]);
    expect(traceCount(collector)).toBe(1);
    await page.close();
  });

  test("sends a while after its spans have ended, to another origin too", async () => {
    const { page, collector } = await open(true);
    await page.evaluate("page.work(1000)");
    await expect.poll(() => collector.taken.size, { timeout: 20_000 }).toBe(1000);
    expect(collector.repeated).toBe(0);
    await page.close();
  });

  test("sends what waits when it is left for another page", async () => {
    const { page, collector } = await open();
    await page.evaluate("page.work(100)");
    await page.goto("about:blank");
    await expect.poll(() => collector.taken.size, { timeout: 20_000 }).toBe(100);
    await page.close();
  });

  test("sends what waits when it is closed", async () => {
    const { page, collector } = await open();
    await page.evaluate("page.work(100)");
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => collector.taken.size, { timeout: 20_000 }).toBe(100);
  });
});
