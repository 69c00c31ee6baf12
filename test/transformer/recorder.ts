import type { CompiledRuntime, Frame, Site } from "../../runtime/contract.ts";

/** A runtime that does nothing but write down what emitted code calls, and how. */
export function recorder(on: boolean): CompiledRuntime & { readonly calls: readonly string[] } {
  const calls: string[] = [];
  const record = (name: string, ...values: readonly unknown[]) =>
    calls.push(`${name}(${values.map((value) => brief(value)).join(", ")})`);
  const through =
    (name: string) =>
    <T>(...values: readonly unknown[]): T => {
      record(name, ...values);
      return values[0] as T;
    };
  const frame = (name: string, on: boolean): Frame => ({
    on,
    configure: through(`${name}.configure`),
    misconfigured: through(`${name}.misconfigured`),
    ret: through(`${name}.ret`),
    fail: through(`${name}.fail`),
    caught: through(`${name}.caught`),
    end: through(`${name}.end`),
    suspend: through(`${name}.suspend`),
    resume: through(`${name}.resume`),
    chunk: through(`${name}.chunk`),
    delegate: through(`${name}.delegate`),
    iterate: through(`${name}.iterate`),
    disposable: through(`${name}.disposable`),
    reentry() {
      record(`${name}.reentry`);
      return { [Symbol.dispose]: () => record(`${name}.reentered`) };
    },
  });
  return {
    calls,
    off: frame("off", false),
    sites: (version, file, rows) =>
      rows.map((row): Site => {
        record("site", version, file, JSON.stringify(row));
        return {
          on,
          open(values) {
            record(`${row.name}.open`, ...(values ?? []));
            return frame(row.name, true);
          },
        };
      }),
  };
}

/** What a value is, to a depth, without running any of its code. */
function brief(value: unknown, depth = 3): string {
  if (typeof value === "function") return `function ${value.name}`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? String(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (depth === 0) return "…";
  if (Array.isArray(value)) return `[${value.map((item) => brief(item, depth - 1)).join(", ")}]`;
  const properties = Object.entries(Object.getOwnPropertyDescriptors(value));
  return `{${properties.map(([name, property]) => `${name}: ${brief(property.value, depth - 1)}`).join(", ")}}`;
}
