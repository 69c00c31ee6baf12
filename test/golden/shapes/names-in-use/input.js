const __sw = 1;

// @trace
const twice = () => __sw * 2;
