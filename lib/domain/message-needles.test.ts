import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messageKeys, messageNeedles } from "./message-needles";

describe("case 99: the literal parts of a message", () => {
  it.each<[message: string, needles: string[]]>([
    ["could not settle order 4711 before the cut-off", ["could not settle order", "before the cut-off"]],
    ["unknown currency 'EUR' in the price list", ["in the price list"]],
    ["Couldn't find Order with 'id'=4711", ["Couldn't find Order with"]],
    [
      "settle: load rates: connection was refused here",
      ["settle: load rates: connection was refused here", "connection was refused here"],
    ],
    ["no rates", []],
    ["unexpectedly-long-word internationalisation", ["unexpectedly-long-word internationalisation"]],
    ["failed to open /srv/app/data.csv for reading it", ["failed to open", "for reading it"]],
    ["user <email> may not do this, token [redacted:token]", ["may not do this, token", "may not do this"]],
    ["cannot read /srv/my-app/data-2.csv while it is locked", ["while it is locked"]],
    ["Bestellung 4711 könnte nicht geprüft werden", ["könnte nicht geprüft werden"]],
    ["4711", []],
    ["", []],
  ])("%j", (message, needles) => expect(messageNeedles(message)).toEqual(needles));

  it("every needle stands in the message", () => {
    const word = fc.constantFrom(
      "order",
      "could",
      "not",
      "be",
      "4711",
      "'x y'",
      "settled:",
      "/a/b",
      "don't",
      "`",
      '"',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        const message = words.join(" ");
        for (const needle of messageNeedles(message)) expect(message).toContain(needle);
      }),
    );
  });

  it.each(["'", '"', "`", "a", "a ", "<", "[redacted", "1", ":", "=", "'a "])("much of %j", (piece) => {
    for (let times = 0; times < 200; times += 1) {
      expect(messageNeedles(piece.repeat(5_000)).length).toBeLessThanOrEqual(3);
      expect(messageKeys(piece.repeat(5_000)).length).toBeLessThanOrEqual(5);
    }
  });
});

describe("the keys a message names", () => {
  it.each<[message: string, keys: string[]]>([
    ["'amount'", ["amount"]],
    ["missing environment variable DATABASE_URL", ["DATABASE_URL"]],
    ["Missing setting `smtp.host` for mailer", ["smtp.host"]],
    ["unknown key max_retries: expected max-retry.", ["max_retries", "max-retry"]],
    ["cannot read 'id' of undefined, see src/a.ts and a.py", []],
    ["a plain sentence about nothing", []],
  ])("%j", (message, keys) => expect(messageKeys(message)).toEqual(keys));
});
