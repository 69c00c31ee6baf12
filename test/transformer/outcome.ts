import ts from "typescript";
import { compile, type Way } from "./emitters.ts";
import { recorder } from "./recorder.ts";

/** Runs a program: what its `run` results in, and the calls its functions make of the runtime. */
export async function outcome(
  way: Way,
  program: string,
  options: ts.CompilerOptions,
  id = "program.ts",
  on = true,
): Promise<{ readonly result: unknown; readonly calls: readonly string[] }> {
  const runtime = recorder(on);
  const modules: Readonly<Record<string, unknown>> = { "spanwright/runtime": runtime, spanwright: { trace() {} } };
  const exports: { run?: () => unknown } = {};
  const { code } = compile(way, program, id, { module: ts.ModuleKind.CommonJS, ...options });
  new Function("exports", "require", code)(exports, (name: string) => modules[name]);
  return { result: await exports.run?.(), calls: runtime.calls };
}
