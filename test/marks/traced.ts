import { extname } from "node:path";
import ts from "typescript";
import type { InstrumentOptions } from "../../transformer/instrument.ts";
import { parseWithTypeScript } from "../../transformer/parse/typescript.ts";
import { selectFunctions } from "../../transformer/select.ts";

/** What `instrument` finds in a file, read with TypeScript. */
export function instrumentWithTypeScript(
  code: string,
  id: string,
  { select = "marked", strict = false }: InstrumentOptions,
) {
  const name = extname(id) === ".cjs" ? `${id}.js` : id;
  const syntax = parseWithTypeScript(ts, ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true));
  const { plan, diagnostics } = selectFunctions(syntax, { id, file: id, importBy: "import", select, strict });
  return { sites: plan?.sites.map(({ row }) => row) ?? [], diagnostics };
}
