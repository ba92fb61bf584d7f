import { endpointUrl, isLoopback, printable, roleName, secretReference, shownName } from "./checks.mjs";

// Who else may vouch for people: host configuration alone, never the panel (D-34).

/** @type {import("../settings.mjs").Setting[]} */
export const oidcSettings = [
  {
    name: "INCIDENT_MONITOR_OIDC_ISSUER",
    flag: "--oidc-issuer",
    value: "URL",
    key: "oidcIssuer",
    parse: endpointUrl,
    help: "OpenID Connect provider that people may sign in through (default: none; a private one takes --private-networks)",
  },
  {
    name: "INCIDENT_MONITOR_OIDC_CLIENT_ID",
    flag: "--oidc-client-id",
    value: "ID",
    key: "oidcClientId",
    parse: printable(1),
    help: "what this installation is called there; its redirect address is URL/api/auth/callback/oidc",
  },
  {
    name: "INCIDENT_MONITOR_OIDC_CLIENT_SECRET_REF",
    flag: "--oidc-client-secret-ref",
    value: "REFERENCE",
    key: "oidcClientSecretRef",
    parse: secretReference,
    help: "secret reference of its secret, like env:INCIDENT_MONITOR_SECRET_OIDC or file:oidc (default: a public client, PKCE alone)",
  },
  {
    name: "INCIDENT_MONITOR_OIDC_NAME",
    flag: "--oidc-name",
    value: "NAME",
    key: "oidcName",
    parse: shownName,
    fallback: "single sign-on",
    help: "what people call the provider, on the sign-in page (default: single sign-on)",
  },
  {
    name: "INCIDENT_MONITOR_OIDC_NEW_USER_ROLE",
    flag: "--oidc-new-user-role",
    value: "ROLE",
    key: "oidcNewUserRole",
    parse: roleName,
    help: "role of people whom the provider vouches for and nobody has invited: viewer, triager, approver, auditor (default: refused)",
  },
];

/** What of these is right alone and wrong together. */
export function oidcConflicts({
  oidcIssuer,
  oidcClientId,
  oidcClientSecretRef,
  oidcNewUserRole,
  privateNetworks,
}) {
  const found = [];
  if (!oidcIssuer && (oidcClientId || oidcClientSecretRef || oidcNewUserRole)) {
    found.push(
      "INCIDENT_MONITOR_OIDC_ISSUER (--oidc-issuer): the other OIDC settings mean nothing without it.",
    );
  }
  if (!oidcIssuer) return found;
  if (!oidcClientId)
    found.push("INCIDENT_MONITOR_OIDC_CLIENT_ID (--oidc-client-id): the provider needs to know who asks.");
  const { protocol, hostname } = new URL(oidcIssuer);
  if (privateNetworks.length === 0 && (protocol === "http:" || isLoopback(hostname))) {
    found.push(
      `INCIDENT_MONITOR_OIDC_ISSUER (--oidc-issuer): ${oidcIssuer} is not a public https address. Give one, or open its ` +
        "network with INCIDENT_MONITOR_PRIVATE_NETWORKS (--private-networks).",
    );
  }
  return found;
}
