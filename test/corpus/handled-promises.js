// Promises that have a handler when a plain function returns them: nobody need handle them again, and each is the
// very promise that was made, which settles when it did.
const noop = () => {};
let made;

const kinds = {
  caught() {
    const promise = (made = Promise.reject(new Error("no")));
    promise.catch(noop);
    return promise;
  },
  then() {
    const first = 1,
      promise = (made = Promise.reject(new Error("no")));
    promise.then(() => first, noop);
    return promise;
  },
  finally() {
    const promise = (made = Promise.resolve(1));
    promise.finally(noop);
    return promise;
  },
  later() {
    const promise = Promise.resolve().then(async () => { throw new Error("no"); });
    promise.catch(noop);
    made = promise;
    return promise;
  },
  arrow: (fails) => {
    if (fails) {
      const promise = (made = Promise.reject(new Error("no")));
      promise.catch(noop);
      return promise;
    }
    const promise = 7;
    return promise;
  },
  overridden() {
    try {
      const promise = (made = Promise.reject(new Error("no")));
      promise.catch(noop);
      return promise;
    } finally {
      // biome-ignore lint/correctness/noUnsafeFinally: that is the case.
      return (made = "something else");
    }
  },
  thenable() {
    const promise = (made = { catch: noop, then: (resolve) => void resolve("from a thenable") });
    promise.catch(noop);
    return promise;
  },
  derived() {
    class Derived extends Promise {}
    const promise = (made = Derived.resolve("derived"));
    promise.catch(noop);
    return promise;
  },
  own() {
    const promise = (made = Object.assign(Promise.resolve("with its own"), { catch: () => "nothing caught" }));
    promise.catch(noop);
    return Object.is(promise, made);
  },
  async asynchronous() {
    const promise = (made = Promise.resolve("async"));
    promise.catch(noop);
    return promise;
  },
};

const unhandled = [];
process.on("unhandledRejection", (reason) => unhandled.push(reason.message));
const settle = () => new Promise((resolve) => setImmediate(resolve));

for (const [name, make] of Object.entries(kinds)) {
  make(true);
  await settle();
  const result = (made = true);
  console.log(name, result === made, unhandled.splice(0).join());
  let ticks = 0;
  let settled = false;
  const stop = () => (settled = true);
  Promise.prototype.then.call(Promise.resolve(result), stop, stop);
  for (; !settled; ticks++) await null;
  console.log(ticks, await Promise.resolve(result).catch((error) => error.message));
  await settle();
  console.log(unhandled.splice(0).join());
}

// What only looks like it is as it was: nobody has handled these.
const lookalikes = {
  another() {
    const promise = Promise.reject(new Error("another"));
    const other = Promise.resolve();
    other.catch(noop);
    return promise;
  },
  inside() {
    const promise = Promise.reject(new Error("inside"));
    const never = () => promise.catch(noop);
    return promise;
  },
  sometimes(does) {
    const promise = Promise.reject(new Error("sometimes"));
    if (does) promise.catch(noop);
    return promise;
  },
};
for (const run of Object.values(lookalikes)) {
  run(false);
  await settle();
  console.log(unhandled.splice(0).join());
}
