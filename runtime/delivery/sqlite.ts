import { failure } from "./failures.ts";

type Sqlite = typeof import("node:sqlite");

/**
 * The engine of the store at `path`: node:sqlite. Throws `SW2001` where there is none.
 *
 * Node announces its SQLite as experimental on standard error up to Node 24.14. A traced program's output
 * must not change, so that one warning is dropped, and only while the module loads.
 */
export function loadSqlite(path: string): Sqlite {
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (!String(warning).startsWith("SQLite is an experimental feature")) {
      Reflect.apply(emitWarning, process, [warning, ...rest]);
    }
  };
  try {
    // The declared type knows no Node without the module.
    const sqlite: Sqlite | undefined = process.getBuiltinModule("node:sqlite");
    if (sqlite === undefined) throw failure("noEngine", path, `Node ${process.versions.node}`);
    return sqlite;
  } finally {
    process.emitWarning = emitWarning;
  }
}
