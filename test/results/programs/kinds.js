/** Functions of every kind that hand on what they are given, and what becomes of it. */

// @trace { inputs: false }
export function returns(make) {
  return make();
}

// @trace { inputs: false }
export async function returnsLater(make) {
  return make();
}

// @trace { inputs: false }
export async function awaits(make) {
  const value = await make();
  return value;
}

// @trace { inputs: false }
export function* yields(make) {
  yield make();
}

// @trace { inputs: false }
export async function* yieldsLater(make) {
  yield make();
}

// @trace { inputs: false }
export async function* delegates(make) {
  yield* make();
}

// @trace { inputs: false }
export async function iterates(make) {
  const items = [];
  for await (const item of make()) items.push(item);
  return items;
}

async function first(items) {
  for await (const item of items) return item;
  return undefined;
}

/** Ways to get what a promise or a thenable stands for. */
const ways = {
  returns: (make) => returns(make),
  "returns, with then": (make) => returns(make).then((value) => value),
  returnsLater: (make) => returnsLater(make),
  awaits: (make) => awaits(make),
  yields: (make) => yields(make).next().value,
  yieldsLater: (make) => first(yieldsLater(make)),
  "returns twice over": (make) => returns(() => returns(make)),
  "returnsLater twice over": (make) => returnsLater(() => returnsLater(make)),
};

/**
 * Prints what becomes of a promise or a thenable on each way.
 *
 * @param note what else there is to see after each, such as how often something ran
 */
export async function settleEach(label, make, note = () => "") {
  for (const [way, go] of Object.entries(ways)) {
    const outcome = await Promise.resolve()
      .then(() => go(make))
      .then(show, (error) => `${error?.constructor?.name}: ${error?.message}`);
    console.log(`${label} | ${way} |`, outcome, note());
  }
}

/** Prints what an async iterable yields on each way, read to the end and left after the first item. */
export async function readEach(label, make, note = () => "") {
  const readers = {
    returns: (source) => returns(source),
    "returns an awaited one": (source) => source(),
    delegates: (source) => delegates(source),
  };
  for (const [way, read] of Object.entries(readers)) {
    const items = [];
    for await (const item of read(await held(make))) items.push(show(item));
    console.log(`${label} | ${way} |`, items.join(" "), note());
    for await (const item of read(await held(make))) {
      console.log(`${label} | ${way}, left |`, show(item), note());
      break;
    }
  }
  console.log(`${label} | iterates |`, show(await iterates(await held(make))), note());
}

/** What makes a stream may be asynchronous; what is read must be the stream itself. */
async function held(make) {
  const stream = await make();
  return () => stream;
}

function show(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * Prints which rejections nobody handles when a result is dropped, and when it is handled.
 *
 * @param over resolves when everything that can happen has happened
 */
export async function countUnhandled(label, make, over = turns) {
  let seen = [];
  const note = (reason) => seen.push(reason?.constructor?.name ?? reason);
  process.on("unhandledRejection", note);
  const uses = {
    dropped: () => {},
    "then dropped": (result) => void result.then((value) => value),
    handled: (result) => void result.then(undefined, () => {}),
    "handled later in the job": (result) => queueMicrotask(() => result.then(undefined, () => {})),
  };
  for (const [way, go] of Object.entries({ returns, returnsLater, awaits })) {
    for (const [name, use] of Object.entries(uses)) {
      seen = [];
      use(go(make));
      await over();
      console.log(`${label} | ${way}, ${name} | unhandled`, seen.join() || "none");
    }
  }
  process.off("unhandledRejection", note);
}

/** Many turns of the event loop, of which what waits for no other process and no timer needs a few. */
async function turns() {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}
