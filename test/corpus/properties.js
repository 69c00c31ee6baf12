const functions = {
  declaration: function declaration(a, b = 1, ...c) {},
  arrow: (a, { b }) => a,
  async: async (a) => a,
  *generator(a, b) { yield a; },
  async *asyncGenerator() { yield 1; },
  get accessor() { return 1; },
  ["com" + "puted"](x) { return x; },
  [Symbol.iterator]() { return [][Symbol.iterator](); },
};
for (const key of Reflect.ownKeys(functions)) {
  const { value, get } = Object.getOwnPropertyDescriptor(functions, key);
  const f = value ?? get;
  console.log(String(key), f.name, f.length, f.constructor.name, Object.prototype.toString.call(f), Reflect.ownKeys(f).map(String).join(), Object.getPrototypeOf(f) === Function.prototype);
}
class K { static s(a) {} #p() {} m(a, b) {} constructor(a) {} static #q() {} static has(x) { return #p in x; } }
console.log(K.name, K.length, K.s.length, K.prototype.m.length, K.has(new K()), Reflect.ownKeys(K).join());
try { K(); } catch (error) { console.log(error.message); }
try { new functions.arrow(); } catch (error) { console.log(error.constructor.name); }
try { null.x; } catch (error) { console.log(error instanceof TypeError); }
console.log(hoisted(2), typeof later);
function hoisted(x) { return x * 2; }
var later = function () {};
const anonymous = [() => {}, function () {}, class {}];
console.log(anonymous.map((f) => JSON.stringify(f.name)).join());
