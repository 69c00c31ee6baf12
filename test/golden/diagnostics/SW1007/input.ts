// @trace always
function words() {}

// @trace { name: "x"
function unclosed() {}
