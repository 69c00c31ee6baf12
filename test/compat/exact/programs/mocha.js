import { expect, use } from "chai";
import Mocha from "mocha";

use((chai, tools) => {
  chai.Assertion.addMethod("even", function () {
    this.assert(tools.flag(this, "object") % 2 === 0, "expected #{this} to be even", "expected #{this} not to be even");
  });
});
class Lines {
  constructor(runner) {
    const {
      EVENT_TEST_PASS,
      EVENT_TEST_FAIL,
      EVENT_TEST_PENDING,
      EVENT_TEST_RETRY,
      EVENT_HOOK_END,
      EVENT_RUN_END,
      EVENT_SUITE_BEGIN,
    } = Mocha.Runner.constants;
    runner.on(EVENT_SUITE_BEGIN, (suite) => console.log("suite", suite.fullTitle()));
    runner.on(EVENT_HOOK_END, (hook) => console.log("hook", hook.title));
    runner.on(EVENT_TEST_PASS, (test) => console.log("pass", test.fullTitle()));
    runner.on(EVENT_TEST_PENDING, (test) => console.log("pending", test.fullTitle()));
    runner.on(EVENT_TEST_RETRY, (test, error) => console.log("retry", test.fullTitle(), error.message));
    runner.on(EVENT_TEST_FAIL, (test, error) =>
      console.log("fail", test.fullTitle(), error.message, error.code, JSON.stringify([error.actual, error.expected])),
    );
    runner.on(EVENT_RUN_END, () => console.log(JSON.stringify({ ...runner.stats, start: 0, end: 0, duration: 0 })));
  }
}
const mocha = new Mocha({ ui: "bdd", reporter: Lines, retries: 0, timeout: 20_000 });
mocha.suite.emit("pre-require", globalThis, "suite", mocha);
describe("assertions", () => {
  beforeEach("counts", () => {});
  for (let at = 0; at < 100; at++) it(`number ${at}`, () => expect(at).to.be.even());
  it("deep", () =>
    expect({ a: [1, new Map([["x", new Set([1])]])] }).to.deep.equal({ a: [1, new Map([["x", new Set([2])]])] }));
  it("throws", () =>
    expect(() => {
      throw new TypeError("x");
    }).to.throw(RangeError, /y/));
  it("chains", () => expect([1, 2, 3]).to.be.an("array").that.includes.members([1, 4]).with.lengthOf(3));
  it("misspelt", () => expect(1).to.be.evn());
  it("has properties", () => expect({ a: { b: [1] } }).to.have.nested.property("a.b[0]", 2));
});
describe("kinds", function () {
  this.retries(1);
  after(async () => {
    await null;
  });
  it("async", async () => {
    await Promise.resolve();
    expect(await Promise.resolve(1)).to.equal(1);
  });
  it("rejects", () => Promise.reject(new Error("rejected")));
  it("callback", (done) => {
    setImmediate(done);
  });
  it("callback with an error", (done) => {
    queueMicrotask(() => done(new Error("given")));
  });
  it("both", async (done) => {
    done();
  });
  it("skips", function () {
    this.skip();
  });
  it("throws later", (_done) => {
    setTimeout(() => {
      throw new Error("uncaught");
    }, 1);
  });
  it("throws nothing", () => {
    throw undefined;
  });
  it.skip("pending", () => {});
});
mocha.run((failures) => {
  console.log(failures);
  process.exitCode = failures > 0 ? 3 : 0;
});
