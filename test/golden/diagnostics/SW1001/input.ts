// @trace
function broken( {
