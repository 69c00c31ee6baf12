import * as rx from "rxjs";
import { TestScheduler } from "rxjs/testing";

const scheduler = new TestScheduler((actual, expected) => {
  console.log(JSON.stringify(actual) === JSON.stringify(expected), actual.length);
});
scheduler.run(({ cold, hot, expectObservable, expectSubscriptions }) => {
  const source = cold("-a--b--c---|");
  expectObservable(
    source.pipe(
      rx.debounceTime(2),
      rx.map((x) => x.toUpperCase()),
    ),
  ).toBe("---A--B--C-|");
  expectObservable(
    hot("--a--^--b--#").pipe(
      rx.retry(1),
      rx.catchError(() => rx.of("z")),
    ),
  ).toBe("---b--(z|)");
  expectSubscriptions(source.subscriptions).toBe("^----------!");
});
const seen = [];
rx.range(1, 3000)
  .pipe(
    rx.filter((x) => x % 3 === 0),
    rx.bufferCount(10, 7),
    rx.mergeMap((list) => rx.from(list).pipe(rx.reduce((a, b) => a + b, 0))),
    rx.scan((a, b) => (a * 31 + b) % 1_000_003, 7),
    rx.groupBy((x) => x % 5),
    rx.mergeMap((group) => group.pipe(rx.takeLast(2), rx.toArray())),
  )
  .subscribe({ next: (x) => seen.push(x), complete: () => seen.push("done") });
console.log(JSON.stringify(seen));
const subject = new rx.ReplaySubject(2);
for (const x of [1, 2, 3]) subject.next(x);
console.log(await rx.firstValueFrom(subject), await rx.lastValueFrom(rx.of(1, 2)));
await rx.lastValueFrom(rx.EMPTY).catch((error) => console.log(error.name, error.message));
const order = [];
rx.asapScheduler.schedule(() => order.push("asap"));
rx.queueScheduler.schedule(() => order.push("queue"));
Promise.resolve().then(() => order.push("promise"));
await rx.firstValueFrom(rx.timer(1));
await rx.lastValueFrom(
  rx
    .of(1, 2, 3)
    .pipe(rx.concatMap((x) => rx.of(x).pipe(rx.delay(1))))
    .pipe(rx.tap((x) => order.push(x))),
);
console.log(order.join(" "));
rx.config.onUnhandledError = (error) => console.log("unhandled", error.message);
rx.throwError(() => new Error("nobody listens")).subscribe();
