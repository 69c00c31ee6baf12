import { useState } from "react";

// @trace
export default function Page({ title, user: { name } }: Props) {
  const [count, setCount] = useState<number>(0);
  // @trace
  const onClick = () => setCount(count + 1);
  return <Layout title={title}>{/* @trace */}<button onClick={onClick}>{name} {count}</button></Layout>;
}
