import Bluebird from "bluebird";
import { countUnhandled, returns, settleEach } from "./kinds.js";

class Counting extends Promise {
  static made = 0;
  constructor(executor) {
    super(executor);
    Counting.made += 1;
  }
}
const note = () => {
  const { made } = Counting;
  Counting.made = 0;
  return `made ${made}`;
};

await settleEach("bluebird", () => Bluebird.delay(1, "late"));
await settleEach("bluebird that fails", () => Bluebird.reject(new TypeError("no")));
console.log(
  "methods",
  await returns(() => Bluebird.resolve([1, 2, 3]))
    .map((item) => item * 2)
    .filter((item) => item > 2)
    .get(0),
);
const cancelled = returns(() => new Bluebird(() => {}));
console.log("state", cancelled.isPending(), returns(() => Bluebird.resolve(1)).value());
await settleEach("a subclass", () => Counting.resolve(1), note);
await settleEach("a subclass that fails", () => Counting.reject(new TypeError("no")), note);
await countUnhandled("a subclass that fails", () => Counting.reject(new TypeError("no")));
