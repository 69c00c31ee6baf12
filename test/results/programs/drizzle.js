import { eq } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { drizzle } from "drizzle-orm/sqlite-proxy";
import { openDatabase } from "./database.js";
import { countUnhandled, returns, returnsLater, settleEach } from "./kinds.js";

const { prepare, executed } = openDatabase();
const users = sqliteTable("users", { id: integer("id").primaryKey(), name: text("name") });
const db = drizzle(async (sql, parameters, method) => {
  const statement = prepare(sql);
  if (method === "run") {
    statement.run(...parameters);
    return { rows: [] };
  }
  const rows = statement.all(...parameters).map((row) => Object.values(row));
  return { rows: method === "get" ? rows[0] : rows };
});
const select = () => db.select().from(users).where(eq(users.id, 1));

await settleEach("select", select, executed);
await settleEach("insert", () => db.insert(users).values({ name: "Cyd" }), executed);
await settleEach("a failing one", () => db.select().from(sqliteTable("missing", { id: integer("id") })), executed);
const lazy = returns(select);
console.log("not awaited", executed());
console.log(
  "built upon",
  JSON.stringify(
    await returns(() => db.select().from(users))
      .where(eq(users.id, 2))
      .limit(1),
  ),
  executed(),
);
console.log("later", JSON.stringify(await lazy), JSON.stringify(await lazy), executed());
console.log("methods", lazy.toSQL().sql, JSON.stringify(await returns(select).execute()), executed());
console.log("prepared", JSON.stringify(await returnsLater(() => select().prepare().all())), executed());
await countUnhandled("a failing one", () => db.select().from(sqliteTable("missing", { id: integer("id") })));
