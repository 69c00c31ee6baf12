const rejected = [];
process.on("unhandledRejection", (reason) => rejected.push(reason.message));
const plain = (value) => Promise.resolve(value);
const failing = () => Promise.reject(new Error("handled"));
const unhandled = () => Promise.reject(new Error("unhandled sync"));
async function unhandledAsync() { throw new Error("unhandled async"); }
console.log(await plain(1), await failing().catch((error) => error.message));
unhandled(); unhandledAsync();
class Sub extends Promise { extra() { return "extra"; } }
const subclass = () => Sub.resolve(5);
console.log(subclass() instanceof Sub, subclass().extra(), await subclass());
let executed = 0;
class Query { constructor(sql) { this.sql = sql; } where(c) { return new Query(`${this.sql} WHERE ${c}`); } then(ok, no) { executed++; return Promise.resolve(this.sql).then(ok, no); } }
const query = () => new Query("DELETE");
const q = query(); q.where("x");
console.log(executed, await query().where("id = 1"), executed, await query(), executed);
const asyncQuery = async () => query();
console.log(await asyncQuery(), executed);
console.log(await Promise.all([plain(1), query(), asyncQuery()]), executed);
console.log(await query().then((sql) => sql.length, null), await query().then());
const failingQuery = () => ({ then(ok, no) { no(new Error("query failed")); } });
try { await failingQuery(); } catch (error) { console.log(error.message); }
const cached = plain("same"); const getCached = () => cached;
console.log(await getCached() === await getCached(), Object.keys(query()), JSON.stringify(query()));
const map = () => new Map([[1, 2]]);
console.log(map().get(1), [...map()]);
const { promise, resolve } = Promise.withResolvers();
const waits = () => promise; setTimeout(resolve, 1, "late");
console.log(await waits());
await new Promise((done) => setTimeout(done, 5));
console.log(rejected.sort());
