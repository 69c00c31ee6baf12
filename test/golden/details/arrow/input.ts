// @trace
const add = (x: number, y: number) => x + y;

// @trace
export const pair = (x: number) => ({ x, y: x });

// @trace
const load = async (id: string) => await fetch(`/rows/${id}`);

// @trace
const block = (x: number) => {
  return x;
};

list.map(/* @trace */ (item) => item.name);
