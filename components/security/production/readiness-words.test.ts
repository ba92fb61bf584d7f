import { describe, expect, it } from "vitest";
import type { ReadinessControlWire } from "@/lib/contracts/readiness";
import { isOpenControl, lookOfControl } from "./readiness-words";

const acknowledgement = (lapsed: boolean) => ({ lapsed }) as ReadinessControlWire["acknowledgement"];

describe("how a control is told", () => {
  it.each<[ReadinessControlWire["state"], ReadinessControlWire["acknowledgement"], string, boolean]>([
    ["met", null, "Met", false],
    ["attention", null, "Attention", true],
    ["not_evaluable", null, "Not evaluable", true],
    ["customer_owned", null, "Yours to vouch for", true],
    ["customer_owned", acknowledgement(false), "Vouched for", false],
    ["customer_owned", acknowledgement(true), "Vouched for, lapsed", true],
  ])("%s with %j is %s", (state, said, word, open) => {
    const control = { state, acknowledgement: said } as ReadinessControlWire;
    expect([lookOfControl(control).word, isOpenControl(control)]).toEqual([word, open]);
  });
});
