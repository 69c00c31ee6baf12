import knex from "knex";
import Client from "knex/lib/dialects/sqlite3/index.js";
import { openDatabase } from "./database.js";
import { countUnhandled, readEach, returns, returnsLater, settleEach } from "./kinds.js";

const { prepare, executed } = openDatabase();
/** Knex's own SQLite dialect over Node's driver. */
class NodeSqlite extends Client {
  _driver() {
    return {};
  }
  async acquireRawConnection() {
    return {};
  }
  async destroyRawConnection() {}
  async _query(_, query) {
    const statement = prepare(query.sql);
    if (query.method === "select" || query.method === "first" || query.method === "pluck")
      return { ...query, response: statement.all(...query.bindings) };
    const { changes, lastInsertRowid } = statement.run(...query.bindings);
    return { ...query, response: [], context: { changes, lastID: lastInsertRowid } };
  }
  async _stream(_, query, stream) {
    for (const row of prepare(query.sql).all(...query.bindings)) stream.write(row);
    stream.end();
  }
}
const db = knex({ client: NodeSqlite, connection: { filename: ":memory:" }, useNullAsDefault: true });

await settleEach("select", () => db("users").where({ id: 1 }), executed);
await settleEach("insert", () => db("users").insert({ name: "Cyd" }), executed);
await settleEach("a failing one", () => db("missing").where({ id: 1 }), executed);
const lazy = returns(() => db("users").where({ id: 1 }));
console.log("not awaited", executed());
console.log(
  "built upon",
  JSON.stringify(
    await returns(() => db("users").where("id", "<", 3))
      .orderBy("id", "desc")
      .first(),
  ),
  executed(),
);
console.log("later", JSON.stringify(await lazy), JSON.stringify(await lazy), executed());
console.log(
  "methods",
  lazy.toString(),
  JSON.stringify(await returns(() => db("users").pluck("name").limit(2))),
  executed(),
);
console.log(
  "catch and finally",
  await returns(() => db("missing"))
    .catch(({ message }) => message)
    .finally(() => console.log("finally")),
  executed(),
);
console.log(
  "clone",
  JSON.stringify(await returnsLater(() => returns(() => db("users").where({ id: 2 })).clone())),
  executed(),
);
await readEach("a stream", () => db("users").where("id", "<", 3).stream(), executed);
await countUnhandled("a failing one", () => db("missing").where({ id: 1 }));
await db.destroy();
