/** Stands in for connect.ts in the build for pages and workers: a page that is left has no time to load anything. */

import { OtlpClient } from "./client.ts";

export const connect: typeof import("./connect.ts").connect = async (target, settings) =>
  new OtlpClient(target, settings, "text");
