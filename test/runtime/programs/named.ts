/** Exits while the root of a trace runs whose spans are held for their names. */

import { init, startSpan } from "../../../runtime/index.ts";

init({ store: "own.db", uniqueSpanNames: true });
const root = startSpan({ name: "root" });
for (const name of ["red", "red"]) startSpan({ name, parent: root }).end();
