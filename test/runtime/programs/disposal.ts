/** `await using`, bare and traced: who is current where, and how many microtasks a call takes. */

import * as __sw from "../../../runtime/compiled.ts";
import { getCurrentActiveSpan, init } from "../../../runtime/index.ts";

init({ store: false, enabled: true });
const [site] = __sw.sites(2, "disposal.ts", [{ name: "traced", line: 1, kind: "async", runsOn: true }]);

type Resource = AsyncDisposable | Disposable | null;
const places: [string, string | null][] = [];
const note = (place: string) => void places.push([place, getCurrentActiveSpan()?.name ?? null]);

async function bare(first: Resource, second: Resource): Promise<void> {
  {
    await using _first = first;
    await using _second = second;
    note("inside");
  }
  note("after");
}

async function traced(first: Resource, second: Resource): Promise<void> {
  const F = site?.on ? site.open() : __sw.off;
  try {
    {
      using _again = F.reentry();
      await using _first = F.disposable(first);
      await using _second = F.disposable(second, true);
      note("inside");
    }
    note("after");
  } catch (e) {
    throw F.fail(e);
  } finally {
    F.end();
  }
}

const resource = (name: string): AsyncDisposable => ({
  async [Symbol.asyncDispose]() {
    note(name);
    await null;
  },
});
const plain = (name: string): Disposable => ({ [Symbol.dispose]: () => note(name) });

const cases: Record<string, () => [Resource, Resource]> = {
  "two asynchronous": () => [resource("first"), resource("second")],
  "a synchronous one": () => [plain("first"), resource("second")],
  "one and nothing": () => [resource("first"), null],
  "nothing and one": () => [null, resource("second")],
  nothing: () => [null, null],
};

for (const [name, make] of Object.entries(cases)) {
  const [expected, order] = await ticksOf(bare, make());
  const [actual, current] = await ticksOf(traced, make());
  const caller = current.splice(
    current.findIndex(([place]) => place === "caller"),
    1,
  );
  console.log(
    JSON.stringify({
      name,
      ticks: [expected, actual],
      sameOrder:
        order
          .filter(([place]) => place !== "caller")
          .map(([place]) => place)
          .join() === current.map(([place]) => place).join(),
      inside: current.every(([, span]) => span === "traced"),
      caller: caller[0]?.[1] ?? null,
    }),
  );
}

async function ticksOf(run: typeof bare, resources: [Resource, Resource]): Promise<[number, typeof places]> {
  places.length = 0;
  let settled = false;
  run(...resources).then(() => {
    settled = true;
  });
  note("caller");
  let ticks = 0;
  for (; !settled; ticks++) await null;
  return [ticks, [...places]];
}
