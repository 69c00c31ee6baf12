// JSX in every place of a function, through a factory of its own.
const element = (type, props, ...children) => (typeof type === "function" ? type({ ...props, children }) : [type, props, ...children.flat(9)]);
export const Fragment = ({ children }) => ["fragment", ...children.flat(9)];
const List = ({ items, render, children }) => <ul>{items.map((item) => <li key={item} {...{ extra: item }}>{render(item)}</li>)}{children}</ul>;
function Greeting({ name = "nobody" }) { return <p title={`for ${name}`}>Hello, {name}!</p>; }
const Later = async ({ wait }) => <b>{await wait}</b>;
function* Parts() { yield <i>1</i>; const sent = yield <i on />; return <>{sent}{null}</>; }
class Page { #title = "page"; render() { return <main><Greeting name={this.#title} /><this.Side /></main>; } Side = () => <aside>{this.#title}</aside>; }
console.log(JSON.stringify(<List items={[1, 2]} render={(x) => <Greeting name={x} />}><hr /></List>));
console.log(JSON.stringify([await <Later wait={Promise.resolve("done")} />, <Greeting />, new Page().render()]));
const parts = Parts();
console.log(JSON.stringify([parts.next(), parts.next(), parts.next("sent")]), Greeting.name, List.length);
