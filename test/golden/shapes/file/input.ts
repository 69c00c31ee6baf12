// @trace file
export function read() {}
export const write = () => {};
function helper() {}
