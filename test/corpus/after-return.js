// What of a function's body runs after its `return`.
const seen = [];
const note = (what) => {
  seen.push(what);
  return what;
};
const closing = (name, items) => ({
  [Symbol.iterator]() {
    const inner = items[Symbol.iterator]();
    return { next: () => inner.next(), return: () => ({ done: true, value: note(`closed ${name}`) }) };
  },
});

function inFinally() {
  try {
    return note("returned");
  } finally {
    note("finally");
  }
}
function inCatch() {
  try {
    throw new Error("thrown");
  } catch ({ message }) {
    return note(message);
  } finally {
    note("finally after catch");
  }
}
function fromFinally() {
  try {
    return note("overridden");
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: what it is about.
    if (seen.length > 0) return;
  }
}
function kept() {
  for (;;) {
    try {
      return note("left behind");
    } finally {
      // biome-ignore lint/correctness/noUnsafeFinally: what it is about.
      if (seen.length > 0) break;
    }
  }
  note("went on");
}
function closes() {
  for (const item of closing("loop", [1, 2])) if (item === 1) return note("from the loop");
}
function closesTwo() {
  for (const a of closing("outer", [1])) for (const b of closing("inner", [2])) return;
}
function early(x) {
  if (x) return
  note("late")
}
function onlyThrows() {
  throw note("thrown as it is");
}
function inner() {
  try {
    return () => note("another function's return");
  } catch {
    return;
  }
}
async function awaits() {
  try {
    return await note("awaited");
  } finally {
    await note("finally, awaited");
    note("after it");
  }
}
async function leavesEarly(x) {
  if (await x) return;
  note("not early");
}
const concise = () => note("concise");
const promised = async () => note("promised");

for (const f of [inFinally, inCatch, fromFinally, kept, closes, closesTwo, early, () => early(1), inner(), concise]) {
  console.log(f.name, f());
}
try {
  onlyThrows();
} catch (error) {
  console.log("caught", error);
}
console.log(await awaits(), await leavesEarly(1), await leavesEarly(0), await promised());
console.log(seen.join("\n"));
