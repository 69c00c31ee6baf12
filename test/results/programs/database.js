import { DatabaseSync } from "node:sqlite";

/** A database in memory that notes every statement it runs. */
export function openDatabase() {
  const database = new DatabaseSync(":memory:");
  database.exec(
    "create table users (id integer primary key, name text); insert into users values (1, 'Ada'), (2, 'Bob')",
  );
  const executed = [];
  return {
    prepare(sql) {
      const statement = database.prepare(sql);
      const note =
        (run) =>
        (...parameters) => {
          executed.push([sql, ...parameters].join(" ; "));
          return run(...parameters);
        };
      return {
        columns: statement.columns().map(({ name }) => name),
        all: note((...parameters) => statement.all(...parameters)),
        run: note((...parameters) => statement.run(...parameters)),
        iterate: note((...parameters) => statement.iterate(...parameters)),
      };
    },
    /** What was run since the last time. */
    executed: () => executed.splice(0).join(" | ") || "nothing",
  };
}
