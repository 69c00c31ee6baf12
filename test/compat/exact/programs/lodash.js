import _ from "lodash";
import { short } from "./texts.js";

const people = _.range(2000).map((id) => ({
  id,
  name: `n${id % 17}`,
  tags: _.times(id % 5, (t) => `t${t}`),
  at: { x: id % 7, y: null },
}));
const chain = _(people)
  .filter({ at: { x: 3 } })
  .map((person) => _.merge({}, person, { at: { z: [person.id] } }))
  .groupBy("name")
  .mapValues((list) => _.sumBy(list, "id"))
  .toPairs()
  .orderBy([1, 0], ["desc", "asc"])
  .value();
console.log(short(JSON.stringify(chain)));
const deep = _.cloneDeep({
  people,
  map: new Map([[{ a: 1 }, new Set([1, [2]])]]),
  date: new Date(0),
  re: /x/gi,
  typed: new Float64Array(3),
  symbol: { [Symbol.for("s")]: 1 },
});
console.log(_.isEqual(deep.people, people), _.size(deep.map), deep.re.source, deep.typed.length);
const compiled = _.template("<% _.each(list, (x) => { %><b><%- x %></b><% }) %><%= list.length %>");
console.log(compiled({ list: ["<", "&", 1] }));
const curried = _.curry((a, b, c, ...rest) => [a, b, c, rest.length]);
console.log(curried(1)(_, 3)(2), _.partialRight(curried, 9)(1, 2), curried.length, _.memoize((x) => x).cache.size);
class Shape {
  constructor(x) {
    this.x = x;
  }
  area() {
    return this.x;
  }
}
const created = _.create(new Shape(2), { y: 1 });
console.log(created.area(), _.functionsIn(created), _.invokeMap([new Shape(1)], "area"), _.bindKey(created, "area")());
console.log(
  _.words("fooBar baz-qux ünïcödé 12ab").join("|"),
  _.startCase("--foo-bar--"),
  _.deburr("déjà"),
  _.truncate("hi-diddly-ho", { length: 8 }),
);
const debounced = _.debounce((x) => console.log("debounced", x), 5);
debounced(1);
debounced(2);
console.log(
  _.attempt(() => JSON.parse("{")).name,
  _.isError(_.attempt(_.constant(1))),
  _.flow([_.add, (sum) => -sum])(1, 2),
);
console.log(_.functions(_).length, _.mixin({ own: (x) => x })().own(3));
