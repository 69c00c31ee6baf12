// What the engine's own messages quote, when it is an `await`, a `yield` or what is iterated over.
const nothing = async () => null, five = async () => 5, plain = 5, object = { p: 5, deep: { q: 5 }, f: () => 5 };
const noNext = { [Symbol.asyncIterator]: () => ({}) }, badNext = { [Symbol.asyncIterator]: () => ({ next: 5 }) };
const shapes = {
  async destructures() { const { a } = await nothing(); },
  async destructuresNothing() { const {} = await nothing(); },
  async destructuresRest() { const { ...rest } = await nothing(); },
  async assigns() { let a; ({ a } = await nothing()); },
  async listAssigned() { let a; [a] = await five(); },
  async loops() { for (const x of await five()); },
  async calls() { (await five())(); },
  async callsWhatItReturned() { (await object.f)()(); },
  async method() { (await five()).foo(); },
  async computedMethod() { (await five())["foo" + 1](); },
  async deepMethod() { (await object).deep.q(); },
  async property() { (await nothing()).x; },
  async makes() { new (await five())(); },
  async makesProperty() { new (await five()).x(); },
  async spreads() { return [...(await five())]; },
  async spreadsNull() { return [...(await nothing())]; },
  async searches() { return "x" in (await five()); },
  async tagged() { return (await five())`x`; },
  async optional() { return (await five())?.(); },
  async either() { const { a } = (await nothing()) || (await nothing()); },
  async twice() { const { a } = await await nothing(); },
  *yields() { const { a } = yield; },
  *yieldsAndCalls() { (yield 1)(); },
  *yieldsAndSpreads() { return [...(yield 1)]; },
  *yieldsAMethod() { (yield 1).foo(); },
  *delegates() { const { a } = yield* []; },
  async *yieldsLater() { const { a } = yield 1; },
  async list() { const [a] = await nothing(); },
  async listOfNumber() { const [a, ...b] = await five(); },
  async emptyList() { let [] = await nothing(); },
  async listInCatch() { try { throw 1; } catch { const [a] = await undefined; } },
  async listOfObject() { const [a] = await object; },
  async listOfOther() { await nothing(); const [a] = nothing; },
  async listOfArgument() { (([a]) => a)(await nothing()); },
  async listOrNot() { const [a] = plain ? await nothing() : 1; },
  *yieldsAList() { const [a] = yield 1; },
  *delegatesAList() { const [a] = yield* []; },
  *overNumber() { yield* 5; },
  *overName() { const x = yield* plain; },
  *overNothing() { return yield* undefined; },
  *overNull() { yield* null; },
  *overProperty() { yield* object.p; },
  *overDeep() { yield* object.deep.q; },
  *overCall() { yield* object.f(); },
  *overNew() { yield* new Object(); },
  *overYield() { yield* yield; },
  *overArrow() { yield* (() => 1); },
  *overObject() { yield* {}; },
  *overBadNext() { yield* { [Symbol.iterator]: () => ({}) }; },
  *overBadOpen() { yield* { [Symbol.iterator]: 5 }; },
  *overBadCall() { yield* ((x) => x)({ [Symbol.iterator]: () => ({}) }); },
  async *overNumberLater() { yield* 5; },
  async *overNameLater() { yield* plain; },
  async *overNothingLater() { yield* undefined; },
  async *overPropertyLater() { yield* object.p; },
  async *overCallLater() { yield* object.f(); },
  async *overAwait() { yield* await five(); },
  async *overObjectLater() { yield* {}; },
  async *overBadNextLater() { yield* noNext; },
  async iteratesKey() { for await (const x of object["p"]); },
  async iteratesComputed() { const k = "p"; for await (const x of object[k]); },
  async iteratesItem() { const list = [5]; for await (const x of list[0]); },
  async iteratesMeta() { for await (const x of import.meta); },
  async iterates() { for await (const x of plain); },
  async iteratesProperty() { for await (const x of object.p); },
  async iteratesDeep() { for await (const x of object.deep.q); },
  async iteratesCall() { for await (const x of object.f()); },
  async iteratesOwnCall() { for await (const x of plainFive(1, 2)); },
  async iteratesAwait() { for await (const x of await five()); },
  async iteratesArrow() { for await (const x of () => 1); },
  async iteratesParenthesised() { for await (const x of (plain)); },
  async iteratesNull() { for await (const x of await nothing()); },
  async iteratesNumber() { for await (const x of 5); },
  async iteratesWithoutNext() { for await (const x of noNext); },
  async iteratesBadNext() { for await (const x of badNext); },
  async iteratesPrivate() { await Private.run(); },
};
function plainFive() { return 5; }
class Private { #p = 5; static async run() { const it = new Private(); for await (const x of it.#p); } }
async function settle(f) {
  try {
    const result = f();
    if (typeof result?.next !== "function") return `gave ${await result}`;
    for (let step = await result.next(); !step.done; step = await result.next(null));
    return "ended";
  } catch (error) { return `${error.name}: ${error.message} | ${error.stack.split("\n")[0]}`; }
}
for (const [name, f] of Object.entries(shapes)) console.log(name, await settle(f));
async function sees() { try { const { a } = await nothing(); } catch (error) { return [error.message, error.stack.split("\n")[0], Object.getOwnPropertyDescriptor(error, "message").enumerable]; } }
async function seesPart() { try { (await five()).foo(); } catch ({ message, constructor: { name = await nothing() } }) { let shadow = message; return [shadow, name, ((message) => message)("own")]; } }
async function seesLater() { try { for await (const x of plain); } catch (failure) { await null; return failure.message; } finally { await null; } }
async function rethrows() { try { (await five())(); } catch (error) { throw error; } }
function* seesInGenerator() { try { const { a } = yield; } catch (error) { yield error.message; } try { (yield)(); } catch ({ message: [first] }) { yield first; } }
async function keepsOwn() { try { await null; throw new TypeError("resume(...) is the program's own"); } catch (error) { return error.message; } }
async function frozen() { try { await null; throw Object.freeze(new TypeError("frozen")); } catch (error) { return [Object.isFrozen(error), error.message]; } }
const g = seesInGenerator(); g.next();
console.log(await sees(), await seesPart(), await seesLater(), await settle(rethrows), g.next(null), g.next(), g.next(5), await keepsOwn(), await frozen());
