import { trace } from "spanwright";

// @trace
async function declaration(x) {
  "use strict"
  return x;
}

// @trace
const expression = async function (x) {
  return;
};

// @trace
const concise = async (x) => x;

// @trace
const arrow = async (x) => {
  return x, x;
};

class Members extends Base {
  // @trace
  async method() {
    return super.method(arguments.length, this);
  }
}

// @trace
async function awaits() {
  const { row } = await load(await next);
  const [first] = await row;
  return await(row);
}

// @trace
async function iterates() {
  outer: for await (const x of source) {
    if (x) continue outer;
  }
  for await (const x of source()) x();
  again: while (source) for await (const x of source) if (x) continue again;
}

// @trace
async function disposes() {
  await using first = open(), second = open();
  {
    await using inner = open();
  }
  for (await using each of first) each.read();
  for await (await using each of first) {
    each.read();
  }
}

// @trace
async function handles() {
  try {
    await step();
  } catch {
    first();
  }
  try {
    await step();
  } catch (error) {
    second(error);
  }
  try {
    await step();
  } catch ({ message }) {
    third(message);
  } finally {
    last();
  }
}

// @trace
async function shares(x) {
  var next = x;
  function next() {}
  function next() {}
  return next;
}

async function called(x) {
  trace({ name: "literal" });
  step(x);
}

async function calledWithCode(x) {
  trace({ attributes: { x } });
  step(x);
}

const wrapped = trace(async (x) => x, { name: "literal" });

const wrappedWithCode = trace(async (x) => x, { attributes: { key } });
