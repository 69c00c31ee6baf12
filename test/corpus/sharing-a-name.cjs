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
