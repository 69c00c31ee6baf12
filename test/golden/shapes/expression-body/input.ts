// @trace
const add = (x: number, y: number) => x + y;

// @trace
const pair = async (x: number) => ({ x, y: await half(x) });
