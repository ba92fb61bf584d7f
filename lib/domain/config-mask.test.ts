import fc from "fast-check";
import { expect, it } from "vitest";
import { aDestination } from "@/lib/testing/configs";
import { isMaskedUrl, maskDestination, maskEchoes, maskUrl } from "./config-mask";

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

it.each([
  ["its path", "Cannot POST /hooks/T0KEN-1", "Cannot POST …"],
  ["a part of its path", "no receiver called T0KEN-1", "no receiver called …"],
  ["as a JSON writer escapes it", '{"path":"\\/hooks\\/T0KEN-1"}', '{"path":"\\/hooks\\/…"}'],
  ["as it was encoded", "no %2Fhooks%2FT0KEN-1 here", "no … here"],
  ["the query decoded", "key s3 cr3t-of-it is over", "key … is over"],
  ["nothing of it", "Accepted by hooks.example.test", "Accepted by hooks.example.test"],
])("of what a receiver said is left out: %s", (_, said, shown) => {
  expect(maskEchoes(said, "https://hooks.example.test/hooks/T0KEN-1?key=s3%20cr3t-of-it")).toBe(shown);
});
