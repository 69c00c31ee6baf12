function f() { var arguments; return typeof arguments; }
function g(a) { var arguments = [a, "own"]; return arguments; }
function h(arguments) { return arguments; }
function i() { { let arguments = 1; } return arguments.length; }
console.log(f(), g(1), h(2), i(3));
