import { trace } from "spanwright";

// @trace
function declaration(x) {
  "use strict"
  return x;
}

// @trace
const expression = function (x) {
  return;
};

// @trace
const concise = (x) => x;

// @trace
const arrow = (x) => {
  return x, x;
};

class Members extends Base {
  // @trace
  method() {
    return super.method(arguments.length, this);
  }

  // @trace
  get value() {
    return 1;
  }

  // @trace
  set value(to) {}

  // @trace
  constructor() {
    super();
    this.made = new.target;
  }
}

// @trace
function handles() {
  try {
    step();
  } catch (error) {
    return error;
  } finally {
    last();
  }
}

// @trace
function closes(rows) {
  for (const row of rows) if (row) return row;
  if (rows) return;
}

// @trace
function leaves(x) {
  if (x) return
  else { return }
  while (x) switch (x()) { case 1: return /* nothing */; default: return // nothing
  }
}

// @trace
function retries() {
  try {
    return step();
  } catch {
    return;
  }
}

// @trace
function disposes() {
  using resource = open();
}

// @trace
function tidies() {
  try {
    step();
  } finally {
    if (last()) return;
  }
  return () => {
    try {
      return 1;
    } finally {
      last();
    }
  };
}

// @trace
function shares(x) {
  var next = x;
  function next() {}
  function next() {}
  return next;
}

function called(x) {
  trace({ name: "literal" });
  step(x);
}

function calledWithCode(x) {
  trace({ attributes: { x } });
  step(x);
}

const wrapped = trace((x) => x, { name: "literal" });

const wrappedWithCode = trace((x) => x, { attributes: { key } });
