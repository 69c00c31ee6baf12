/** Writes full batches of one trace each into the store at the path given, and prints a line after each. */

import { writeSync } from "node:fs";
import { openStore } from "../../../runtime/delivery/store.ts";
import { fullBatch } from "../spans.ts";

const [path = "", batches = "0", writer = "0"] = process.argv.slice(2);
const store = openStore(path);
for (let batch = 0; batch < Number(batches); batch++) {
  store.write(fullBatch(writer + batch.toString(16).padStart(31, "0")));
  writeSync(1, "batch\n");
}
store.close();
