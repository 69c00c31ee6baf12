import mongoose from "mongoose";
import { countUnhandled, returns, returnsLater, settleEach } from "./kinds.js";

// Without a server: queries are built, started when they are awaited, and fail when nobody answers.
const schema = new mongoose.Schema({ name: String }, { bufferTimeoutMS: 20, autoIndex: false, autoCreate: false });
let started = 0;
schema.pre("find", () => {
  started += 1;
});
schema.pre("findOne", () => {
  started += 1;
});
const Thing = mongoose.model("Thing", schema);
const note = () => {
  const count = started;
  started = 0;
  return `started ${count}`;
};

const lazy = returns(() => Thing.find({ name: "a" }));
console.log("not awaited", lazy instanceof mongoose.Query, JSON.stringify(lazy.getFilter()), note());
console.log(
  "built upon",
  JSON.stringify(
    returns(() => Thing.find())
      .where("name")
      .equals("b")
      .limit(2)
      .getOptions(),
  ),
  note(),
);
console.log(
  "awaited inside",
  await returnsLater(() => Thing.find()).catch(({ name, message }) => `${name}: ${message}`),
  note(),
);
await settleEach("find", () => Thing.find(), note);
await settleEach("findOne, executed", () => Thing.findOne().exec(), note);
console.log("once", await lazy.catch(({ name }) => name), await lazy.catch(({ name }) => name), note());
console.log("orFail", await returns(() => Thing.findById("not an id")).then(String, ({ name }) => name), note());
// A longer timer than the one that ends the waiting for a server.
const over = () => new Promise((resolve) => setTimeout(resolve, 120));
await countUnhandled("find", () => Thing.find(), over);
