import fc from "fast-check";
import { expect, it } from "vitest";
import { aDestination } from "@/lib/testing/configs";
import { isMaskedUrl, maskDestination, maskUrl } from "./config-mask";

it.each([
  ["a token in the path", "https://hooks.example.test/T0KEN/in", "https://hooks.example.test/…"],
  ["a token in the query", "https://hooks.example.test/?key=T0KEN", "https://hooks.example.test/…"],
  ["a token in the fragment", "https://hooks.example.test/#T0KEN", "https://hooks.example.test/…"],
  ["a port is kept", "http://127.0.0.1:9000/in", "http://127.0.0.1:9000/…"],
  ["a host alone", "https://hooks.example.test", "https://hooks.example.test/"],
  ["a user name and password", "https://u:T0KEN@hooks.example.test/a", "https://hooks.example.test/…"],
  ["no URL", "T0KEN", "…"],
])("maskUrl: %s", (_, url, shown) => {
  expect(maskUrl(url)).toBe(shown);
});

it("what was masked is known again, however it was written; a real URL is not taken for it", () => {
  for (const shown of ["https://h/…", "https://h/%E2%80%A6", "https://h/%e2%80%a6", "https://h/…?x=1", "…"]) {
    expect([shown, isMaskedUrl(shown)]).toEqual([shown, true]);
  }
  for (const url of ["https://h/", "https://h/in", "https://h/in/…"]) {
    expect([url, isMaskedUrl(url)]).toEqual([url, false]);
  }
});

it("masking twice is masking once, and a masked URL is always known", () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
      const shown = maskUrl(url);
      expect(maskUrl(shown)).toBe(shown);
      expect(shown.endsWith("…")).toBe(isMaskedUrl(shown));
    }),
  );
});

it("a destination without a URL stays as it is", () => {
  const row = aDestination();
  expect(maskDestination(row)).toBe(row);
});
