/** A program that knows nothing of its parent but what the environment says. */

import { init, withSpan } from "../../../runtime/index.ts";

init({ store: process.argv[2] ?? "" });
withSpan(() => {}, { name: "child process" });
