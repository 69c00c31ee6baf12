/** Writes the pages of `docs/` that are made from sources: `npm run docs`. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pages } from "./docs/pages.ts";

const docs = join(import.meta.dirname, "../docs");

for (const [name, make] of Object.entries(pages)) writeFileSync(join(docs, name), make());
