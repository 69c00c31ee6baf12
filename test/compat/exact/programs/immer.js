import {
  applyPatches,
  castDraft,
  createDraft,
  current,
  enableMapSet,
  enablePatches,
  finishDraft,
  immerable,
  isDraft,
  original,
  produce,
  produceWithPatches,
} from "immer";
import { short } from "./texts.js";

enablePatches();
enableMapSet();
class Account {
  [immerable] = true;
  constructor(balance) {
    this.balance = balance;
  }
  get double() {
    return this.balance * 2;
  }
}
let state = {
  rows: Array.from({ length: 500 }, (_, id) => ({ id, tags: [] })),
  map: new Map([["a", { x: 1 }]]),
  set: new Set([1]),
  account: new Account(5),
};
const log = [];
for (let round = 0; round < 60; round++) {
  const [next, patches, inverse] = produceWithPatches(state, (draft) => {
    draft.rows[round].tags.push(`t${round}`);
    draft.rows.splice(round * 2, 1, { id: -round, tags: castDraft(["s"]) });
    draft.rows.sort((a, b) => a.id - b.id);
    draft.map.set(`k${round}`, { x: draft.account.double });
    draft.map.get("a").x += original(draft).rows.length;
    draft.set.add(round);
    draft.account.balance -= isDraft(draft.account) ? 1 : 0;
    if (round % 10 === 0) log.push(current(draft).rows.length);
  });
  log.push(
    patches.length,
    inverse.length,
    JSON.stringify(applyPatches(next, inverse).rows) === JSON.stringify(state.rows),
  );
  state = next;
}
console.log(
  short(log.join()),
  short(JSON.stringify({ ...state, map: [...state.map], set: [...state.set] })),
  Object.isFrozen(state.rows[0]),
);
const draft = createDraft(state);
draft.account.balance = 0;
console.log(finishDraft(draft).account instanceof Account, produce(state, () => {}) === state);
for (const wrong of [
  (d) => {
    d.rows = 1;
    return {};
  },
  () => {
    throw new RangeError("mine");
  },
]) {
  try {
    produce(state, wrong);
  } catch (error) {
    console.log(error.name, error.message);
  }
}
try {
  state.rows.push(1);
} catch (error) {
  console.log(error.name);
}
