import { Kysely, SqliteDialect } from "kysely";
import { openDatabase } from "./database.js";
import { countUnhandled, readEach, returns, returnsLater, settleEach } from "./kinds.js";

const { prepare, executed } = openDatabase();
const database = {
  close() {},
  prepare(sql) {
    const statement = prepare(sql);
    return {
      reader: statement.columns.length > 0,
      all: (parameters) => statement.all(...parameters),
      run: (parameters) => statement.run(...parameters),
      iterate: (parameters) => statement.iterate(...parameters),
    };
  },
};
const db = new Kysely({ dialect: new SqliteDialect({ database }) });
const select = () => db.selectFrom("users").selectAll().where("id", "=", 1);

await settleEach("a promise", () => select().execute(), executed);
await settleEach("the first row", () => select().executeTakeFirst(), executed);
await settleEach("a failing one", () => db.selectFrom("missing").selectAll().execute(), executed);
const query = returns(select);
console.log("a query is a value", query.compile().sql, executed());
console.log(
  "run twice",
  JSON.stringify(await query.execute()),
  JSON.stringify(await returnsLater(() => query.execute())),
  executed(),
);
await readEach("a stream", () => db.selectFrom("users").selectAll().stream(), executed);
console.log(
  "a transaction",
  JSON.stringify(
    await returns(() => db.transaction().execute((within) => within.selectFrom("users").select("name").execute())),
  ),
  executed(),
);
await countUnhandled("a failing one", () => db.selectFrom("missing").selectAll().execute());
await db.destroy();
