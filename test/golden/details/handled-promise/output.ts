// @trace
import * as __sw from "spanwright/runtime"; export function load(url: string): Promise<Response> { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([url]) : __sw.off; try {
  const response = fetch(url);
  response.catch(() => {});
  return __swF.ret(response, true);
} catch (__swE) { throw __swF.fail(__swE); }}

// @trace
export function passed(response: Promise<Response>, quiet: boolean): Promise<Response> { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([response, quiet]) : __sw.off; try {
  if (quiet) response.catch(() => {});
  return __swF.ret(response);
} catch (__swE) { throw __swF.fail(__swE); }}
var __sw0, __sw1, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/handled-promise.ts", [{"name":"load","line":2,"params":["url"]}, {"name":"passed","line":9,"params":["response","quiet"]}]))[i]; }
