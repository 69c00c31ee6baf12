export default async (x) => { await null; return x * 2; };
