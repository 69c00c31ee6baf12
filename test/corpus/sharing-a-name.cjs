function a() { var x = 1; function x() {} return typeof x; }
function b() { function x() { return 1; } function x() { return 2; } var x; return x(); }
function c() { return typeof y; var y = 1; function y() {} }
function d(p) { function p() { return "inner"; } return typeof p; }
function e() { for (var f = 0, g = 5; f < 2; f++); function f() {} return [f, g]; }
function h() { var { i, j } = { i: 1, j: 2 }; function i() {} return [i, j]; }
function k() { for (var l of ["last"]); function l() {} return l; }
function m() { if (true) { function n() { return "block"; } } return n(); }
function o() { try { var q = 1; } finally { } function q() {} return q; }
function r() { "use strict"; function s() { return 1; } function s() { return 2; } return s(); }
function t() { return u(); function u() { return v(); } function v() { return "hoisted"; } }
function x(y) { var y; return y; }
function z(a = () => b, b = 2) { var b = 3; return [a(), b]; }
console.log(a(), b(), c(), d(1), e(), h(), k(), m(), o(), r(), t(), x(4), z());
function evaluates(code) { var local = "local"; const result = eval(code); return [result, local]; }
console.log(evaluates("local = 'set'; 1"), evaluates("var added = 2; added"), evaluates("typeof arguments"));
with ({ scoped: 1 }) { console.log((() => scoped)()); }
console.log(this === module.exports, typeof require, typeof __filename);
function caller() { return caller.name; }
console.log(caller());
switch (3) { case 3: function inCase() { return "case"; } console.log(inCase()); }
// Two functions of one name, and a `var` and a function of one name, in every kind of function.
const seen = [];
const note = (...values) => { seen.push(values.join()); };
const sharing = {
  twice: {
    declaration: (() => { function f(a, b) { function x() { return 1; } var before = x(); function x() { return 2; } return note(before, x()); } return f; })(),
    expression: function (a, b) { function x() { return 1; } var before = x(); function x() { return 2; } return note(before, x()); },
    arrow: (a, b) => { function x() { return 1; } var before = x(); function x() { return 2; } return note(before, x()); },
    async: async function (a, b) { function x() { return 1; } var before = x(); function x() { return 2; } return note(before, x()); },
    asyncArrow: async (a, b) => { function x() { return 1; } var before = x(); function x() { return 2; } return note(before, x()); },
    generator: function* (a, b) { function x() { return 1; } var before = x(); function x() { return 2; } return note(before, x()); },
    asyncGenerator: async function* (a, b) { function x() { return 1; } var before = x(); function x() { return 2; } return note(before, x()); },
    method: ({ m(a, b) { function x() { return 1; } var before = x(); function x() { return 2; } return note(before, x()); } }).m,
    asyncMethod: ({ async m(a, b) { function x() { return 1; } var before = x(); function x() { return 2; } return note(before, x()); } }).m,
    generatorMethod: ({ *m(a, b) { function x() { return 1; } var before = x(); function x() { return 2; } return note(before, x()); } }).m,
    asyncGeneratorMethod: ({ async *m(a, b) { function x() { return 1; } var before = x(); function x() { return 2; } return note(before, x()); } }).m,
    getter: (a, b) => ({ get g() { function x() { return 1; } var before = x(); function x() { return 2; } return note(before, x()); } }).g,
    setter: (a, b) => { ({ set s(a) { function x() { return 1; } var before = x(); function x() { return 2; } return note(before, x()); } }).s = a; },
    staticMethod: (class { static m(a, b) { function x() { return 1; } var before = x(); function x() { return 2; } return note(before, x()); } }).m,
    privateMethod: (a, b) => new (class { #m(a, b) { function x() { return 1; } var before = x(); function x() { return 2; } return note(before, x()); } run(a, b) { return this.#m(a, b); } })().run(a, b),
    constructor: (a, b) => { new (class { constructor(a, b) { function x() { return 1; } var before = x(); function x() { return 2; } return note(before, x()); } })(a, b); },
    field: (a, b) => new (class { f = (a, b) => { function x() { return 1; } var before = x(); function x() { return 2; } return note(before, x()); }; })().f(a, b),
    staticBlock: (a, b) => { class C { static { ((a, b) => { function x() { return 1; } var before = x(); function x() { return 2; } return note(before, x()); })(a, b); } } },
  },
  hoisted: {
    declaration: (() => { function f(a, b) { const before = typeof x; var x = 1, y = 2; function x() {} return note(before, typeof x, y); } return f; })(),
    expression: function (a, b) { const before = typeof x; var x = 1, y = 2; function x() {} return note(before, typeof x, y); },
    arrow: (a, b) => { const before = typeof x; var x = 1, y = 2; function x() {} return note(before, typeof x, y); },
    async: async function (a, b) { const before = typeof x; var x = 1, y = 2; function x() {} return note(before, typeof x, y); },
    asyncArrow: async (a, b) => { const before = typeof x; var x = 1, y = 2; function x() {} return note(before, typeof x, y); },
    generator: function* (a, b) { const before = typeof x; var x = 1, y = 2; function x() {} return note(before, typeof x, y); },
    asyncGenerator: async function* (a, b) { const before = typeof x; var x = 1, y = 2; function x() {} return note(before, typeof x, y); },
    method: ({ m(a, b) { const before = typeof x; var x = 1, y = 2; function x() {} return note(before, typeof x, y); } }).m,
    asyncMethod: ({ async m(a, b) { const before = typeof x; var x = 1, y = 2; function x() {} return note(before, typeof x, y); } }).m,
    generatorMethod: ({ *m(a, b) { const before = typeof x; var x = 1, y = 2; function x() {} return note(before, typeof x, y); } }).m,
    asyncGeneratorMethod: ({ async *m(a, b) { const before = typeof x; var x = 1, y = 2; function x() {} return note(before, typeof x, y); } }).m,
    getter: (a, b) => ({ get g() { const before = typeof x; var x = 1, y = 2; function x() {} return note(before, typeof x, y); } }).g,
    setter: (a, b) => { ({ set s(a) { const before = typeof x; var x = 1, y = 2; function x() {} return note(before, typeof x, y); } }).s = a; },
    staticMethod: (class { static m(a, b) { const before = typeof x; var x = 1, y = 2; function x() {} return note(before, typeof x, y); } }).m,
    privateMethod: (a, b) => new (class { #m(a, b) { const before = typeof x; var x = 1, y = 2; function x() {} return note(before, typeof x, y); } run(a, b) { return this.#m(a, b); } })().run(a, b),
    constructor: (a, b) => { new (class { constructor(a, b) { const before = typeof x; var x = 1, y = 2; function x() {} return note(before, typeof x, y); } })(a, b); },
    field: (a, b) => new (class { f = (a, b) => { const before = typeof x; var x = 1, y = 2; function x() {} return note(before, typeof x, y); }; })().f(a, b),
    staticBlock: (a, b) => { class C { static { ((a, b) => { const before = typeof x; var x = 1, y = 2; function x() {} return note(before, typeof x, y); })(a, b); } } },
  },
};
(async () => {
  for (const [how, kinds] of Object.entries(sharing)) {
    for (const [kind, f] of Object.entries(kinds)) {
      const result = f(1, 2);
      if (typeof result?.next === "function") await result.next();
      await result;
      console.log(how, kind, seen.splice(0));
    }
  }
})();
