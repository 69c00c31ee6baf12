/** Loaded before anything else: leaves a Node that shows the runtime no more than a browser does. */

Reflect.deleteProperty(process, "getBuiltinModule");
