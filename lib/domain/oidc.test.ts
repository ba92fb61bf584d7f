import { describe, expect, it } from "vitest";
import { isFreshlyProven, judgeProviderSignIn, type OidcClaims, type ProviderStanding } from "./oidc";

const claims: OidcClaims = {
  ...{ issuer: "https://id.example", subject: "ada-1", email: "ada@example.test", emailVerified: true },
  ...{ name: "Ada", authTimeMs: null },
};
const ada = { userId: "user-ada", disabled: false };
const decide = (standing: Partial<ProviderStanding>) =>
  judgeProviderSignIn({ claims, bound: null, byEmail: null, newUserRole: null, ...standing });
const known = { ...ada, boundElsewhere: false };

describe("judgeProviderSignIn", () => {
  it.each<[string, Partial<ProviderStanding>, unknown]>([
    ["the bound subject enters", { bound: ada }, { kind: "enter", userId: "user-ada" }],
    [
      "whatever its address is by now, and whoever has it",
      {
        bound: ada,
        claims: { ...claims, email: "eve@example.test", emailVerified: false },
        byEmail: { ...known, userId: "user-eve" },
      },
      { kind: "enter", userId: "user-ada" },
    ],
    ["the first time the address binds", { byEmail: known }, { kind: "bind", userId: "user-ada" }],
    [
      "a stranger is made somebody where the host says as what",
      { newUserRole: "viewer" },
      { kind: "create", role: "viewer", email: "ada@example.test", name: "Ada" },
    ],
    [
      "by their address where they have no name",
      { newUserRole: "viewer", claims: { ...claims, name: " " } },
      { kind: "create", role: "viewer", email: "ada@example.test", name: "ada@example.test" },
    ],
  ])("%s", (_, standing, expected) => expect(decide(standing)).toEqual(expected));

  it.each<[string, Partial<ProviderStanding>]>([
    ["provider_user_unknown", {}],
    ["provider_user_disabled", { bound: { ...ada, disabled: true } }],
    ["provider_user_disabled", { byEmail: { ...known, disabled: true }, newUserRole: "viewer" }],
    ["provider_email_unverified", { byEmail: known, claims: { ...claims, emailVerified: false } }],
    ["provider_email_unverified", { newUserRole: "admin", claims: { ...claims, emailVerified: false } }],
    ["provider_email_missing", { newUserRole: "viewer", claims: { ...claims, email: null } }],
    // The address was given to somebody new over there: not the person here.
    ["provider_other_person", { byEmail: { ...known, boundElsewhere: true }, newUserRole: "viewer" }],
  ])("refuses: %s", (code, standing) =>
    expect(decide(standing)).toMatchObject({ kind: "refuse", reason: { code } }),
  );
});

it("a sign-in is a proof of its own only when the provider says that it was just now", () => {
  const at = (authTimeMs: number | null) => isFreshlyProven({ ...claims, authTimeMs }, 1_000_000);
  expect([at(null), at(900_000), at(939_999), at(940_000), at(1_000_000), at(1_060_001)]).toEqual([
    ...[false, false, false, true, true, false],
  ]);
});
