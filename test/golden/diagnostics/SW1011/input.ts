// @trace file
function read() {}
