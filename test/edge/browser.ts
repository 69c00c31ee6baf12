/** The machine's own Chromium. */

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { installed } from "../installed.ts";

const CHROMIUM = "/usr/bin/chromium";

/** Whether there is one; says so when there is none. */
export const hasBrowser: boolean = existsSync(CHROMIUM);
if (!hasBrowser) console.warn(`Tests of pages are skipped: there is no ${CHROMIUM} (apt-get install chromium)`);

/** As far as the tests need a page of playwright-core. */
export interface Page {
  goto(url: string): Promise<unknown>;
  evaluate(script: string): Promise<unknown>;
  getByText(
    text: string,
    options?: { exact?: boolean },
  ): { first(): { waitFor(options?: object): Promise<void>; click(): Promise<void> } };
  screenshot(options: { path: string; fullPage?: boolean }): Promise<unknown>;
  close(options?: { readonly runBeforeUnload: boolean }): Promise<void>;
}

export interface Browser {
  newPage(options?: object): Promise<Page>;
  close(): Promise<void>;
}

export function launchBrowser(): Promise<Browser> {
  const { chromium } = createRequire(join(installed("edge"), "package.json"))("playwright-core");
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}
