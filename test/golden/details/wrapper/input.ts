import { trace } from "spanwright";
import * as sw from "spanwright";

export const answer = trace(async (question: string) => {
  return await model(question);
}, { name: "answer", spanType: "LLM" });

export const letters = sw.trace(function* (text: string) {
  yield* text;
}, { outputReducer: join });

class Service {
  readonly load = trace(
    // Reads one row.
    (id: number) => this.table.get(id),
    { attributes: { table: this.table.name } },
  );
}

export default trace(() => 1);

const pow = trace(Math.pow);
const shared = trace((x: number) => x, options);

begin()
trace(async function main() {})().catch(report)
