import { trace } from "spanwright";

// @trace
function* declaration(x) {
  "use strict"
  return x;
}

// @trace
const expression = function* (x) {
  return;
};

class Members extends Base {
  // @trace
  *method() {
    return super.method(arguments.length, this);
  }
}

// @trace
function* yields() {
  const sent = yield yield 1;
  const [first] = yield sent;
  yield
  return sent;
}

// @trace
function* delegates() {
  const [first] = yield* pair;
  return yield* inner(yield* []);
}

// @trace
function* handles() {
  try {
    yield step();
  } catch {
    first();
  }
  try {
    yield step();
  } catch (error) {
    second(error);
  }
  try {
    yield step();
  } catch ({ message }) {
    third(message);
  } finally {
    last();
  }
}

// @trace
function* shares(x) {
  var next = x;
  function next() {}
  function next() {}
  return next;
}

function* called(x) {
  trace({ name: "literal" });
  step(x);
}

function* calledWithCode(x) {
  trace({ attributes: { x } });
  step(x);
}

const wrapped = trace(function* (x) {}, { name: "literal" });

const wrappedWithCode = trace(function* (x) {}, { attributes: { key } });
