// @trace
const value = 1;

const trailing = 1; // @trace
function below() {}

// @trace
export const wrapped = withAuth(async () => 1);

// @trace
