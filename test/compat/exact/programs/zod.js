import { z } from "zod";
import { short } from "./texts.js";

const Node_ = z.object({
  name: z.string().min(2).regex(/^n/),
  get children() {
    return z.array(Node_);
  },
});
const Row = z
  .object({
    id: z.number().int().positive(),
    mail: z.email().optional(),
    kind: z.discriminatedUnion("type", [
      z.object({ type: z.literal("a"), a: z.string() }),
      z.object({ type: z.literal("b"), b: z.bigint() }),
    ]),
    when: z.coerce.date(),
    tags: z.set(z.enum(["x", "y"])).default(new Set(["x"])),
    map: z.record(z.string(), z.union([z.number(), z.null()])),
    tuple: z.tuple([z.string(), z.number()]).rest(z.boolean()),
  })
  .refine((row) => row.id < 900, { error: "too large", path: ["id"] });
const good = (id) => ({
  id,
  kind: { type: id % 2 ? "a" : "b", a: "x", b: 1n },
  when: id,
  map: { k: id, n: null },
  tuple: ["a", 1, true],
});
const show = (value) =>
  JSON.stringify(value, (_, each) => (typeof each === "bigint" ? `${each}n` : each instanceof Set ? [...each] : each));
const rows = Array.from({ length: 1000 }, (_, id) => Row.safeParse(good(id)));
console.log(rows.filter((row) => row.success).length, short(show(rows.map(({ data, error }) => data ?? error.issues))));
const wrong = Row.safeParse({
  id: 1.5,
  mail: "no",
  kind: { type: "c" },
  when: "x",
  tags: new Set(["z"]),
  map: { a: "b" },
  tuple: [],
});
console.log(z.prettifyError(wrong.error), wrong.error instanceof z.ZodError, show(z.treeifyError(wrong.error)));
console.log(show(Node_.parse({ name: "na", children: [{ name: "nb", children: [] }] })));
const later = z
  .string()
  .transform(async (text) => text.length)
  .pipe(z.number().refine(async (length) => length > 2, "short"));
console.log(await later.parseAsync("long"), show((await later.safeParseAsync("s")).error?.issues));
console.log(show(z.toJSONSchema(Node_)));
