import "./setup.js";

// @trace file
export function read() {}
