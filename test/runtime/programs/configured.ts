/**
 * Runs a traced function and says whether it was recorded. The first argument is a JSON text: what `init` is
 * given, `null` for no call of it.
 */

import * as __sw from "../../../runtime/compiled.ts";
import { init } from "../../../runtime/index.ts";

const [site] = __sw.sites(2, "configured.ts", [{ name: "f", line: 1, params: ["password"] }]);
const options = JSON.parse(process.argv[2] ?? "null");
if (options !== null) init(options);

function f(password: string): string {
  const F = site?.on ? site.open([password]) : __sw.off;
  try {
    return F.ret("done");
  } catch (e) {
    throw F.fail(e);
  }
}

f("pw");
console.log(JSON.stringify(site?.on));
