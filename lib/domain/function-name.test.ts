import { describe, expect, it } from "vitest";
import { compareFunction } from "./function-name";

describe("the function of a frame and the one in the source", () => {
  it.each<[reported: string | null, inSource: string, answer: string]>([
    ["charge", "charge", "same"],
    ["Shop::Pay#charge", "charge", "same"],
    ["com.acme.Foo.bar", "bar", "same"],
    ["pay.(*Client).Charge", "Charge", "same"],
    ["shop::settle::Batch::settle", "settle", "same"],
    ["App\\Store->open", "open", "same"],
    ["Settler.#settle", "#settle", "same"],
    ["valid?", "valid?", "same"],
    ["Shop::Pay#total=", "total=", "same"],
    ["f", "f", "same"],
    ["charge", "refund", "different"],
    ["Batch", "settle", "different"],
    ["<listcomp>", "settle", "unknown"],
    ["com.acme.Foo.<init>", "Foo", "unknown"],
    ["Batch", "constructor", "unknown"],
    ["t", "settle", "unknown"],
    [null, "settle", "unknown"],
  ])("%s, %s", (reported, inSource, answer) => expect(compareFunction(reported, inSource)).toBe(answer));
});
