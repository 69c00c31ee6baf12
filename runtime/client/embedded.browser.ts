/** Stands in for embedded.ts in the build for pages and workers, which have no files. */

import { problem } from "./failures.ts";

export const embeddedStore: typeof import("./embedded.ts").embeddedStore = () => {
  throw problem("noStore");
};
