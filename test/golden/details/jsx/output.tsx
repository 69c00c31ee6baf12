import * as __sw from "spanwright/runtime"; import { useState } from "react";

// @trace
export default function Page({ title, user: { name } }: Props) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([title, name]) : __sw.off; try {
  const [count, setCount] = useState<number>(0);
  // @trace
  const onClick = () => { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([]) : __sw.off; try { return __swF.ret(setCount(count + 1)); } catch (__swE) { throw __swF.fail(__swE); } };
  return __swF.ret(<Layout title={title}>{/* @trace */}<button onClick={onClick}>{name} {count}</button></Layout>);
} catch (__swE) { throw __swF.fail(__swE); }}
var __sw0, __sw1, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/jsx.tsx", [{"name":"Page","line":4,"params":[["arg0",{"title":0,"user":{"name":0}}]]}, {"name":"onClick","qualified":"Page.onClick","line":7}]))[i]; }
