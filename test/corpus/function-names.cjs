// The names of functions that are declared in functions, where another function has the same name.
function nested() { function inner() { return inner.name; } return [inner(), inner.name, (() => inner.name)()]; }
function other() { function inner() {} function outer() {} return [inner.name, outer.name, other.name]; }
function outer() { const inner = function () {}, named = function own() { return own.name; }, arrow = () => {}; return [inner.name, named.name, named(), arrow.name]; }
function kinds() { async function later() {} function* items() {} async function* stream() {} class Local { m() {} static s() {} } return [later, items, stream, Local, Local.s, new Local().m].map((f) => f.name); }
function shared(shared) { function inner() {} return [typeof shared, inner.name]; }
function constructs() { function Made() {} Made.prototype.m = function () {}; return [new Made().constructor.name, Made.prototype.m.name]; }
async function later() { function inner() {} await null; return inner.name; }
function* items() { function inner() {} yield inner.name; }
const object = { m() { function inner() {} return inner.name; }, get g() { function inner() {} return inner.name; } };
class Service { constructor() { function inner() {} this.name = inner.name; } static m() { function inner() {} return inner.name; } }
console.log(nested(), other(), outer(), kinds(), shared(1), constructs());
later().then((name) => console.log(name, [...items()], object.m(), object.g, new Service().name, Service.m()));
