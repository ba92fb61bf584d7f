import fc from "fast-check";
import { expect, it } from "vitest";
import { arrayItems } from "./array-items";

it.each([
  ["[]", []],
  [" [ ] ", []],
  ["[1]", ["1"]],
  ['[ {"a":[1,2]} ,\n"x,y]" , [3,[4]], null ]', ['{"a":[1,2]}', '"x,y]"', "[3,[4]]", "null"]],
  ['["\\"],[\\\\",{"\\\\":"}"}]', ['"\\"],[\\\\"', '{"\\\\":"}"}']],
])("%s", (text, items) => expect(arrayItems(text)).toEqual(items));

it("what an array was written from is what is read of it", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 2, "\t"), (values, space) => {
      const items = arrayItems(JSON.stringify(values, null, space));
      expect(items.map((item) => JSON.parse(item))).toEqual(JSON.parse(JSON.stringify(values)));
    }),
  );
});
