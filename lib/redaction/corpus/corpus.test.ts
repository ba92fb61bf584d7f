import { describe, expect, it } from "vitest";
import { builtInProfiles } from "../profiles";
import { redactText } from "../redact-text";
import { harmlessTexts } from "./harmless";
import { plantedSecrets } from "./planted";

const { standard } = builtInProfiles;

/** How text reaches us: as it is, among other lines, within a JSON log line, and within JSON within JSON. */
const asText = (text: string): string => text;
const inJson = (text: string): string => JSON.stringify({ level: "info", msg: text, id: 1 });
const wrappings: ReadonlyArray<readonly [string, (text: string) => string, (secret: string) => string]> = [
  ["as it is", asText, asText],
  ["among other lines", (text) => `GET /orders 200\n${text}\nauthor: Ann`, asText],
  ["in a JSON log line", inJson, escaped],
  ["in JSON in JSON", (text) => inJson(inJson(text)), (secret) => escaped(escaped(secret))],
];

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

describe("the corpus", () => {
  const planted = plantedSecrets();

  it("is large enough, and every text holds its secrets", () => {
    expect(planted.length).toBeGreaterThanOrEqual(150);
    expect(planted.filter(({ text, secrets }) => secrets.some((secret) => !text.includes(secret)))).toEqual(
      [],
    );
    expect(harmlessTexts().length).toBeGreaterThanOrEqual(300);
  });

  it.each(wrappings)("holds back at least 99 %% of planted secrets, %s", (_name, wrap, within) => {
    const leaked = planted.filter(({ text, secrets }) => {
      const redacted = redactText(wrap(text), standard).text;
      return secrets.some((secret) => redacted.includes(within(secret)));
    });
    expect(
      1 - leaked.length / planted.length,
      leaked.map(({ name }) => name).join(", "),
    ).toBeGreaterThanOrEqual(0.99);
  });

  it.each(wrappings)("damages less than 1 %% of harmless text, %s", (_name, wrap) => {
    const harmless = harmlessTexts();
    const damaged = harmless.filter((text) => redactText(wrap(text), standard).text !== wrap(text));
    expect(damaged.length / harmless.length, damaged.join("\n")).toBeLessThan(0.01);
  });
});
